import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentId } from '../agent/ids.ts';
import { Board, type RowChange } from './board.ts';
import { rowsByRef, someStory, takeStep } from './board-story.fake.ts';

/** A log so short that most positions have fallen out of it, up to one that holds everything. */
const someCapacity = fc.constantFrom(1, 2, 5, 1000);

/** A story, and after which of its steps a replica asks for what it has missed. */
const storyWithPulls = someStory.chain((story) =>
  fc.record({ story: fc.constant(story), pulls: fc.array(fc.boolean(), { minLength: story.length }) }),
);

const pull = (source: Board, replica: Board, from = replica.version): readonly RowChange[] | 'gap' =>
  replica.applyPatch(source.changesSince(from));

const expectSame = (replica: Board, source: Board): void => {
  expect(replica.version).toBe(source.version);
  expect(rowsByRef(replica)).toEqual(rowsByRef(source));
  expect(replica.counts).toEqual(source.counts);
  expect(replica.size).toBe(source.size);
  for (const row of source.rows()) expect(replica.rowOf(row.profile.id)).toBe(replica.rowAt(row.ref));
};

describe('a replica', () => {
  it('equals its source after each pull, at whatever position it was and however short the log is', () => {
    fc.assert(
      fc.property(storyWithPulls, someCapacity, ({ story, pulls }, capacity) => {
        const source = new Board('epoch-1', capacity);
        const replica = new Board('epoch-1');
        story.forEach((step, index) => {
          takeStep(source, step);
          if (pulls[index] !== true) return;
          pull(source, replica);
          expectSame(replica, source);
        });
        pull(source, replica);
        expectSame(replica, source);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a patch that begins before its position as well as one that begins at it', () => {
    fc.assert(
      fc.property(storyWithPulls, someCapacity, fc.nat(60), ({ story, pulls }, capacity, back) => {
        const source = new Board('epoch-1', capacity);
        const replica = new Board('epoch-1');
        story.forEach((step, index) => {
          takeStep(source, step);
          if (pulls[index] === true) pull(source, replica);
        });
        pull(source, replica, Math.max(0, replica.version - back));
        expectSame(replica, source);
      }),
      { numRuns: 500 },
    );
  });

  it('reports for each agent what it was and what it is', () => {
    fc.assert(
      fc.property(storyWithPulls, ({ story, pulls }) => {
        const source = new Board('epoch-1');
        const replica = new Board('epoch-1');
        story.forEach((step, index) => {
          takeStep(source, step);
          if (pulls[index] !== true) return;
          const before = new Map(rowsByRef(replica).map((row) => [row.ref, row]));
          const changes = pull(source, replica);
          if (changes === 'gap') throw new Error('the replica was told of every version');
          for (const change of changes) {
            const ref = (change.after ?? change.before)?.ref ?? -1;
            expect(change.before).toBe(before.get(ref) ?? null);
            expect(change.after).toBe(replica.rowAt(ref));
          }
        });
      }),
    );
  });
});

describe('a patch', () => {
  it('names each agent once, in the latest state, and no agent that is gone', () => {
    fc.assert(
      fc.property(someStory, someCapacity, fc.nat(60), (story, capacity, from) => {
        const board = new Board('epoch-1', capacity);
        for (const step of story) takeStep(board, step);
        const patch = board.changesSince(Math.min(from, board.version));
        const refs = [...patch.rows.map((row) => row.ref), ...patch.removed];
        expect(new Set(refs).size).toBe(refs.length);
        for (const row of patch.rows) {
          expect(board.rowAt(row.ref)).toBe(row);
          expect(row.version).toBeGreaterThan(patch.from);
        }
        for (const ref of patch.removed) expect(board.rowAt(ref)).toBeNull();
      }),
    );
  });

  const profile = { id: agentId('ann'), name: 'Ann', divisionId: null, title: null, department: null, team: null };

  const sourceAtVersion2 = (): Board => {
    const source = new Board('epoch-1');
    source.putAgent(profile);
    source.putAgent({ ...profile, name: 'Ann Marie' });
    return source;
  };

  it('is refused as a gap by a replica that has not reached its beginning, which stays as it was', () => {
    const replica = new Board('epoch-1');
    expect(replica.applyPatch(sourceAtVersion2().changesSince(1))).toBe('gap');
    expect(replica.version).toBe(0);
    expect(replica.size).toBe(0);
  });

  it('changes nothing in a replica that is already past its end', () => {
    const source = sourceAtVersion2();
    const replica = new Board('epoch-1');
    const old = source.changesSince(0);
    source.putAgent({ ...profile, name: 'Ann Sofie' });
    pull(source, replica);
    const row = replica.rowOf(profile.id);
    expect(replica.applyPatch(old)).toEqual([]);
    expect(replica.rowOf(profile.id)).toBe(row);
  });

  it('is empty for a replica at the latest version', () => {
    const source = sourceAtVersion2();
    expect(source.changesSince(2)).toEqual({ from: 2, to: 2, rows: [], removed: [] });
  });
});
