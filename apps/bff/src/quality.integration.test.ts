import { getAgent, getFloorHealth, listAgents, type AgentDetail, type FloorHealth } from '@floorwatch/contracts';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl, type AgentTruth } from '@floorwatch/genesys-simulator/client';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { agentId, type Clock } from '@floorwatch/domain';
import { compose, type Composition, type Floorwatch } from './compose.ts';
import { hastyClock } from './hasty-clock.fake.ts';
import { platformOf } from './simulated-platform.fake.ts';
import { systemClock } from './system-clock.ts';
import { startTamperingProxy, type Tamper, type TamperingProxy } from './tampering-proxy.fake.ts';

/** The real time, but waits are twenty times as short: pauses are for the platform's sake, and here there is none. */
const hurriedClock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) };

const SAMPLE_OF_60 = 12;

const NEVER_MS = 3_600_000;
const PATIENT = { timeout: 20_000, interval: 50 };

interface UserBody {
  readonly id: string;
  readonly [part: string]: unknown;
}

interface UsersBody {
  readonly entities: readonly UserBody[];
  readonly total: number;
}

/** Changes every answer that lists users, be it the whole list or some by id. */
const tamperUsers =
  (change: (users: UsersBody, isWholeList: boolean) => UsersBody): Tamper =>
  ({ path, query, body }) => ({
    body: path === '/api/v2/users' ? change(body as UsersBody, !query.has('id')) : body,
  });

