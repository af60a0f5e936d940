import fc from 'fast-check';
import {
  agentId,
  Board,
  type AgentObservation,
  type ContactCounts,
  type RoutingState,
  type Transition,
} from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Intake } from '../ingest/intake.ts';
import type { NewGap } from './dated-fact.ts';
import { ObservationTap } from './observation-tap.ts';

const ANN = agentId('ann');
const START = Date.parse('2026-08-15T08:00:00.000Z');
const BACKFILL_MS = 3_600_000;

/** One agent on a board, what is said of her, and what the tap makes of it. The platform's clock is ours. */
class Scene {
  readonly clock = new FakeClock(START);
  readonly told: (Transition | NewGap)[] = [];
  readonly certain: number[] = [];
  readonly board = new Board('epoch');
  readonly tap: ObservationTap;
  readonly intake: Intake;

  constructor() {
    this.tap = new ObservationTap({
      clock: this.clock,
      platformNow: () => this.clock.now(),
      backfillMs: BACKFILL_MS,
      isOnBoard: (id) => this.board.rowOf(id) !== null,
      onTransition: (transition) => this.told.push(transition),
      onGap: (gap) => this.told.push(gap),
      onCertain: (_id, from) => this.certain.push(from),
    });
    this.intake = new Intake(this.board, this.tap);
    this.board.putAgent({ id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null });
  }

  say(kind: AgentObservation['kind'], parts: Partial<AgentObservation>): void {
    const now = this.clock.now();
    this.intake.take({ agentId: ANN, kind, observedAt: now, platformNow: now, ...parts });
  }

  event(state: RoutingState, at: number): void {
    this.say('event', { routing: { state, since: { at, exact: true } } });
  }

  reading(state: RoutingState, at: number, asked: Partial<AgentObservation> = {}): void {
    this.say('snapshot', { routing: { state, since: { at, exact: true } }, ...asked });
  }

  /** Nothing is recorded of her but that she was idle since `at`, by a run that was last alive at `aliveAt`. */
  recordedIdle(at: number, aliveAt: number): void {
    this.tap.knowPast({
      aliveAt,
      latest: [
        { agentId: ANN, fact: { kind: 'routing', routing: 'idle' }, at, exact: true, ingestedAt: at, source: 'event' },
        { agentId: ANN, fact: { kind: 'work', work: 'none' }, at, exact: false, ingestedAt: at, source: 'snapshot' },
      ],
    });
  }

  get gaps(): NewGap[] {
    return this.told.filter((one) => 'reason' in one);
  }

  get transitions(): Transition[] {
    return this.told.filter((one) => 'fact' in one);
  }

  get instants(): number[] {
    return this.transitions.map(({ at }) => at);
  }
}

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
});

