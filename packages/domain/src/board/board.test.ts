import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITIES, type Activity } from '../activity/activity.ts';
import { agentId, queueId } from '../agent/ids.ts';
import { Board } from './board.ts';
import { rowsByRef, someStory, takeStep, type BoardStep } from './board-story.fake.ts';
import type { AgentObservation } from './observation.ts';

const ANN = agentId('ann');

const profile = { id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null };

const seenAt = (observedAt: number, parts: Partial<AgentObservation> = {}): AgentObservation => ({
  agentId: ANN,
  observedAt,
  platformNow: observedAt,
  kind: 'event',
  ...parts,
});

const onQueue = { system: 'onQueue', definitionId: null, message: null } as const;

const boardWithAnn = (): Board => {
  const board = new Board('epoch-1');
  board.putAgent(profile);
  return board;
};

const recount = (board: Board): Record<Activity, number> => {
  const counts = Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<Activity, number>;
  for (const row of board.rows()) counts[row.activity] += 1;
  return counts;
};

describe('a board, whatever happens to it', () => {
  it('always counts what a recount counts', () => {
    fc.assert(
      fc.property(someStory, (story) => {
        const board = new Board('epoch-1');
        for (const step of story) {
          takeStep(board, step);
          expect(board.counts).toEqual(recount(board));
          expect(board.size).toBe([...board.rows()].length);
        }
      }),
    );
  });

  it('makes one version for each visible change, remembered by the row it changed', () => {
    fc.assert(
      fc.property(someStory, (story) => {
        const board = new Board('epoch-1');
        for (const step of story) {
          const versionBefore = board.version;
          const change = takeStep(board, step);
          expect(board.version).toBe(change === null ? versionBefore : versionBefore + 1);
          if (change?.after) expect(change.after.version).toBe(board.version);
        }
      }),
    );
  });

  it('keeps the very same row objects of all agents a step did not change', () => {
    fc.assert(
      fc.property(someStory, (story) => {
        const board = new Board('epoch-1');
        for (const step of story) {
          const rowsBefore = new Map(rowsByRef(board).map((row) => [row.ref, row]));
          const change = takeStep(board, step);
          const changedRef = (change?.after ?? change?.before)?.ref;
          for (const row of board.rows()) if (row.ref !== changedRef) expect(row).toBe(rowsBefore.get(row.ref));
        }
      }),
    );
  });

  it('never changes a row when the same thing is told twice', () => {
    const tellTwice = (board: Board, step: BoardStep): void => {
      takeStep(board, step);
      const rows = rowsByRef(board);
      expect(takeStep(board, step)).toBeNull();
      rowsByRef(board).forEach((row, index) => {
        expect(row).toBe(rows[index]);
      });
    };
    fc.assert(
      fc.property(someStory, (story) => {
        const board = new Board('epoch-1');
        for (const step of story) tellTwice(board, step);
      }),
    );
  });

  it('gives a returning agent a new ref and finds the agent by it', () => {
    const board = boardWithAnn();
    board.removeAgent(ANN);
    expect(board.rowOf(ANN)).toBeNull();
    board.putAgent(profile);
    expect(board.rowOf(ANN)?.ref).toBe(1);
  });
});

describe('agents a board does not know', () => {
  it('are neither put on it by an event nor missed when they leave', () => {
    const board = new Board('epoch-1');
    expect(board.applyEvent(seenAt(1, { routing: { state: 'idle', since: { at: 1, exact: true } } }))).toBeNull();
    expect(board.removeAgent(ANN)).toBeNull();
    expect(board.version).toBe(0);
  });

  it('begin as unknown', () => {
    expect(boardWithAnn().rowOf(ANN)?.activity).toBe('unknown');
  });
});

describe('a profile', () => {
  it('keeps what a later look does not tell, and forgets what it says is gone', () => {
    const board = new Board('epoch-1');
    board.putAgent({ ...profile, title: 'Agent', team: 'Tier 1' });
    expect(board.putAgent({ id: ANN })).toBeNull();
    board.putAgent({ id: ANN, title: null });
    expect(board.rowOf(ANN)?.profile).toEqual({ ...profile, team: 'Tier 1' });
  });

  it('goes by the id until the agent is named', () => {
    const board = new Board('epoch-1');
    board.putAgent({ id: ANN, team: 'Tier 1' });
    expect(board.rowOf(ANN)?.profile).toMatchObject({ name: 'ann', team: 'Tier 1' });
    board.putAgent({ id: ANN, name: 'Ann' });
    expect(board.rowOf(ANN)?.profile).toMatchObject({ name: 'Ann', team: 'Tier 1' });
  });
});

describe('facts with an instant', () => {
  const routingAt = (state: 'idle' | 'interacting', at: number, exact = true) => ({
    routing: { state, since: { at, exact } },
  });

  it('are a duplicate when the instant is the one that is held', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(100, routingAt('idle', 90)));
    expect(board.applyEvent(seenAt(110, routingAt('interacting', 90)))).toBeNull();
    expect(board.rowOf(ANN)?.state.routing?.state).toBe('idle');
  });

  it('stay late when something without an instant was seen in between', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(100, routingAt('idle', 90)));
    board.applyEvent(seenAt(200, routingAt('interacting', 200, false)));
    expect(board.applyEvent(seenAt(300, routingAt('idle', 50)))).toBeNull();
    expect(board.rowOf(ANN)?.state.routing?.state).toBe('interacting');
  });
});

