import { ACTIVITIES, FLAG_KINDS, type Activity, type AgentRow, type Board, type FlagKind } from '@floorwatch/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoardView, type ViewOptions } from './board-view.ts';
import { FloorFake, T0, type Mood } from './floor.fake.ts';
import { compileFilter, EVERYBODY, type ViewFilter } from './view-filter.ts';

const GRACE_MS = 5000;

const viewOf = (floor: FloorFake, options: Partial<ViewOptions> = {}, now = T0) =>
  new BoardView(floor.board, { filter: EVERYBODY, sort: 'attention', ...options }, { now, platformNow: now });

/** Puts an agent on the board and tells the view. */
const change = ({ floor, view }: { floor: FloorFake; view: BoardView }, name: string, mood: Mood): void => {
  const before = [...floor.board.rows()].find((row) => row.profile.name === name) ?? null;
  const after = floor.put(name, mood);
  view.apply([{ before, after }], mood.at);
};

const names = (floor: FloorFake, view: BoardView): (string | undefined)[] =>
  view.snapshot().refs.map((ref) => floor.board.rowAt(ref)?.profile.name);

const ready = (at: number): Mood => ({ presence: 'onQueue', routing: 'idle', at });
const notResponding = (at: number): Mood => ({ presence: 'onQueue', routing: 'notResponding', at });

describe('order', () => {
  const wholeFloor = (): FloorFake => {
    const floor = new FloorFake();
    floor.put('Offline', { presence: 'offline', routing: 'offQueue', at: T0 - 90_000 });
    floor.put('Meal', { presence: 'meal', routing: 'offQueue', at: T0 - 80_000 });
    floor.put('Talking', { presence: 'onQueue', routing: 'interacting', at: T0 - 70_000 });
    floor.put('Ready short', ready(T0 - 10_000));
    floor.put('Ready long', ready(T0 - 60_000));
    floor.put('Contradiction', { presence: 'onQueue', routing: 'offQueue', at: T0 - 20_000 });
    floor.put('Finishing', { presence: 'meal', routing: 'interacting', at: T0 - 65_000 });
    floor.put('Alarm', notResponding(T0 - 1000));
    return floor;
  };

  test('puts those who need somebody first, then ready by longest idle, working, off queue, gone', () => {
    const floor = wholeFloor();
    expect(names(floor, viewOf(floor))).toEqual([
      'Alarm',
      'Contradiction',
      'Ready long',
      'Ready short',
      'Talking',
      'Finishing',
      'Meal',
      'Offline',
    ]);
  });

  test('by time puts the longest first, and those who have gone home last', () => {
    const floor = wholeFloor();
    const order = names(floor, viewOf(floor, { sort: 'time' }));
    expect(order.slice(0, 3)).toEqual(['Meal', 'Talking', 'Finishing']);
    expect(order.at(-1)).toBe('Offline');
  });

  test('by name follows the rules of names, not of bytes', () => {
    const floor = new FloorFake();
    for (const name of ['Zoë', 'Émile', 'agent 10', 'Agent 9', 'Eva']) floor.put(name, ready(T0));
    expect(names(floor, viewOf(floor, { sort: 'name' }))).toEqual(['Agent 9', 'agent 10', 'Émile', 'Eva', 'Zoë']);
  });

  test('lets no tile wander: the whole order is made anew only every five seconds', () => {
    const floor = new FloorFake();
    floor.put('A', ready(T0 - 2000));
    floor.put('B', ready(T0 - 1000));
    const view = viewOf(floor);
    change({ floor, view }, 'A', ready(T0 + 500));
    view.tick({ now: T0 + 4999, platformNow: T0 + 4999 }, false);
    expect(names(floor, view)).toEqual(['A', 'B']);
    view.tick({ now: T0 + 5000, platformNow: T0 + 5000 }, false);
    expect(names(floor, view)).toEqual(['B', 'A']);
  });

  test('raises whoever stops responding within a second, and moves nobody else', () => {
    const floor = new FloorFake();
    for (const name of ['A', 'B', 'C']) floor.put(name, ready(T0 - 1000));
    const view = viewOf(floor);
    change({ floor, view }, 'A', ready(T0 + 100));
    change({ floor, view }, 'C', notResponding(T0 + 200));
    view.tick({ now: T0 + 1000, platformNow: T0 + 1000 }, false);
    expect(names(floor, view)).toEqual(['C', 'A', 'B']);
  });

  test('stands still while it is held, and newcomers wait at the end', () => {
    const floor = new FloorFake();
    floor.put('A', ready(T0));
    const view = viewOf(floor);
    change({ floor, view }, 'Alarm', notResponding(T0 + 100));
    view.tick({ now: T0 + 60_000, platformNow: T0 + 60_000 }, true);
    expect(names(floor, view)).toEqual(['A', 'Alarm']);
    view.tick({ now: T0 + 61_000, platformNow: T0 + 61_000 }, false);
    expect(names(floor, view)).toEqual(['Alarm', 'A']);
  });

  test('a name that changes moves the agent in the order of names', () => {
    const floor = new FloorFake();
    const row = floor.put('Aaron', ready(T0));
    floor.put('Berta', ready(T0));
    const view = viewOf(floor, { sort: 'name' });
    const renamed = floor.board.putAgent({ ...row.profile, name: 'Zoran' });
    view.apply(renamed === null ? [] : [renamed], T0);
    view.tick({ now: T0 + 5000, platformNow: T0 + 5000 }, false);
    expect(names(floor, view)).toEqual(['Berta', 'Zoran']);
  });
});