describe('ObservationTap, while everything is heard', () => {
  beforeEach(() => {
    scene.recordedIdle(START - 60_000, START);
    scene.intake.heard([ANN]);
    scene.reading('idle', START - 60_000);
    scene.told.length = 0;
  });

  it('records what is told, and nothing that is told again', () => {
    for (const kind of ['event', 'snapshot', 'event'] as const)
      scene.say(kind, { routing: { state: 'interacting', since: { at: START, exact: true } } });
    scene.event('idle', START + 5000);
    scene.reading('idle', START + 5000);
    expect(scene.told).toMatchObject([
      { at: START, source: 'event', fact: { routing: 'interacting' } },
      { at: START + 5000, source: 'event', exact: true },
    ]);
  });

  it('records an event that comes late, which the board passes over', () => {
    scene.event('interacting', START + 2000);
    scene.event('notResponding', START + 1000);
    expect(scene.instants).toEqual([START + 2000, START + 1000]);
    expect(scene.board.rowOf(ANN)?.state.routing?.state).toBe('interacting');
  });

  it('waits for the event of a change that a reading told of first', async () => {
    await scene.clock.advance(60_000);
    scene.reading('interacting', START + 59_900);
    expect(scene.told).toEqual([]);
    scene.event('interacting', START + 59_900);
    await scene.clock.advance(60_000);
    scene.tap.release({ all: false });
    expect(scene.told).toMatchObject([{ at: START + 59_900, source: 'event' }]);
  });

  it('takes it for a sign that others were lost when no event comes: the gap is told before the change', async () => {
    await scene.clock.advance(60_000);
    scene.reading('interacting', START + 59_900);
    expect(scene.tap.heldBackFrom).toBe(START - 30_000);
    await scene.clock.advance(5000);
    scene.tap.release({ all: false });
    expect(scene.told).toMatchObject([
      { from: START - 30_000, to: START + 59_900, reason: 'events-lost' },
      { at: START + 59_900, source: 'snapshot', exact: true },
    ]);
    expect(scene.tap.heldBackFrom).toBeNull();
  });

  it('is certain only of the last change when a reading tells of one that an earlier reading should have told', async () => {
    await scene.clock.advance(60_000);
    scene.reading('idle', START - 60_000);
    scene.reading('interacting', START + 10_000);
    scene.tap.release({ all: true });
    expect(scene.gaps).toMatchObject([{ from: START - 60_000, to: START + 10_000 }]);
  });

  it('dates work by when it was told, and two kinds in one millisecond apart', () => {
    const tell = (contacts: ContactCounts): void => {
      scene.say('event', { contacts });
    };
    scene.say('snapshot', { contacts: { call: { active: 0, afterCallWork: 0 } } });
    expect(scene.told).toEqual([]); // recorded by an earlier run
    tell({ call: { active: 1, afterCallWork: 0 } });
    tell({ call: { active: 0, afterCallWork: 1 } });
    expect(scene.transitions.map(({ fact, at }) => [fact, at])).toEqual([
      [{ kind: 'work', work: 'contact' }, START],
      [{ kind: 'work', work: 'afterCallWork' }, START + 1],
    ]);
  });
});

describe('ObservationTap, after a channel was away', () => {
  beforeEach(async () => {
    scene.recordedIdle(START - 60_000, START);
    scene.intake.heard([ANN]);
    scene.reading('idle', START - 60_000);
    await scene.clock.advance(60_000);
    scene.intake.unheard([ANN]);
    scene.told.length = 0;
  });

  it('doubts what happened before an event that came earlier than the reading', async () => {
    scene.intake.heard([ANN]);
    scene.event('notResponding', START + 61_000); // idle → interacting → idle before it were lost
    await scene.clock.advance(2000);
    scene.reading('notResponding', START + 61_000);
    expect(scene.gaps).toMatchObject([{ from: START - 30_000, to: START + 61_000, reason: 'events-lost' }]);
  });

  it('doubts it too when the event comes before it is known that the channel is back, and after a reading meanwhile', async () => {
    scene.reading('idle', START - 60_000); // what is read while nothing is heard is true for its moment only
    await scene.clock.advance(10_000);
    scene.event('notResponding', START + 69_000);
    scene.intake.heard([ANN]);
    scene.reading('notResponding', START + 69_000);
    expect(scene.gaps).toMatchObject([{ from: START + 30_000, to: START + 69_000, reason: 'events-lost' }]);
  });

  it('is certain of nothing between two readings while nothing is heard', async () => {
    for (const at of [START + 61_000, START + 76_000]) {
      await scene.clock.advance(15_000);
      scene.reading(at === START + 61_000 ? 'offQueue' : 'idle', at);
    }
    expect(scene.gaps).toMatchObject([
      { from: START - 30_000, to: START + 61_000 },
      { from: START + 61_000, to: START + 76_000 },
    ]);
  });

  it('is content with a reading that tells of no change', () => {
    scene.intake.heard([ANN]);
    scene.reading('idle', START - 60_000);
    expect(scene.told).toEqual([]);
  });

  it('does not trust a reading that was asked for before', async () => {
    const asked = { observedAt: scene.clock.now() };
    await scene.clock.advance(1000);
    scene.intake.heard([ANN]);
    scene.reading('idle', START - 60_000, asked);
    scene.reading('interacting', START + 60_500);
    expect(scene.gaps).toMatchObject([{ to: START + 60_500 }]);
  });

  it('has a gap around whatever was lost, whenever the channel comes back and whatever it tells first', () => {
    const lifetime = fc.record({
      steps: fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 20 }),
      awayFrom: fc.nat(19),
      awayFor: fc.nat(19),
      /** Events that come before it is known that the channel is back. */
      untilTold: fc.nat(3),
      untilRead: fc.nat(19),
    });
    fc.assert(
      fc.property(lifetime, ({ steps, awayFrom, awayFor, untilTold, untilRead }) => {
        const one = new Scene();
        one.recordedIdle(START - 1000, START);
        one.reading('idle', START - 1000);
        one.intake.heard([ANN]);
        one.reading('idle', START - 1000);
        const changes = steps.map((_, index) => ({
          at: START + steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0),
          state: index % 2 === 0 ? ('interacting' as const) : ('idle' as const),
        }));
        for (const [index, { at, state }] of changes.entries()) {
          if (index === awayFrom) one.intake.unheard([ANN]);
          if (index === awayFrom + awayFor + untilTold) one.intake.heard([ANN]);
          const isAway = index >= awayFrom && index < awayFrom + awayFor;
          if (!isAway) one.event(state, at);
          if (!isAway && index >= awayFrom + awayFor + untilTold + untilRead) one.reading(state, at);
        }
        const last = changes.at(-1);
        if (last === undefined) return;
        one.intake.heard([ANN]);
        one.reading(last.state, last.at);
        one.tap.release({ all: true });
        const told = new Set(one.instants);
        for (const { at } of changes)
          expect(told.has(at) || one.gaps.some(({ from, to }) => from < at && at < to)).toBe(true);
      }),
    );
  });
});

