import type { Hop } from '@floorwatch/contracts';
import type { Clock } from '@floorwatch/domain';

/** How long a sign is told of after it was seen last, ms. */
const KEPT_MS = 3_600_000;

/** More of one hop would help nobody. */
const MOST_OF_A_HOP = 20;

/** Something that went wrong at a hop. Instants are ms on our clock. */
export interface Sign {
  readonly hop: Hop;
  /** The same words for the same trouble: no figures that differ each time. */
  readonly message: string;
}

export interface SeenSign extends Sign {
  readonly times: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What went wrong within the last hour, hop by hop. */
export class SignLog {
  readonly #clock: Clock;
  readonly #signs = new Map<string, SeenSign>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  see({ hop, message }: Sign): void {
    const key = `${hop}: ${message}`;
    const now = this.#clock.now();
    const known = this.#signs.get(key);
    this.#signs.delete(key); // the latest stand last
    this.#signs.set(key, { hop, message, times: (known?.times ?? 0) + 1, firstAt: known?.firstAt ?? now, lastAt: now });
    this.#forget(hop, now);
  }

  /** Of one hop, the latest first. */
  of(hop: Hop): SeenSign[] {
    const from = this.#clock.now() - KEPT_MS;
    return [...this.#signs.values()].filter((sign) => sign.hop === hop && sign.lastAt >= from).toReversed();
  }

  #forget(hop: Hop, now: number): void {
    for (const [key, { lastAt }] of this.#signs) if (lastAt < now - KEPT_MS) this.#signs.delete(key);
    const ofHop = [...this.#signs].filter(([, sign]) => sign.hop === hop);
    for (const [key] of ofHop.slice(0, Math.max(0, ofHop.length - MOST_OF_A_HOP))) this.#signs.delete(key);
  }
}
