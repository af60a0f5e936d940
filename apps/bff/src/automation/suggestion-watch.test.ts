import { agentId, Board, divisionId, type AgentId, type PlannedNow } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { GenesysNotPermitted } from '@floorwatch/genesys';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SuggestionWatch, type Suggestion } from './suggestion-watch.ts';

const MINUTE_MS = 60_000;

let stopped: AbortController;
beforeEach(() => {
  stopped = new AbortController();
});
afterEach(() => stopped.abort());

interface Stage {
  readonly clock: FakeClock;
  readonly watch: SuggestionWatch;
  /** The ids of each call, with its instant. */
  readonly calls: { readonly at: number; readonly ids: readonly AgentId[] }[];
  readonly told: Suggestion[];
  readonly switches: Map<ReturnType<typeof divisionId>, boolean>;
}

/** A floor of so many agents in two divisions, all present and all in their break by plan. */
const stageOf = (agents: number, refuse: () => Error | null = () => null): Stage => {
  const clock = new FakeClock();
  const board = new Board('epoch');
  for (let n = 0; n < agents; n += 1) {
    const id = agentId(`agent-${String(n)}`);
    const division = divisionId(n % 2 === 0 ? 'north' : 'south');
    board.putAgent({ id, name: id, divisionId: division, title: null, department: null, team: null });
    board.applyEvent({
      agentId: id,
      kind: 'event',
      observedAt: clock.now(),
      platformNow: clock.now(),
      presence: { system: 'onQueue', definitionId: null, message: null, since: { at: 1000, exact: true } },
    });
  }
  const calls: Stage['calls'] = [];
  const told: Suggestion[] = [];
  const switches: Stage['switches'] = new Map();
  const plan: PlannedNow = { scheduled: 'break', next: null, categoryOf: new Map() };
  const watch = new SuggestionWatch({
    board,
    cloud: {
      getAdherence: async (ids) => {
        calls.push({ at: clock.now(), ids });
        const error = refuse();
        if (error !== null) throw error;
        return new Map(ids.map((id) => [id, plan]));
      },
      platformNow: () => clock.now(),
    },
    switches: { switches: async () => switches },
    clock,
    log: pino({ level: 'silent' }),
    wantedByRules: () => [],
    onRead: (found) => void told.push(...found),
  });
  return { clock, watch, calls, told, switches };
};

const mostInAMinute = ({ calls }: Stage): number =>
  Math.max(...calls.map(({ at }) => calls.filter((one) => one.at >= at && one.at < at + MINUTE_MS).length));

it('a large floor is not looked at before somebody says so, and then with four calls a minute at most', async () => {
  const stage = stageOf(10_000);
  void stage.watch.run(stopped.signal);
  await stage.clock.advance(10 * MINUTE_MS);
  expect(stage.calls).toEqual([]);
  stage.switches.set(divisionId('north'), true);
  await stage.watch.loadSwitches();
  await stage.clock.advance(20 * MINUTE_MS);
  expect(mostInAMinute(stage)).toBeLessThanOrEqual(4);
  expect(new Set(stage.calls.flatMap(({ ids }) => ids)).size).toBe(5000);
  expect(Math.max(...stage.calls.map(({ ids }) => ids.length))).toBe(100);
});

it('a small floor is looked at with ten calls a minute at most, and not more often than each half minute', async () => {
  const stage = stageOf(300);
  void stage.watch.run(stopped.signal);
  await stage.clock.advance(10 * MINUTE_MS);
  expect(mostInAMinute(stage)).toBeLessThanOrEqual(10);
  expect(stage.calls.length).toBeLessThanOrEqual(61);
  expect(stage.watch.suggestions()).toHaveLength(300);
  expect(stage.watch.roundMs).toBe(30_000);
});

it('a division that is switched off is not read any more, and nothing is suggested there', async () => {
  const stage = stageOf(200);
  void stage.watch.run(stopped.signal);
  await stage.clock.advance(MINUTE_MS);
  stage.switches.set(divisionId('south'), false);
  await stage.watch.loadSwitches();
  await stage.clock.advance(2 * MINUTE_MS);
  expect(stage.calls.at(-1)?.ids).toHaveLength(100);
  expect(stage.watch.suggestions().map(({ agentId: id }) => Number(id.slice(6)) % 2)).not.toContain(1);
});

it('what was read is good for a while only, and one occasion keeps its name', async () => {
  const stage = stageOf(1);
  void stage.watch.run(stopped.signal);
  await stage.clock.advance(MINUTE_MS);
  const [first] = stage.watch.suggestions();
  expect(new Set(stage.told.map(({ id }) => id))).toEqual(new Set([first?.id]));
  stopped.abort();
  await stage.clock.advance(31 * MINUTE_MS);
  expect(stage.watch.suggestions()).toEqual([]);
});

const NOT_PERMITTED = new GenesysNotPermitted({
  message: 'no',
  context: { method: 'GET', path: '/adherence', correlationId: null },
  status: 403,
  code: null,
  needs: ['wfm:realtimeAdherence:view'],
});

it('a client that may not read the schedule is told, and asks again rarely', async () => {
  const stage = stageOf(100, () => NOT_PERMITTED);
  void stage.watch.run(stopped.signal);
  await stage.clock.advance(30 * MINUTE_MS);
  expect(stage.watch.problem).toMatch(/wfm:realtimeAdherence:view/);
  expect(stage.calls.length).toBeLessThanOrEqual(4);
});
