import type { FaultName, FaultWish } from '@floorwatch/genesys-simulator/client';
import type { Dice } from './dice.ts';

/** A fault as chaos uses it. */
interface Act<Name extends FaultName> {
  /** Whether events may be lost, late or unreadable, so that a state may be passed over without anybody's fault. */
  readonly losesEvents: boolean;
  readonly wish: (dice: Dice) => FaultWish<Name>;
}

const share = (dice: Dice): number => dice.whole(1, 10) / 10;

/** Repeats within a phase of a few seconds. */
const often = (dice: Dice): number => dice.whole(400, 2000);

const lossy = <Name extends FaultName>(wish: (dice: Dice) => FaultWish<Name>): Act<Name> => ({
  losesEvents: true,
  wish,
});

const harmless = <Name extends FaultName>(wish: (dice: Dice) => FaultWish<Name>): Act<Name> => ({
  losesEvents: false,
  wish,
});

/** Every fault there is, with the strength it has in a storm. The compiler sees to it that none is forgotten. */
export const REPERTOIRE: { readonly [Name in FaultName]: Act<Name> } = {
  'token-expires': lossy((dice) => ({ lifetimeSeconds: dice.whole(61, 300), everyMs: often(dice) })),
  'token-revoked': lossy((dice) => ({ everyMs: often(dice) })),
  'rate-limited': harmless((dice) => ({
    remaining: dice.whole(0, 20),
    retryAfterSeconds: dice.pick([1, 2, 3, 3600]),
  })),
  'platform-5xx': harmless((dice) => ({
    status: dice.pick([500, 502, 503, 504]),
    side: dice.pick(['api', 'login', 'both'] as const),
    share: share(dice),
  })),
  slow: harmless((dice) => ({ delayMs: dice.whole(50, 1500), share: share(dice) })),
  'half-open': lossy(() => ({})),
  'socket-silent': lossy(() => ({})),
  'socket-cut': lossy((dice) => ({ code: dice.pick([null, 1001, 4000]), everyMs: often(dice) })),
  'sockets-refused': harmless(() => ({})),
  'socket-closing-notice': lossy((dice) => ({ closeAfterMs: dice.whole(200, 2000), everyMs: often(dice) })),
  'channel-evicted': lossy((dice) => ({ channels: dice.whole(1, 3), everyMs: often(dice) })),
  'topic-forbidden': lossy((dice) => ({ share: share(dice) })),
  'events-duplicated': harmless((dice) => ({ share: share(dice), delayMs: dice.whole(0, 1000) })),
  'events-reordered': lossy((dice) => ({ share: share(dice), delayMs: dice.whole(50, 1500) })),
  'events-dropped-during-gap': lossy((dice) => ({
    gapMs: dice.whole(100, 1500),
    dropShare: dice.pick([0, 0.1, 0.5]),
    everyMs: dice.whole(1500, 3000),
  })),
  'unknown-topic': harmless((dice) => ({ share: share(dice) })),
  'unknown-enum': lossy((dice) => ({ share: share(dice) })),
  'missing-fields': lossy((dice) => ({ share: share(dice) / 2 })),
  'expand-missing': harmless((dice) => ({ share: share(dice) })),
  'snapshot-truncated': harmless((dice) => ({ keepShare: share(dice) })),
  'snapshot-stale': harmless(() => ({})),
  'clock-skew': harmless((dice) => ({ aheadMs: dice.whole(1000, 600_000) })),
  'shift-change-of-1000': harmless((dice) => ({ everyMs: dice.whole(500, 2000) })),
  'stuck-interacting': lossy((dice) => ({ agents: dice.whole(1, 20) })),
  'phantom-availability': lossy((dice) => ({ agents: dice.whole(1, 20) })),
  'flapping-agent': harmless((dice) => ({ agents: dice.whole(1, 5), everyMs: dice.whole(50, 500) })),
  'writes-slow': harmless((dice) => ({ delayMs: dice.whole(50, 6000), share: share(dice) })),
  'writes-in-conflict': harmless((dice) => ({ share: share(dice) })),
  'writes-unanswered': harmless((dice) => ({ share: share(dice) })),
};

export const ALL_ACTS = Object.keys(REPERTOIRE) as readonly FaultName[];

/** Faults under which every single transition must still come through. */
export const HARMLESS_ACTS = ALL_ACTS.filter((name) => !REPERTOIRE[name].losesEvents);
