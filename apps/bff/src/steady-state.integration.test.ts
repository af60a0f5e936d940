import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FakeClock } from '@floorwatch/domain/testing';
import { startSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { platformOf } from './simulated-platform.fake.ts';

const MINUTE_MS = 60_000;

/** Time goes on in steps so small that no heartbeat and no pace notices. */
const STEP_MS = 500;

/** Turns of the event loop without a call under way after which nothing more is to be expected of this step. */
const QUIET_TURNS = 3;

/** How long the steady state is looked at: the list, the names and most of a sample are read again within it. */
const MINUTES = 24;

const stops: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A clock that a test moves; what would tick more often than it is moved ticks once a step. */
class SteppedClock extends FakeClock {
  override every(ms: number, tick: () => void): () => void {
    return super.every(Math.max(ms, STEP_MS), tick);
  }
}

/** @returns how to wait until no call of this process is under way; while one is, the clock stands still for it */
const watchCalls = (): (() => Promise<void>) => {
  const underWay = new Set<unknown>();
  const begun = (message: unknown): void => {
    const { request } = message as { readonly request: { getHeader(name: string): unknown } };
    if (request.getHeader('upgrade') === undefined) underWay.add(request);
  };
  const ended = (message: unknown): void => void underWay.delete((message as { readonly request: unknown }).request);
  for (const [channel, listener] of [
    ['http.client.request.start', begun],
    ['http.client.request.error', ended],
    ['http.client.response.finish', ended],
  ] as const) {
    subscribe(channel, listener);
    stops.push(() => void unsubscribe(channel, listener));
  }
  return async () => {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet = underWay.size > 0 ? 0 : quiet + 1) await nextTurn();
  };
};

/** 10,000 agents, watched with the settings of a real start; both sides live by the steps of a test. */
const watchLargeFloor = async () => {
  const clock = new SteppedClock();
  const callsSettle = watchCalls();
  const simulator = await startSimulator({ agents: 10_000, speed: 0, realClock: clock, requestsPerMinute: 300 });
  stops.push(() => simulator.close());
  const floorwatch = await compose({
    log: pino({ level: 'silent' }),
    release: 'test',
    clock,
    sweepMs: 5 * MINUTE_MS,
    registryRefreshMs: 15 * MINUTE_MS,
    sampleEveryMs: 16 * MINUTE_MS, // not an hour: so that it falls together with everything else
    organisation: { name: 'test', isDemo: true },
    platform: platformOf(simulator),
  });
  floorwatch.feed.start();
  stops.push(async () => {
    await floorwatch.app.close();
    await floorwatch.feed.stop();
  });
  const control = new SimulatorControl(simulator.url);
  const callsSoFar = async () => (await control.state()).calls;
  return {
    ...floorwatch,
    clock,
    callsSoFar,
    liveOneMinute: async (): Promise<void> => {
      for (let passed = 0; passed < MINUTE_MS; passed += STEP_MS) {
        await clock.advance(STEP_MS);
        await callsSettle();
      }
    },
  };
};

it('10,000 agents take less than 30 calls in every minute, list, names, queues and sample read again included', async () => {
  const { clock, feed, board, callsSoFar, liveOneMinute } = await watchLargeFloor();
  const isSettled = (): boolean =>
    feed.health().state === 'live' && [...board.rows()].every(({ queueIds }) => queueIds !== null);
  for (let minute = 1; !isSettled(); minute += 1) {
    expect(minute).toBeLessThan(10);
    await liveOneMinute();
  }

  const settledAt = clock.now();
  const before = await callsSoFar();
  const perMinute: number[] = [];
  for (let calls = before; perMinute.length < MINUTES;) {
    await liveOneMinute();
    const now = await callsSoFar();
    perMinute.push(sumOf(now) - sumOf(calls));
    calls = now;
  }
  const after = await callsSoFar();
  const made = (operation: string): number => (after[operation] ?? 0) - (before[operation] ?? 0);
  expect(made('getRoutingQueues'), 'the names were read again').toBe(1);
  expect(made('getUsers'), 'the sample came on top of the sweep').toBeGreaterThan(MINUTES * 20 + 10);
  expect(feed.status().registry.lastBelievedAt, 'the list was read again').toBeGreaterThan(settledAt);
  expect(Math.max(...perMinute), perMinute.join(' ')).toBeLessThan(30);
}, 90_000);

const sumOf = (calls: Readonly<Record<string, number>>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
