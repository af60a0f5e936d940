import type { UpstreamHealth } from '@floorwatch/contracts';

/** Older than this, the data is called late. */
export const LATE_MS = 10_000;
/** Older than this, the wall is stale: its timers stop and it loses its colour. */
export const STALE_MS = 30_000;

/** Where the way from the platform to the screen is broken. `floorwatch` is the last stretch: browser to BFF. */
export type Hop = 'floorwatch' | 'sign-in' | 'api' | 'push';

interface Broken {
  readonly ageMs: number;
  readonly hop: Hop;
  /** When it broke, on the BFF's clock. */
  readonly sinceMs: number;
}

/** How far what is on the screen can be trusted. */
export type Freshness =
  | { readonly kind: 'loading' }
  | { readonly kind: 'live'; readonly ageMs: number }
  | ({ readonly kind: 'late' } & Broken)
  | ({ readonly kind: 'stale' } & Broken);

export interface Hearing {
  /** The BFF's time now. */
  readonly serverNow: number;
  /** When the newest frame was sent, on the BFF's clock. */
  readonly heardAt: number;
  readonly upstream: UpstreamHealth;
}

/** The instant, on the BFF's clock, up to which the data is known to be true. */
export const trueUntil = ({ heardAt, upstream }: Pick<Hearing, 'heardAt' | 'upstream'>): number => {
  if (upstream.state === 'starting' || upstream.dataAt === null) return heardAt;
  return Math.min(heardAt, upstream.dataAt);
};

/**
 * Judges the age of the data on the BFF's clock and names the broken hop. When both stretches are broken, the one
 * this page sees for itself (browser to BFF) is named, for what the BFF said about the other is old by now.
 */
export const judgeFreshness = ({ serverNow, heardAt, upstream }: Hearing): Freshness => {
  const ageMs = Math.max(0, serverNow - trueUntil({ heardAt, upstream }));
  if (ageMs < LATE_MS) return { kind: 'live', ageMs };
  const kind = ageMs < STALE_MS ? 'late' : 'stale';
  if (serverNow - heardAt >= LATE_MS) return { kind, ageMs, hop: 'floorwatch', sinceMs: heardAt };
  return { kind, ageMs, hop: upstream.hop ?? 'api', sinceMs: upstream.since ?? heardAt };
};