describe('ObservationTap, at the start', () => {
  const ALIVE = START - 600_000;

  it('sees that nothing happened while nobody recorded', () => {
    scene.recordedIdle(START - 3_000_000, ALIVE);
    scene.reading('idle', START - 3_000_000);
    expect(scene.told).toEqual([]);
    expect(scene.certain).toEqual([ALIVE - 30_000]);
  });

  it('doubts the time since the last sign of life when something did', () => {
    scene.recordedIdle(START - 3_000_000, ALIVE);
    scene.reading('interacting', START - 1000);
    expect(scene.told).toMatchObject([
      { from: ALIVE - 30_000, to: START - 1000, reason: 'not-recording' },
      { at: START - 1000, source: 'snapshot' },
    ]);
  });

  it('doubts all since the last record when it has not even recorded what happened before', () => {
    scene.recordedIdle(START - 3_000_000, ALIVE);
    scene.reading('interacting', ALIVE - 60_000);
    expect(scene.gaps).toMatchObject([{ from: START - 3_000_000, to: ALIVE - 60_000 }]);
  });

  it('judges those who were seen before the store could be read as it judges the others', () => {
    scene.reading('interacting', START - 1000);
    scene.event('idle', START + 1000);
    expect(scene.gaps).toEqual([]);
    scene.recordedIdle(START - 3_000_000, ALIVE);
    expect(scene.gaps).toMatchObject([{ from: ALIVE - 30_000, to: START - 1000, reason: 'not-recording' }]);
    expect(scene.instants).toEqual([START - 1000, START + 1000]);
  });

  it('asks for the past of an agent without any record, as far back as is wanted', () => {
    scene.tap.knowPast({ latest: [], aliveAt: null });
    scene.reading('interacting', START - 1000);
    expect(scene.gaps).toMatchObject([{ from: START - BACKFILL_MS, to: START - 1000, reason: 'not-recording' }]);
  });

  it('has nothing to ask where the fact is older than that', () => {
    scene.tap.knowPast({ latest: [], aliveAt: null });
    scene.reading('offQueue', START - 2 * BACKFILL_MS);
    expect(scene.gaps).toEqual([]);
    expect(scene.certain).toEqual([START - BACKFILL_MS]);
  });

  it('doubts the time in which an agent was not on the board', async () => {
    scene.recordedIdle(START - 60_000, START);
    scene.intake.heard([ANN]);
    scene.reading('idle', START - 60_000);
    scene.intake.remove([ANN]);
    await scene.clock.advance(600_000);
    scene.board.putAgent({ id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null });
    scene.reading('offQueue', START + 300_000);
    expect(scene.gaps).toMatchObject([{ from: START - 30_000, to: START + 300_000, reason: 'not-recording' }]);
  });

  it('knows nobody who is not on the board', () => {
    scene.tap.knowPast({ latest: [], aliveAt: null });
    scene.say('event', { agentId: agentId('bob'), routing: { state: 'idle', since: { at: START, exact: true } } });
    expect(scene.told).toEqual([]);
  });
});
