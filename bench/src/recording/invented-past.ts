import {
  WINDOW_MS,
  windowsOf,
  type AgentId,
  type AvailabilityWindow,
  type FactValue,
  type Interval,
  type Transition,
} from '@floorwatch/domain';
import { Dice } from '../chaos/dice.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Of a shift of 16 hours, so that a day has about as many changes as a busy agent's: 1,300. */
const SHIFT_MS = 16 * HOUR;
const PAUSE_MS = 8 * HOUR;

const presence = (name: 'onQueue' | 'break' | 'offline'): FactValue => ({
  kind: 'presence',
  presence: name,
  definitionId: null,
  message: null,
});

/** Everything that happens to one busy agent in a stretch of time: contact after contact, a break now and then. */
export const inventTransitions = (agentId: AgentId, { from, to }: Interval, seed: number): Transition[] => {
  const dice = new Dice(seed);
  const transitions: Transition[] = [];
  const add = (at: number, fact: FactValue): void => {
    transitions.push({ agentId, fact, at, exact: true, ingestedAt: at + 80, source: 'event' });
  };
  let at = from + dice.whole(0, PAUSE_MS);
  add(from, presence('offline'));
  add(from, { kind: 'routing', routing: 'offQueue' });
  while (at < to) {
    add(at, presence('onQueue'));
    add(at + 90, { kind: 'routing', routing: 'idle' });
    const endsAt = at + SHIFT_MS;
    at += dice.whole(2000, 60_000);
    while (at < endsAt) {
      const talkMs = dice.whole(40_000, 160_000);
      const acwMs = dice.whole(5000, 40_000);
      add(at, { kind: 'routing', routing: 'interacting' });
      add(at, { kind: 'work', work: 'contact' });
      add(at + talkMs, { kind: 'work', work: 'afterCallWork' });
      at += talkMs + acwMs;
      add(at, { kind: 'routing', routing: 'idle' });
      add(at, { kind: 'work', work: 'none' });
      at += dice.whole(2000, 60_000);
      if (dice.roll() > 0.02) continue;
      add(at, presence('break'));
      add(at + 80, { kind: 'routing', routing: 'offQueue' });
      at += dice.whole(5 * MINUTE, 15 * MINUTE);
      add(at, presence('onQueue'));
      add(at + 80, { kind: 'routing', routing: 'idle' });
      at += dice.whole(2000, 60_000);
    }
    add(at, presence('offline'));
    add(at + 80, { kind: 'routing', routing: 'offQueue' });
    at += PAUSE_MS;
  }
  return transitions.filter((transition) => transition.at < to);
};

/** The windows of such a stretch. */
export const windowsFor = (
  agentId: AgentId,
  transitions: readonly Transition[],
  { from, to }: Interval,
): AvailabilityWindow[] =>
  windowsOf(agentId, { transitions, gaps: [] }, { from: Math.ceil(from / WINDOW_MS) * WINDOW_MS, to });
