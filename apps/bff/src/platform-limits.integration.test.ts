import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorBody, type ErrorBody } from '@floorwatch/contracts';
import { agentId, type Clock } from '@floorwatch/domain';
import { Secret } from '@floorwatch/genesys';
import { startSimulator, type RunningSimulator, type SimulatorOptions } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { openStore } from '@floorwatch/store';
import { putEmptyDatabase } from '@floorwatch/store/testing';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compose, type Composition, type Floorwatch } from './compose.ts';
import { hastyClock } from './hasty-clock.fake.ts';
import type { Targets } from './ingest/agent-scope.ts';
import { platformOf } from './simulated-platform.fake.ts';
import { systemClock } from './system-clock.ts';

const PATIENT = { timeout: 40_000, interval: 50 };
const MINUTE_MS = 60_000;
const CREDENTIALS = { clientId: 'nobody', clientSecret: new Secret('nothing') };

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

type Settings = Partial<Composition> & Pick<Composition, 'platform'>;

/** What Floorwatch logged, as objects. */
const logged: Record<string, unknown>[] = [];

const startFloorwatch = async (settings: Settings): Promise<Floorwatch> => {
  logged.length = 0;
  const write = (line: string): void => void logged.push(JSON.parse(line) as Record<string, unknown>);
  const floorwatch = await compose({
    log: pino({ level: 'info' }, { write }),
    release: 'test',
    sweepMs: 5 * MINUTE_MS,
    registryRefreshMs: 15 * MINUTE_MS,
    organisation: { name: 'test', isDemo: true },
    ...settings,
  });
  floorwatch.feed.start();
  stops.push(async () => {
    await floorwatch.app.close();
    await floorwatch.feed.stop();
  });
  return floorwatch;
};

const startPlatform = async (options: SimulatorOptions): Promise<RunningSimulator> => {
  const simulator = await startSimulator(options);
  stops.push(() => simulator.close());
  return simulator;
};

const callsTo = async (simulator: RunningSimulator): Promise<number> => {
  const { oauthToken: _signIn, ...calls } = (await new SimulatorControl(simulator.url).state()).calls;
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
};

const untilLive = ({ feed }: Pick<Floorwatch, 'feed'>): Promise<void> =>
  vi.waitFor(() => {
    expect(feed.health().state).toBe('live');
  }, PATIENT);

/** A small organisation that behaves, on a time that both sides share. */
const openFloor = async ({ agents, times }: { agents: number; times: number }) => {
  const clock: Clock = hastyClock(times);
  const simulator = await startPlatform({ agents, speed: 0, realClock: clock });
  const floorwatch = await startFloorwatch({ clock, platform: platformOf(simulator) });
  await untilLive(floorwatch);
  return { clock, simulator, control: new SimulatorControl(simulator.url), ...floorwatch };
};

