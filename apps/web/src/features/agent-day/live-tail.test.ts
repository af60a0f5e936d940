import type { Presence } from '@floorwatch/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FloorFake, T0 } from '../../live/floor.fake.ts';
import { NOBODY, presenceHolding, routingHolding } from './holdings.ts';
import { cutSegments, joinSegments } from './join-segments.ts';
import type { LaneSegment } from './lane.ts';
import { growLane, noteRow, NO_TAIL, type LivePoint } from './live-tail.ts';

const ROUTING = ['offQueue', 'idle', 'interacting', 'notResponding'] as const;

type Change = LivePoint;

/** Changes of one fact, each another than the one before, at rising instants. */
const changes = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 50_000 }), to: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((steps) => {
    let at = T0;
    let index = 0;
    return steps.map(({ step, to }): Change => {
      at += step;
      index = (index + to) % ROUTING.length;
      return { at, exact: true, holding: routingHolding({ routing: ROUTING[index] ?? 'idle', source: 'event' }) };
    });
  });

/** The lane of changes up to an instant: what the API would tell of them. */
const laneOf = (told: readonly Change[], until: number): LaneSegment[] =>
  told.map(({ at, exact, holding }, index) => ({
    ...holding,
    from: at,
    to: told[index + 1]?.at ?? until,
    startsExactly: exact,
    isOngoing: index === told.length - 1,
  }));

test('live changes and the API’s later answer make one lane: nothing twice, nothing lost', () => {
  fc.assert(
    fc.property(changes, fc.tuple(fc.nat(), fc.nat()), fc.boolean(), (all, [knownPick, heardPick], twice) => {
      const known = 1 + (knownPick % all.length); // changes the API knows
      const heardFrom = heardPick % (known + 1); // the page was opened somewhere before
      const last = all.at(-1)?.at ?? T0;
      const answeredAt = Math.max(all[known - 1]?.at ?? T0, T0) + 1;
      const until = last + 5000;
      const told = laneOf(all.slice(0, known), answeredAt);
      const heard = all.slice(heardFrom);
      const grown = growLane(told, twice ? [...heard, ...heard] : heard, until);
      expect(grown).toEqual(laneOf(all, until));
    }),
  );
});

test('while nothing changes the current segment grows, and the answer that told it stays untouched', () => {
  const told = laneOf(
    [{ at: T0, exact: true, holding: routingHolding({ routing: 'idle', source: 'event' }) }],
    T0 + 1000,
  );
  const grown = growLane(told, [], T0 + 61_000);
  expect(grown).toMatchObject([{ from: T0, to: T0 + 61_000, word: 'Idle', isOngoing: true }]);
  expect(told[0]?.to).toBe(T0 + 1000);
});

test('what was over when the API answered does not grow', () => {
  const [segment] = laneOf(
    [{ at: T0, exact: true, holding: routingHolding({ routing: 'idle', source: 'event' }) }],
    T0 + 1000,
  );
  if (segment === undefined) throw new Error('there is a segment');
  expect(growLane([{ ...segment, isOngoing: false }], [], T0 + 9000)).toEqual([{ ...segment, isOngoing: false }]);
});

test('a lane of which nothing is told begins with what the live floor says, "≥" where it did not see the start', () => {
  const point = { at: T0, exact: false, holding: routingHolding({ routing: 'idle', source: 'event' }) };
  expect(growLane([], [point], T0 + 5000)).toMatchObject([{ from: T0, to: T0 + 5000, startsExactly: false }]);
});

test('a lane put together from any pieces is the lane', () => {
  fc.assert(
    fc.property(changes, fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 6 }), (all, cuts) => {
      const until = (all.at(-1)?.at ?? T0) + 5000;
      const lane = laneOf(all, until);
      const edges = [T0, ...cuts.map((cut) => T0 + cut).filter((cut) => cut < until), until].toSorted((a, b) => a - b);
      const pieces = edges.slice(1).flatMap((to, index) => cutSegments(lane, { from: edges[index] ?? T0, to }));
      expect(joinSegments(pieces.toReversed())).toEqual(lane);
    }),
  );
});

test('a row tells of each fact on its own, and of the activity when the fact that decides it changed', () => {
  const floor = new FloorFake();
  const first = floor.put('Ana', { presence: 'break', routing: 'interacting', at: T0 });
  const second = floor.put('Ana', { presence: 'break', routing: 'offQueue', at: T0 + 60_000 });
  const nobody = { labelOf: () => null, setterOf: () => NOBODY };
  const tail = noteRow(noteRow(NO_TAIL, first, nobody), second, nobody);
  expect(tail.points.presence.map(({ at, holding }) => [at - T0, holding.word])).toEqual([[0, 'Break']]);
  expect(tail.points.routing.map(({ at, holding }) => [at - T0, holding.word])).toEqual([
    [0, 'Interacting'],
    [60_000, 'Off queue'],
  ]);
  expect(tail.points.activity.map(({ at, holding }) => [at - T0, holding.word])).toEqual([
    [0, 'Interacting'],
    [60_000, 'Break'],
  ]);
});

test('who set a presence is told as soon as it is heard, also of the one that the API told without', () => {
  const floor = new FloorFake();
  const names = {
    labelOf: () => null,
    setterOf: ({ setBy }: Presence) => ({ by: setBy?.kind ?? 'unknown', name: null }) as const,
  };
  const seen = floor.put('Ana', { presence: 'break', routing: 'offQueue', at: T0 });
  const before = noteRow(NO_TAIL, seen, names);
  floor.board.noteSetBy(seen.profile.id, T0, { kind: 'automation', id: null });
  const tail = noteRow(before, floor.board.rowAt(seen.ref) ?? seen, names);
  const parts = { system: 'break', definitionId: null, label: null, message: null, source: 'event' } as const;
  const told = laneOf([{ at: T0, exact: true, holding: presenceHolding({ ...parts, actor: NOBODY }) }], T0 + 1000);
  expect(growLane(told, before.points.presence, T0 + 5000)).toMatchObject([
    { actor: { by: 'unknown' }, to: T0 + 5000 },
  ]);
  expect(growLane(told, tail.points.presence, T0 + 5000)).toMatchObject([{ actor: { by: 'automation' } }]);
  expect(growLane([], tail.points.presence, T0 + 5000)).toMatchObject([{ actor: { by: 'automation' } }]);
});
