import type { FaultName, FaultWish } from '@floorwatch/genesys-simulator/client';
import { Dice } from '../chaos/dice.ts';

/** One fault in the life of a floor; times count from the floor's opening, in its own time, ms. */
export interface Trouble {
  readonly name: FaultName;
  readonly wish: FaultWish<FaultName>;
  readonly fromMs: number;
  readonly untilMs: number;
}

type Draw = (dice: Dice) => FaultWish<FaultName>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const share = (dice: Dice): number => dice.whole(1, 10) / 10;
const seconds = (dice: Dice, low: number, high: number): number => dice.whole(low, high) * SECOND;

/**
 * What may go wrong without the platform telling an untruth about presence or routing: whatever is missing then has to
 * be found again. Left out are the faults that say something false or unreadable of an agent (`stuck-interacting`,
 * `phantom-availability`, `missing-fields`, `unknown-enum`: nobody could know better), and `platform-5xx` and
 * `snapshot-truncated`, which open breakers that live on the machine's clock.
 */
const REPERTOIRE: readonly (readonly [FaultName, Draw])[] = [
  ['events-duplicated', (dice) => ({ share: share(dice), delayMs: seconds(dice, 0, 30) })],
  ['events-reordered', (dice) => ({ share: share(dice) / 2, delayMs: seconds(dice, 1, 20) })],
  ['events-dropped-during-gap', (dice) => ({ gapMs: seconds(dice, 1, 60), everyMs: seconds(dice, 60, 120) })],
  ['events-dropped-during-gap', (dice) => ({ gapMs: 0, dropShare: dice.whole(1, 5) / 20 })],
  ['socket-cut', (dice) => ({ code: dice.pick([null, 1001, 4000]), everyMs: seconds(dice, 20, 120) })],
  ['socket-silent', () => ({})],
  ['half-open', () => ({})],
  ['sockets-refused', () => ({})],
  ['socket-closing-notice', (dice) => ({ closeAfterMs: seconds(dice, 5, 60), everyMs: seconds(dice, 90, 180) })],
  ['channel-evicted', (dice) => ({ everyMs: seconds(dice, 30, 120) })],
  ['token-revoked', (dice) => ({ everyMs: seconds(dice, 60, 180) })],
  ['token-expires', (dice) => ({ lifetimeSeconds: dice.whole(61, 300), everyMs: seconds(dice, 60, 180) })],
  ['topic-forbidden', (dice) => ({ share: share(dice) })],
  ['snapshot-stale', () => ({})],
  ['expand-missing', (dice) => ({ share: share(dice) })],
  ['slow', (dice) => ({ delayMs: seconds(dice, 1, 5), share: share(dice) })],
  ['rate-limited', (dice) => ({ remaining: dice.whole(0, 20), retryAfterSeconds: dice.pick([5, 30, 120]) })],
  ['unknown-topic', (dice) => ({ share: share(dice) })],
  ['clock-skew', (dice) => ({ aheadMs: seconds(dice, 1, 90) })],
  ['shift-change-of-1000', (dice) => ({ agents: dice.whole(2, 20) })],
  ['flapping-agent', (dice) => ({ agents: dice.whole(1, 3), everyMs: seconds(dice, 4, 10) })],
];

/** Calm before the first trouble and at the end, so that a run begins and ends with what is certain. */
const CALM_MS = 20 * MINUTE;

/** The troubles of a run, the same for the same seed: one or two at a time, now and then. */
export const drawTroubles = (seed: number, spanMs: number): Trouble[] => {
  const dice = new Dice(seed);
  const troubles: Trouble[] = [];
  for (let at = CALM_MS; at < spanMs - 2 * CALM_MS; at += seconds(dice, 2400, 7200))
    for (let count = dice.whole(1, 2); count > 0; count -= 1) {
      const [name, draw] = dice.pick(REPERTOIRE);
      troubles.push({ name, wish: draw(dice), fromMs: at, untilMs: at + seconds(dice, 30, 300) });
    }
  return troubles;
};