describe('a contradiction', () => {
  const contradicting = (at: number): Mood => ({ presence: 'onQueue', routing: 'offQueue', at });

  test('is shown, counted and filterable only once it has outlasted its grace period', () => {
    const floor = new FloorFake();
    const { ref } = floor.put('A', contradicting(T0));
    const view = viewOf(floor, { filter: { ...EVERYBODY, disagreeingOnly: true } });
    view.tick({ now: T0 + 4999, platformNow: T0 + GRACE_MS - 1 }, false);
    expect([view.disagrees(ref), view.snapshot().counts.disagreeing, view.snapshot().refs]).toEqual([false, 0, []]);
    view.tick({ now: T0 + 5000, platformNow: T0 + GRACE_MS }, false);
    expect([view.disagrees(ref), view.snapshot().counts.disagreeing, view.snapshot().refs]).toEqual([true, 1, [ref]]);
  });

  test('that ends within the grace period is never shown', () => {
    const floor = new FloorFake();
    const { ref } = floor.put('A', contradicting(T0));
    const view = viewOf(floor);
    change({ floor, view }, 'A', ready(T0 + 1000));
    view.tick({ now: T0 + 9000, platformNow: T0 + 9000 }, false);
    expect(view.disagrees(ref)).toBe(false);
  });
});

test('a filter that nobody passes empties the wall', () => {
  const floor = new FloorFake();
  floor.put('A', ready(T0));
  const view = viewOf(floor);
  view.snapshot();
  view.setOptions({ filter: { ...EVERYBODY, search: 'nobody' }, sort: 'attention' }, { now: T0, platformNow: T0 });
  expect(view.snapshot().refs).toEqual([]);
});

test('the view is the same object until something in it changes', () => {
  const floor = new FloorFake();
  floor.put('A', ready(T0));
  const view = viewOf(floor);
  const before = view.snapshot();
  view.tick({ now: T0 + 60_000, platformNow: T0 + 60_000 }, false);
  expect(view.snapshot()).toBe(before);
});