describe('the platform’s limits', () => {
  it('a fifth of 10,000 agents on a fifth of the budget: complete within it, with few channels', async () => {
    const [agents, budget, times] = [2000, 60, 20];
    const clock = hastyClock(times);
    const simulator = await startPlatform({ agents, speed: 1, realClock: clock, requestsPerMinute: budget });
    const openedAt = clock.now();
    const floorwatch = await startFloorwatch({ clock, platform: platformOf(simulator) });
    const { feed, board } = floorwatch;
    await vi.waitFor(() => {
      expect(feed.isBoardComplete).toBe(true);
    }, PATIENT);
    expect(board.size).toBe(agents);
    expect(clock.now() - openedAt).toBeLessThan(MINUTE_MS);
    const progress = logged.filter(({ event }) => event === 'loading-agents').map(({ loaded }) => loaded);
    expect(progress).toEqual(Array.from({ length: agents / 100 }, (_, page) => (page + 1) * 100));
    await untilLive(floorwatch);
    expect(feed.channels()).toHaveLength(3);

    // The members of the queues are read last, at once only the first time.
    await vi.waitFor(() => {
      expect([...board.rows()].every(({ queueIds }) => queueIds !== null)).toBe(true);
    }, PATIENT);
    expect(logged.filter(({ event }) => event === 'rate-limited')).toEqual([]);
    expect(feed.health().state).toBe('live');
  }, 90_000);

  it('push is down for good: the wall goes on at the pace of the poll within the budget, says so, and returns by itself', async () => {
    const { clock, simulator, control, feed, board } = await openFloor({ agents: 300, times: 20 });
    await control.switchOn('sockets-refused');
    await control.switchOn('socket-cut');
    await vi.waitFor(() => {
      expect(feed.health()).toMatchObject({ state: 'down', hop: 'push', agentsLive: 0 });
      expect(feed.health().message).toMatch(/refused the socket with status 503/);
    }, PATIENT);

    const brokenAt = clock.now();
    const callsBefore = await callsTo(simulator);
    for (let change = 1; change <= 3; change += 1) {
      const userId = (await control.truth()).agents[change]?.userId ?? '';
      await control.push({ userId, presence: { systemPresence: 'Training', message: `change ${String(change)}` } });
      await vi.waitFor(() => {
        expect(board.rowOf(agentId(userId))?.state.presence?.message).toBe(`change ${String(change)}`);
      }, PATIENT);
      expect(clock.now() - (feed.health().dataAt ?? 0)).toBeLessThan(30_000); // stale from 30 s on
    }
    const minutes = (clock.now() - brokenAt) / MINUTE_MS;
    expect((await callsTo(simulator)) - callsBefore).toBeLessThan(300 * Math.max(1, minutes));

    await control.switchOff('sockets-refused');
    await vi.waitFor(() => {
      expect(feed.health()).toMatchObject({ state: 'live', agentsLive: 300, message: null });
    }, PATIENT);
  }, 90_000);

  it('Retry-After: 20 stops every background call for so long, while a person gets a prompt and honest answer', async () => {
    const { clock, simulator, control, feed, app, board } = await openFloor({ agents: 300, times: 5 });
    await control.switchOn('sockets-refused'); // an agent is then read from the platform, not from the board
    await control.switchOn('socket-cut');
    await vi.waitFor(() => {
      expect(feed.health().state).toBe('down');
    }, PATIENT);
    const [row] = [...board.rows()];
    const ask = async (): Promise<ErrorBody> => {
      const startedAt = performance.now();
      const reply = await app.inject(`/api/agents/${row?.profile.id ?? ''}`);
      expect(performance.now() - startedAt).toBeLessThan(2000);
      return errorBody.parse(reply.json());
    };

    await control.switchOn('rate-limited', { retryAfterSeconds: 20 });
    const refused = await ask(); // this call or a background one meets the 429
    await control.switchAllOff();
    expect(refused).toMatchObject({
      code: 'rate-limited',
      message: expect.stringMatching(/asks us to wait/) as string,
    });
    expect(refused.retryAfterMs).toBeGreaterThan(10_000);
    const resumesAt = clock.now() + (refused.retryAfterMs ?? 0);
    const callsBefore = await callsTo(simulator);
    while (clock.now() < resumesAt - 2000) {
      expect(await ask()).toMatchObject({ code: 'rate-limited' });
      expect(await callsTo(simulator)).toBe(callsBefore);
    }
    await untilLive({ feed });
    expect(await callsTo(simulator)).toBeGreaterThan(callsBefore);
  }, 60_000);

  it('a region without a network: host and cause are named, it is tried for ever with back-off, and the page says so', async () => {
    const hosts = { loginUrl: 'https://login.floorwatch.invalid', apiUrl: 'https://api.floorwatch.invalid' };
    const clock = hastyClock(20);
    const { app, feed } = await startFloorwatch({ clock, platform: { hosts, ...CREDENTIALS } });
    const failures = (): typeof logged => logged.filter(({ event }) => event === 'load-names-failed');
    await vi.waitFor(() => {
      expect(failures().length).toBeGreaterThanOrEqual(4);
    }, PATIENT);
    const cause = /cannot reach login\.floorwatch\.invalid: the name .*\((ENOTFOUND|EAI_AGAIN)\)/;
    expect(feed.health()).toMatchObject({
      state: 'starting',
      hop: 'api',
      message: expect.stringMatching(cause) as string,
    });
    for (const [nth, failure] of failures().entries()) {
      expect(failure).toMatchObject({ attempt: nth + 1, reason: expect.stringMatching(cause) as string });
      expect(failure['retryInMs']).toBeLessThanOrEqual(Math.min(30_000, 1000 * 2 ** nth));
    }
    const page = await app.inject('/api/agents');
    expect(page.statusCode).toBe(503);
    expect(errorBody.parse(page.json())).toMatchObject({
      code: 'not-ready',
      message: expect.stringMatching(cause) as string,
    });
  }, 60_000);

  it('a restart uses the channels of the last run again, without a call to make or to subscribe them', async () => {
    const simulator = await startPlatform({ agents: 300, speed: 0 });
    const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-'));
    stops.push(() => rm(dataDir, { recursive: true }));
    await putEmptyDatabase(dataDir);
    const platform = platformOf(simulator);
    const start = async (): Promise<Floorwatch> => {
      const log = pino({ level: 'silent' });
      const store = await openStore({ databaseUrl: null, dataDir, clock: systemClock, log });
      stops.push(() => store.close());
      const owner = { apiUrl: platform.hosts.apiUrl, clientId: platform.clientId };
      const channelStore = store.channelsOf({ ...owner, seal: (text) => new Secret(text) });
      return startFloorwatch({ platform, channelStore });
    };
    const control = new SimulatorControl(simulator.url);
    await untilLive(await start());
    await stops.pop()?.();
    await stops.pop()?.();
    const before = await control.state();
    await untilLive(await start());
    const after = await control.state();
    expect(after.channels).toMatchObject([{ id: before.channels[0]?.id, topics: 300, isConnected: true }]);
    const made = ['postNotificationsChannels', 'putNotificationsChannelSubscriptions'] as const;
    expect(made.map((operation) => after.calls[operation])).toEqual([1, 1]);
    expect(JSON.stringify(logged)).not.toContain(before.channels[0]?.id);
  }, 60_000);

  it('a part of the organisation by configuration: only those agents are shown and followed, out of how many is said', async () => {
    const simulator = await startPlatform({ agents: 300, speed: 0 });
    const { agents, groups } = simulator.world.organisation;
    const [first, second] = groups;
    const groupIds = [first?.id ?? '', second?.id ?? ''];
    const named = agents.slice(0, 12).map(({ id }) => id);
    const inGroups = agents.filter((agent) => agent.groups.some(({ id }) => groupIds.includes(id))).map(({ id }) => id);
    const nothing: Targets = { userIds: [], divisionIds: [], groupIds: [], queueIds: [] };
    for (const [targets, wanted] of [
      [{ ...nothing, userIds: named }, named],
      [{ ...nothing, groupIds }, inGroups],
      [{ ...nothing, groupIds, userIds: named }, [...new Set([...named, ...inGroups])]],
    ] as const) {
      const floorwatch = await startFloorwatch({ clock: systemClock, targets, platform: platformOf(simulator) });
      await untilLive(floorwatch);
      const { app, board, feed } = floorwatch;
      expect([...board.rows()].map(({ profile }) => profile.id).toSorted()).toEqual([...wanted].toSorted());
      expect(feed.channels()).toMatchObject([{ agents: wanted.length }]);
      expect((await app.inject('/api/agents')).json()).toMatchObject({ organisation: { narrowedFrom: 300 } });
    }
    expect(inGroups.length).toBeGreaterThan(12);
    expect(inGroups.length).toBeLessThan(300);
  }, 60_000);

  it('over 16,000 agents: nobody is dropped, those whom no channel carries are re-read, and it is said what to do', async () => {
    const [agents, covered] = [16_200, 16_000];
    const simulator = await startPlatform({ agents, speed: 0, requestsPerMinute: 1_000_000 });
    const floorwatch = await startFloorwatch({ clock: systemClock, platform: platformOf(simulator) });
    const { feed, board } = floorwatch;
    await vi.waitFor(() => {
      expect([feed.isBoardComplete, feed.health().agentsLive]).toEqual([true, covered]);
    }, PATIENT);
    expect([board.size, feed.status().poll.agents]).toEqual([agents, agents - covered]);
    expect(feed.channels().length).toBeLessThan(20); // the platform's most; one is needed to move agents from channel to channel
    expect(board.counts.unknown).toBe(0);
    const [warning] = logged.filter(({ event }) => event === 'too-many-agents');
    expect(warning).toMatchObject({
      agents,
      uncovered: agents - covered,
      msg: expect.stringMatching(/EventBridge/) as string,
    });
    expect(feed.health().message).toMatch(/EventBridge/);

    const last = [...board.rows()].at(-1)?.profile.id ?? agentId('');
    await new SimulatorControl(simulator.url).push({
      userId: last,
      presence: { systemPresence: 'Training', message: 'unheard' },
    });
    await vi.waitFor(() => {
      expect(board.rowOf(last)?.state.presence?.message).toBe('unheard');
    }, PATIENT);
  }, 90_000);
});
