import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNSEEN, type AgentState } from '../agent/agent.ts';
import { agentId, queueId, type QueueId } from '../agent/ids.ts';
import { SYSTEM_PRESENCES } from '../agent/presence.ts';
import { ROUTING_STATES } from '../agent/routing-status.ts';
import { Board } from './board.ts';
import type { AgentObservation } from './observation.ts';

/**
 * The truth is a history of changes, one a second on the platform's clock. A network loses, doubles and reorders what
 * is said of it. Whatever it does, the board must end at the truth.
 */

const ANN = agentId('ann');

type Parts = Pick<AgentObservation, 'presence' | 'routing' | 'contacts' | 'outOfOffice' | 'queues'>;

/** Tells one change of one part that happened at an instant. */
type Change = (at: number) => Parts;

const timedChange: Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...SYSTEM_PRESENCES), fc.constantFrom(null, 'back 10:30'))
    .map(([system, message]): Change => (at) => ({
      presence: { system, definitionId: null, message, since: { at, exact: true } },
    })),
  fc.constantFrom(...ROUTING_STATES).map((state): Change => (at) => ({
    routing: { state, since: { at, exact: true } },
  })),
  fc.boolean().map((active): Change => (at) => ({ outOfOffice: { active, modifiedAt: at } })),
  fc.subarray(['q1', 'q2', 'q3'].map(queueId)).map((ids): Change => (at) => ({ queues: { ids, modifiedAt: at } })),
);

/** Contacts carry no instant: only arrival orders them, so a snapshot must heal what the network did. */
const contactsChange: Arbitrary<Change> = fc
  .tuple(fc.constantFrom('call' as const, 'email' as const), fc.nat(2), fc.nat(2))
  .map(([medium, active, afterCallWork]): Change => () => ({ contacts: { [medium]: { active, afterCallWork } } }));

const historyOf = (change: Arbitrary<Change>): Arbitrary<Parts[]> =>
  fc
    .array(change, { minLength: 1, maxLength: 25 })
    .map((changes) => changes.map((tell, index) => tell((index + 1) * 1000)));

/** What a network makes of a history: any of it, in any order, any number of times. */
const deliveryOf = (history: readonly Parts[]): Arbitrary<Parts[]> =>
  fc.array(fc.constantFrom(...history), { maxLength: history.length * 2 });

/** A delivery that loses nothing, but doubles and reorders. */
const completeDeliveryOf = (history: readonly Parts[]): Arbitrary<Parts[]> =>
  deliveryOf(history)
    .map((more) => [...history, ...more])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

/** Every part as it was last changed: what a snapshot at the end of the history says. */
const truthOf = (history: readonly Parts[]): Parts => {
  const all: Parts = Object.assign({}, ...history) as Parts;
  const contacts: Parts['contacts'] = Object.assign({}, ...history.map((parts) => parts.contacts)) as Parts['contacts'];
  return { ...all, ...(contacts === undefined ? {} : { contacts }) };
};

const END_OF_HISTORY = 1_000_000;

/** A board that hears what is delivered, one thing a millisecond, all of it after the history has ended. */
class Listener {
  readonly #board = new Board('epoch-1');
  #now = END_OF_HISTORY;

  constructor() {
    this.#board.putAgent({ id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null });
  }

  hear(kind: AgentObservation['kind'], all: readonly Parts[], observedAt?: number): this {
    for (const parts of all) {
      this.#now += 1;
      const heardAt = observedAt ?? this.#now;
      this.#board.applyEvent({ agentId: ANN, kind, observedAt: heardAt, platformNow: heardAt, ...parts });
    }
    return this;
  }

  get state(): AgentState {
    return this.#board.rowOf(ANN)?.state ?? UNSEEN;
  }

  get queueIds(): readonly QueueId[] | null {
    return this.#board.rowOf(ANN)?.queueIds ?? null;
  }
}

const expectTimedTruth = (listener: Listener, truth: Parts): void => {
  expect(listener.state.presence).toEqual(truth.presence ?? null);
  expect(listener.state.routing).toEqual(truth.routing ?? null);
  expect(listener.state.outOfOffice).toEqual(truth.outOfOffice?.active ?? null);
  expect(listener.queueIds).toEqual(truth.queues?.ids ?? null);
};

const withDelivery = (change: Arbitrary<Change>) =>
  historyOf(change).chain((history) =>
    fc.record({ history: fc.constant(history), before: deliveryOf(history), after: deliveryOf(history) }),
  );

describe('the board ends at the truth', () => {
  it('after a snapshot, whatever was lost, doubled or reordered before', () => {
    fc.assert(
      fc.property(withDelivery(fc.oneof(timedChange, contactsChange)), ({ history, before }) => {
        const truth = truthOf(history);
        const listener = new Listener().hear('event', before).hear('snapshot', [truth]);
        expectTimedTruth(listener, truth);
        const media = Object.values(truth.contacts ?? {});
        if (media.length > 0)
          expect(listener.state.contacts).toMatchObject({
            active: media.reduce((sum, count) => sum + count.active, 0),
            afterCallWork: media.reduce((sum, count) => sum + count.afterCallWork, 0),
          });
      }),
      { numRuns: 500 },
    );
  });

  it('and stays there when old events straggle in after the snapshot', () => {
    fc.assert(
      fc.property(withDelivery(timedChange), ({ history, before, after }) => {
        const truth = truthOf(history);
        const listener = new Listener().hear('event', before).hear('snapshot', [truth]).hear('event', after);
        expectTimedTruth(listener, truth);
      }),
      { numRuns: 500 },
    );
  });

  it('without any snapshot, in any order, when nothing was lost', () => {
    const complete = historyOf(timedChange).chain((history) =>
      fc.record({ history: fc.constant(history), delivered: completeDeliveryOf(history) }),
    );
    fc.assert(
      fc.property(complete, ({ history, delivered }) => {
        expectTimedTruth(new Listener().hear('event', delivered), truthOf(history));
      }),
      { numRuns: 500 },
    );
  });

  it('when a snapshot that was asked for early answers late', () => {
    const withStale = withDelivery(fc.oneof(timedChange, contactsChange)).chain(({ history }) =>
      fc.record({ history: fc.constant(history), asked: fc.integer({ min: 1, max: history.length }) }),
    );
    fc.assert(
      fc.property(withStale, ({ history, asked }) => {
        const inOrder = new Listener().hear('event', history);
        const disturbed = new Listener()
          .hear('event', history)
          .hear('snapshot', [truthOf(history.slice(0, asked))], END_OF_HISTORY);
        const { contacts: expected, ...timed } = inOrder.state;
        const { contacts: held, ...timedToo } = disturbed.state;
        expect(timedToo).toEqual(timed);
        if (expected !== null) expect(held).toEqual(expected);
        expect(disturbed.queueIds).toEqual(inOrder.queueIds);
      }),
      { numRuns: 500 },
    );
  });
});