describe('facts without an instant of their own', () => {
  it('go on since the instant that is held when they are seen again unchanged', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(100, { presence: { ...onQueue, since: { at: 90, exact: true } } }));
    const again = { ...onQueue, since: { at: 500, exact: false } };
    expect(board.applyEvent(seenAt(500, { kind: 'snapshot', presence: again }))).toBeNull();
    expect(board.rowOf(ANN)?.state.presence?.since).toEqual({ at: 90, exact: true });
  });

  it('begin "at the latest" when they are seen changed', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(100, { presence: { ...onQueue, since: { at: 90, exact: true } } }));
    const meal = { ...onQueue, system: 'meal', since: { at: 500, exact: false } } as const;
    board.applyEvent(seenAt(500, { kind: 'snapshot', presence: meal }));
    expect(board.rowOf(ANN)?.state.presence).toEqual(meal);
  });
});

describe('contacts', () => {
  const call = (active: number, afterCallWork: number) => ({ call: { active, afterCallWork } });

  it('date the change of work from the event that showed it', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(10, { contacts: call(1, 0) }));
    board.applyEvent(seenAt(20, { contacts: call(0, 1) }));
    expect(board.rowOf(ANN)?.state.contacts).toEqual({ active: 0, afterCallWork: 1, since: { at: 20, exact: true } });
  });

  it('keep the date while the kind of work stays the same', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(10, { contacts: call(1, 0) }));
    board.applyEvent(seenAt(20, { contacts: { email: { active: 1, afterCallWork: 0 } } }));
    expect(board.rowOf(ANN)?.state.contacts).toMatchObject({ active: 2, since: { at: 10 } });
  });

  it('are dated "at the latest" by a snapshot, and by the first event ever', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(10, { contacts: call(1, 0) }));
    expect(board.rowOf(ANN)?.state.contacts?.since).toEqual({ at: 10, exact: false });
    board.applyEvent(seenAt(20, { kind: 'snapshot', contacts: call(0, 1) }));
    expect(board.rowOf(ANN)?.state.contacts?.since).toEqual({ at: 20, exact: false });
  });

  it('follow two events of the same millisecond in the order of their arrival', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(10, { contacts: call(1, 0) }));
    board.applyEvent(seenAt(10, { contacts: call(0, 1) }));
    expect(board.rowOf(ANN)?.activity).toBe('unknown');
    expect(board.rowOf(ANN)?.state.contacts).toMatchObject({ active: 0, afterCallWork: 1 });
  });

  it('forget a medium that a snapshot no longer lists', () => {
    const board = boardWithAnn();
    board.applyEvent(seenAt(10, { contacts: { ...call(1, 0), email: { active: 1, afterCallWork: 0 } } }));
    board.applyEvent(seenAt(20, { kind: 'snapshot', contacts: call(1, 0) }));
    expect(board.rowOf(ANN)?.state.contacts?.active).toBe(1);
  });
});

describe('joined queues', () => {
  it('are a card matter: a new set raises the version of the profile, another order changes nothing', () => {
    const board = boardWithAnn();
    const ids = [queueId('b'), queueId('a')];
    board.applyEvent(seenAt(10, { queues: { ids, modifiedAt: 10 } }));
    expect(board.rowOf(ANN)).toMatchObject({ queueIds: ['a', 'b'], profileVersion: 2, version: 2 });
    expect(board.applyEvent(seenAt(20, { queues: { ids: ids.toReversed(), modifiedAt: 20 } }))).toBeNull();
  });
});

describe('who set a presence', () => {
  const BOB = agentId('bob');
  const onBreak = (at: number, exact = true) =>
    seenAt(at, { presence: { system: 'break', definitionId: null, message: null, since: { at, exact } } });
  const setByOf = (board: Board) => board.rowOf(ANN)?.state.presence?.setBy;

  it('is unknown until it is told, and is told of the presence that began then, and of no other', () => {
    const board = boardWithAnn();
    board.applyEvent(onBreak(10));
    expect(setByOf(board)).toBeUndefined();
    expect(board.noteSetBy(ANN, 9, { kind: 'agent', id: null })).toBeNull();
    expect(board.noteSetBy(ANN, 10, { kind: 'agent', id: null })?.after?.version).toBe(board.version);
    expect(setByOf(board)).toEqual({ kind: 'agent', ref: null });
    expect(board.noteSetBy(ANN, 10, { kind: 'agent', id: null })).toBeNull();
  });

  it('is forgotten with the next presence, and kept when the same one is seen again', () => {
    const board = boardWithAnn();
    board.applyEvent(onBreak(10));
    board.noteSetBy(ANN, 10, { kind: 'system', id: null });
    board.applyEvent(seenAt(12, { routing: { state: 'idle', since: { at: 12, exact: true } } }));
    board.applyEvent({ ...onBreak(10), observedAt: 20, kind: 'snapshot' });
    expect(setByOf(board)?.kind).toBe('system');
    board.applyEvent(onBreak(30));
    expect(setByOf(board)).toBeUndefined();
  });

  it('names another person by the ref of their own row, and nobody who has none', () => {
    const board = boardWithAnn();
    board.applyEvent(onBreak(10));
    board.noteSetBy(ANN, 10, { kind: 'supervisor', id: BOB });
    expect(setByOf(board)).toEqual({ kind: 'supervisor', ref: null });
    const bob = board.putAgent({ ...profile, id: BOB, name: 'Bob' })?.after ?? expect.fail('Bob came');
    board.noteSetBy(ANN, 10, { kind: 'supervisor', id: BOB });
    expect(setByOf(board)).toEqual({ kind: 'supervisor', ref: bob.ref });
  });

  it('is not told of a presence that nobody saw begin', () => {
    const board = boardWithAnn();
    board.applyEvent(onBreak(10, false));
    expect(board.noteSetBy(ANN, 10, { kind: 'agent', id: null })).toBeNull();
  });
});
