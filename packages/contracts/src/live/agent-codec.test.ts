import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { agentId, Board, type AgentRow } from '@floorwatch/domain';
import { rowsByRef, someStory, takeStep } from '@floorwatch/domain/testing/board-story';
import { fromDeltaBody, toDeltaBody } from './agent-codec.ts';
import { delta } from './delta.ts';

const deltaBody = delta.pick({ from: true, to: true, cards: true, rows: true, removed: true });

/** What a browser receives of a source from a position on: through JSON and the schema, as over a socket. */
const receive = (source: Board, from: number): z.infer<typeof deltaBody> =>
  deltaBody.parse(JSON.parse(JSON.stringify(toDeltaBody(source.changesSince(from)))));

const pullOverWire = (source: Board, replica: Board): void => {
  const patch = fromDeltaBody(receive(source, replica.version), (ref) => replica.rowAt(ref));
  if (patch === 'gap') throw new Error('the replica was told of every version');
  replica.applyPatch(patch);
};

/** Everything of a row but its versions, which a replica only knows by the frame they came in. */
const seenIn = ({ version: _version, profileVersion: _profileVersion, ...seen }: AgentRow) => seen;

const expectSameRows = (replica: Board, source: Board): void => {
  expect(rowsByRef(replica).map(seenIn)).toEqual(rowsByRef(source).map(seenIn));
  expect(replica.counts).toEqual(source.counts);
  expect(replica.version).toBe(source.version);
};

describe('a board sent over the wire', () => {
  it('is the same board at the other end, frame after frame', () => {
    const storyWithFrames = someStory.chain((story) =>
      fc.record({ story: fc.constant(story), frames: fc.array(fc.boolean(), { minLength: story.length }) }),
    );
    fc.assert(
      fc.property(storyWithFrames, ({ story, frames }) => {
        const source = new Board('epoch-1');
        const replica = new Board('epoch-1');
        story.forEach((step, index) => {
          takeStep(source, step);
          if (frames[index] !== true) return;
          pullOverWire(source, replica);
          expectSameRows(replica, source);
        });
        pullOverWire(source, replica);
        expectSameRows(replica, source);
      }),
      { numRuns: 500 },
    );
  });

  it('carries a card only when it changed', () => {
    const source = new Board('epoch-1');
    const ann = { id: agentId('ann'), name: 'Ann', divisionId: null, title: null, department: null, team: null };
    source.putAgent(ann);
    expect(receive(source, 0).cards.map((card) => card.name)).toEqual(['Ann']);
    source.applyEvent({
      agentId: ann.id,
      observedAt: 1,
      platformNow: 1,
      kind: 'event',
      routing: { state: 'idle', since: { at: 1, exact: true } },
    });
    expect(receive(source, 1).cards).toEqual([]);
    expect(receive(source, 1).rows).toHaveLength(1);
    source.putAgent({ ...ann, name: 'Ann Marie' });
    expect(receive(source, 2).cards.map((card) => card.name)).toEqual(['Ann Marie']);
  });

  it('is a gap for a reader who was never told of an agent in it', () => {
    const source = new Board('epoch-1');
    source.putAgent({ id: agentId('ann'), name: 'A', divisionId: null, title: null, department: null, team: null });
    const withoutCards = { ...receive(source, 0), cards: [] };
    expect(fromDeltaBody(withoutCards, () => null)).toBe('gap');
  });
});