describe('at every moment, for any changes and filters', () => {
  const PRESENCES = ['available', 'onQueue', 'meal', 'offline', 'busy'] as const;
  const ROUTINGS = ['offQueue', 'idle', 'interacting', 'notResponding', 'communicating'] as const;

  const mood = fc.record({
    presence: fc.constantFrom(...PRESENCES),
    routing: fc.constantFrom(...ROUTINGS),
    division: fc.constantFrom('north', 'south'),
    queues: fc.subarray(['sales', 'billing', 'claims']),
    team: fc.constantFrom('Early', 'Late'),
    flags: fc.subarray([...FLAG_KINDS]),
  });
  const filter: fc.Arbitrary<ViewFilter> = fc.record({
    search: fc.constantFrom('', 'a', 'agent 1', 'é', 'nobody'),
    activities: fc.subarray([...ACTIVITIES]).map((list) => new Set<Activity>(list)),
    divisionIds: fc.subarray(['north', 'south']).map((list) => new Set(list)),
    queueIds: fc.subarray(['sales', 'billing']).map((list) => new Set(list)),
    teams: fc.subarray(['Early', 'Late']).map((list) => new Set(list)),
    disagreeingOnly: fc.boolean(),
    flags: fc.subarray([...FLAG_KINDS]).map((list) => new Set<FlagKind>(list)),
  });
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), agent: fc.nat(11), mood }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), agent: fc.nat(11) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('filter' as const), filter }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(8000), isHeld: fc.boolean() }) },
  );

  /** Counts again from nothing, the plain way. */
  const recount = (rows: readonly AgentRow[], { filter: wanted, now }: { filter: ViewFilter; now: number }) => {
    const disagrees = (row: AgentRow): boolean =>
      row.discrepancySince !== null && row.discrepancySince.at + GRACE_MS <= now;
    const passing = (relaxed: Partial<ViewFilter>): AgentRow[] => {
      const missed = compileFilter({ ...wanted, ...relaxed });
      return rows.filter((row) => missed(row, disagrees(row)) === 0);
    };
    const anyActivity = passing({ activities: new Set() });
    return {
      members: passing({})
        .map(({ ref }) => ref)
        .toSorted((a, b) => a - b),
      activities: Object.fromEntries(
        ACTIVITIES.map((activity) => [activity, anyActivity.filter((row) => row.activity === activity).length]),
      ),
      divisions: tally(passing({ divisionIds: new Set() }), (row) => [String(row.profile.divisionId)]),
      queues: tally(passing({ queueIds: new Set() }), (row) => [...(row.queueIds ?? [])]),
      teams: tally(passing({ teams: new Set() }), (row) => [String(row.profile.team)]),
      disagreeing: passing({ disagreeingOnly: false }).filter(disagrees).length,
      flags: tally(passing({ flags: new Set() }), (row) => row.flags.map(({ kind }) => kind)),
      flagged: passing({ flags: new Set() }).filter((row) => row.flags.length > 0).length,
    };
  };

  const teamsOf = (board: Board): string[] =>
    [...new Set([...board.rows()].map(({ profile }) => String(profile.team)))].toSorted();

  const tally = (rows: readonly AgentRow[], optionsOf: (row: AgentRow) => string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const option of rows.flatMap(optionsOf)) counts[option] = (counts[option] ?? 0) + 1;
    return counts;
  };

  test('the tiles are exactly who the filter lets pass, and each count is what a recount gives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const floor = new FloorFake();
        let current: ViewFilter = EVERYBODY;
        let now = T0;
        const view = viewOf(floor);
        for (const action of steps) {
          const version = floor.board.version;
          const held = [...floor.board.rows()];
          if (action.kind === 'change') floor.put(`Agent ${action.agent} é`, { ...action.mood, at: now });
          if (action.kind === 'leave') floor.remove(`Agent ${action.agent} é`);
          if (action.kind === 'filter') {
            current = action.filter;
            view.setOptions({ filter: current, sort: 'attention' }, { now, platformNow: now });
          }
          if (action.kind === 'wait') now += action.ms;
          const patch = floor.board.changesSince(version);
          const beforeOf = (ref: number): AgentRow | null => held.find((row) => row.ref === ref) ?? null;
          view.apply(
            [
              ...patch.rows.map((after) => ({ before: beforeOf(after.ref), after })),
              ...patch.removed.map((ref) => ({ before: beforeOf(ref), after: null })),
            ],
            now,
          );
          view.tick({ now, platformNow: now }, action.kind === 'wait' && action.isHeld);

          const { refs, total, counts } = view.snapshot();
          const expected = recount([...floor.board.rows()], { filter: current, now });
          expect(refs.toSorted((a, b) => a - b)).toEqual(expected.members);
          expect(total).toBe(floor.board.size);
          expect(counts.activities).toEqual(expected.activities);
          expect(Object.fromEntries(counts.divisions)).toEqual(expected.divisions);
          expect(Object.fromEntries(counts.queues)).toEqual(expected.queues);
          for (const [team, count] of counts.teams) expect(count).toBe(expected.teams[team] ?? 0);
          expect([...counts.teams.keys()].toSorted()).toEqual(teamsOf(floor.board));
          expect(counts.disagreeing).toBe(expected.disagreeing);
          expect(Object.fromEntries(counts.flags)).toEqual(expected.flags);
          expect(counts.flagged).toBe(expected.flagged);
        }
      }),
      { numRuns: 200 },
    );
  });
});