describe('data quality, from the platform to the API', () => {
  let simulator: RunningSimulator;
  let proxy: TamperingProxy;
  let floorwatch: Floorwatch;
  let ids: string[];

  const start = async (
    settings: Partial<Composition> = {},
    { agents = 60, speed = 0, tamper = null as Tamper | null, realClock = systemClock } = {},
  ): Promise<void> => {
    simulator = await startSimulator({ agents, speed, realClock, requestsPerMinute: 100_000 });
    proxy = await startTamperingProxy(simulator.url);
    proxy.tamper = tamper;
    floorwatch = await compose({
      log: pino({ level: 'silent' }),
      release: 'test',
      clock: hurriedClock,
      sweepMs: NEVER_MS,
      registryRefreshMs: NEVER_MS,
      organisation: { name: 'Test', isDemo: true },
      platform: platformOf(simulator, proxy.url),
      ...settings,
    });
    floorwatch.feed.start();
    await vi.waitFor(
      () => expect(floorwatch.feed.health()).toMatchObject({ state: 'live', agentsLive: agents }),
      PATIENT,
    );
    ids = [...floorwatch.board.rows()].map((row) => row.profile.id);
  };

  afterEach(async () => {
    await floorwatch.feed.stop();
    await floorwatch.app.close();
    await proxy.close();
    await simulator.close();
  });

  const healthNow = async (): Promise<FloorHealth> =>
    getFloorHealth.reply.parse((await floorwatch.app.inject(getFloorHealth.path)).json());

  /** The lines of the metrics that begin with a name. */
  const metric = async (name: string): Promise<string[]> => {
    const { body } = await floorwatch.app.inject('/metrics');
    return body.split('\n').filter((line) => line.startsWith(name));
  };

  const detailOf = async (id: string): Promise<AgentDetail> =>
    getAgent.reply.parse((await floorwatch.app.inject(`/api/agents/${id}`)).json());

  it('keeps agents whom a truncated list leaves out, says so, and forgets it when the list is whole again', async () => {
    await start({ registryRefreshMs: 400 });
    const kept = floorwatch.board.size;
    proxy.tamper = tamperUsers(({ entities }, isWholeList) => {
      const named = isWholeList ? entities.slice(0, 45) : entities;
      return { entities: named, total: named.length };
    });
    await vi.waitFor(() => expect(floorwatch.feed.health().state).toBe('partial'), PATIENT);
    expect(floorwatch.board.size).toBe(kept);
    expect(floorwatch.feed.health()).toMatchObject({ hop: 'api', agentsLive: 45, agentsTotal: 60, dataAt: null });
    expect(floorwatch.feed.health().message).toMatch(/names only 45 of 60 agents/);
    const unlisted = [...floorwatch.board.rows()].filter(({ flags }) => flags.some(({ kind }) => kind === 'unlisted'));
    expect(unlisted).toHaveLength(15);
    const [first] = unlisted;
    const [warning] = (await detailOf(first?.profile.id ?? '')).warnings;
    expect(warning?.kind).toBe('unlisted');
    expect(warning?.reason).toMatch(/45 of 60/);
    expect((await healthNow()).registry).toMatchObject({
      unlisted: 15,
      lastRejection: { known: 60, named: 45 },
    });
    expect(await metric('floorwatch_agents_warned')).toContain('floorwatch_agents_warned{warning="unlisted"} 15');
    proxy.tamper = null;
    await vi.waitFor(() => expect(floorwatch.feed.health().state).toBe('live'), PATIENT);
    expect([...floorwatch.board.rows()].some(({ flags }) => flags.length > 0)).toBe(false);
  });

  it('takes out agents whom a list that can be believed no longer names', async () => {
    await start({ registryRefreshMs: 400 });
    const gone = ids[7];
    proxy.tamper = tamperUsers(({ entities }) => {
      const named = entities.filter(({ id }) => id !== gone);
      return { entities: named, total: 59 };
    });
    await vi.waitFor(() => expect(floorwatch.board.size).toBe(59), PATIENT);
    expect(floorwatch.feed.health()).toMatchObject({ state: 'live', agentsTotal: 59 });
  });

  it('reads everybody again when more than five in a hundred of a sample differ from the platform', async () => {
    await start({ sampleEveryMs: 40_000 });
    const heldBefore = floorwatch.board.counts.communicating;
    const since = new Map(
      [...floorwatch.board.rows()].map(({ profile, state }) => [profile.id as string, state.routing?.since.at ?? 0]),
    );
    const differ = tamperUsers((users) => ({
      ...users,
      entities: users.entities.map((user) => ({
        ...user,
        routingStatus: { status: 'COMMUNICATING', startTime: new Date((since.get(user.id) ?? 0) + 1).toISOString() },
      })),
    }));
    let ledToRefresh = false;
    proxy.tamper = (answer) => {
      // Until a sample has found it only samples see it: whatever else is read meanwhile must not level the difference.
      ledToRefresh ||= floorwatch.feed.status().quality.sample.last?.refreshed === true;
      const isSample = answer.query.getAll('id').length === SAMPLE_OF_60;
      return isSample || ledToRefresh ? differ(answer) : { body: answer.body };
    };
    await vi.waitFor(() => expect(floorwatch.board.counts.communicating).toBe(60), PATIENT);
    expect(ledToRefresh).toBe(true);
    expect(heldBefore).toBeLessThan(10);
    expect((await healthNow()).sample.last?.compared).toBeGreaterThan(8);
  });

  it('shows how every part is doing, to people and to Prometheus', async () => {
    await start();
    const health = await healthNow();
    expect(health).toMatchObject({
      upstream: { state: 'live' },
      agents: { total: 60 },
      channels: [{ index: 0, state: 'live', agents: 60, attempt: 0, reason: null }],
      registry: { breaker: 'closed', rejections: 0 },
      budget: { allowed: 100_000 },
      sample: { last: null },
    });
    expect(health.budget.used).toBeGreaterThan(0);
    expect(await metric('floorwatch_upstream_state')).toContain('floorwatch_upstream_state{state="live"} 1');
    expect(await metric('floorwatch_budget_allowed')).toEqual(['floorwatch_budget_allowed 100000']);
    expect(await metric('floorwatch_list_breaker_state')).toContain('floorwatch_list_breaker_state{state="closed"} 1');
    expect(await metric('floorwatch_sample_divergence_ratio')).toEqual(['floorwatch_sample_divergence_ratio Nan']);
    const agents = (await metric('floorwatch_agents{')).map((line) => Number(line.split(' ')[1]));
    expect(agents.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(await metric('process_cpu_seconds_total')).toHaveLength(1);
  });

  it('flags an agent who flaps, and leaves them out of the figures', async () => {
    await start();
    const control = new SimulatorControl(simulator.url);
    const [userId = ''] = ids;
    for (const systemPresence of ['Meal', 'Break', 'Meeting', 'Training', 'Away'])
      await control.push({ userId, presence: { systemPresence }, routingStatus: 'OFF_QUEUE' });
    await vi.waitFor(
      async () => expect((await detailOf(userId)).warnings).toMatchObject([{ kind: 'volatile' }]),
      PATIENT,
    );
    expect(await metric('floorwatch_agents_volatile')).toContain('floorwatch_agents_volatile{activity="away"} 1');
    const [list] = listAgents.reply
      .parse((await floorwatch.app.inject(listAgents.path)).json())
      .rows.filter((row) => row[11]);
    expect(list?.[11]).toMatchObject([['volatile', expect.any(Number), expect.stringMatching(/3 changes/)]]);
  });

  describe('an agent whom routing holds as interacting with nothing in hand', () => {
    const isStatus = (path: string): boolean => path.startsWith('/api/v2/analytics/agents/');

    /** The same agent in every answer: interacting since long ago, until `routing` says something else. */
    const holdOne = (
      answerStatus: () => ReturnType<Tamper>,
    ): { readonly tamper: Tamper; readonly held: { id: string | null; routing: object } } => {
      const held: { id: string | null; routing: object } = {
        id: null,
        routing: { status: 'INTERACTING', startTime: '2020-01-01T00:00:00.000Z' },
      };
      const users = tamperUsers(({ entities, total }) => {
        held.id ??= entities.find((user) => JSON.stringify(user['presence']).includes('"Offline"'))?.id ?? null;
        return {
          total,
          entities: entities.map((user) => (user.id === held.id ? { ...user, routingStatus: held.routing } : user)),
        };
      });
      return { held, tamper: (answer) => (isStatus(answer.path) ? answerStatus() : users(answer)) };
    };

    it('is flagged with the reason when the second witness may not be asked, and cleared by the next answer', async () => {
      const { held, tamper } = holdOne(() => ({
        status: 403,
        body: { status: 403, code: 'missing.any.permissions', message: 'Unable to perform the requested action.' },
      }));
      await start({ sweepMs: 4000 }, { speed: 60, tamper });
      const warnings = async () => (await detailOf(held.id ?? '')).warnings.filter(({ kind }) => kind === 'stuck');
      await vi.waitFor(async () => expect(await warnings()).toHaveLength(1), PATIENT);
      expect((await warnings())[0]?.reason).toMatch(/no contact.*lacks the permission analytics:agentState:view/);
      expect(floorwatch.feed.status().quality.stuck).toMatchObject({ stuck: 1, confirmed: 1 });
      held.routing = { status: 'OFF_QUEUE', startTime: '2020-01-01T00:00:01.000Z' };
      await vi.waitFor(async () => expect(await warnings()).toEqual([]), PATIENT);
    });

    it('gets the state that the second witness gives', async () => {
      const { held, tamper } = holdOne(() => ({
        status: 200,
        body: { routingStatus: 'IDLE', routingStatusDate: '2020-01-01T00:00:01.000Z', sessions: [] },
      }));
      await start({ sweepMs: 4000 }, { speed: 60, tamper });
      await vi.waitFor(async () => expect((await detailOf(held.id ?? '')).routing?.state).toBe('idle'), PATIENT);
      expect(floorwatch.feed.status().quality.stuck).toMatchObject({ stuck: 0, adopted: 1 });
    });

    it('is believed to have a contact when the platform’s own agent status shows a session that no summary counts', async () => {
      const clock = hastyClock(20);
      await start({ clock }, { speed: 1, realClock: clock });
      const control = new SimulatorControl(simulator.url);
      for (const userId of ids) await control.push({ userId, routingStatus: 'INTERACTING', conversationSummary: {} });
      const countsNothing = (summary: AgentTruth['conversationSummary']): boolean =>
        Object.values(summary).every(({ contactCenter: { active, acw } }) => active + acw === 0);
      await vi.waitFor(async () => {
        const { calls } = await control.state();
        expect(calls['getAnalyticsAgentStatus']).toBeGreaterThan(0);
        const uncounted = (await control.truth()).agents.filter(({ conversationSummary }) =>
          countsNothing(conversationSummary),
        );
        const believed = uncounted
          .filter(({ userId }) => simulator.engine.contactsOf(userId).some(({ phase }) => phase === 'active'))
          .map(({ userId }) => floorwatch.board.rowOf(agentId(userId)))
          .filter((row) => row?.state.contacts?.active === 1);
        expect(believed.length).toBeGreaterThan(0);
        expect(believed.flatMap((row) => row?.flags)).toEqual([]);
      }, PATIENT);
      expect(floorwatch.feed.status().quality.stuck.adopted).toBeGreaterThan(0);
    });
  });
});
