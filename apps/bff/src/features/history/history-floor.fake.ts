import type { AuditLog, RecordingStore } from '@floorwatch/domain';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import type { z } from 'zod';
import { compose, type Floorwatch } from '../../compose.ts';
import { platformOf } from '../../simulated-platform.fake.ts';
import { systemClock } from '../../system-clock.ts';

/** A Tuesday afternoon in Europe, whenever this runs: a busy floor, with a day of 25 hours among the last 31. */
const STARTS_AT = Date.parse('2026-11-10T14:30:00.000Z');

const NEVER_MS = 3_600_000;
const PATIENT = { timeout: 20_000, interval: 50 };

export interface HistoryFloor {
  readonly simulator: RunningSimulator;
  readonly control: SimulatorControl;
  readonly floorwatch: Floorwatch;
  /** Ids of everybody, in the order of the board. */
  readonly ids: readonly string[];
  /** The platform's clock now, ms. */
  readonly now: () => number;
  /** What is answered, checked against its contract; fails for anything but 200. */
  readonly get: <Reply>(
    reply: z.ZodType<Reply>,
    path: string,
    query?: Readonly<Record<string, string>>,
  ) => Promise<Reply>;
  /** Status and body, whatever they are. */
  readonly ask: (path: string, query?: Readonly<Record<string, string>>) => Promise<{ status: number; body: unknown }>;
  readonly close: () => Promise<void>;
}

export interface HistoryFloorOptions {
  readonly agents?: number;
  /** 0 where it is left out: nothing happens but what a test makes happen. */
  readonly speed?: number;
  readonly store?: RecordingStore | null;
  readonly audit?: AuditLog | null;
}

/** A simulated floor and Floorwatch on top of it, without a screen. */
export const openHistoryFloor = async ({
  agents = 40,
  speed = 0,
  store = null,
  audit = null,
}: HistoryFloorOptions = {}): Promise<HistoryFloor> => {
  const aheadMs = STARTS_AT - systemClock.now();
  const realClock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const simulator = await startSimulator({ agents, speed, realClock, requestsPerMinute: 100_000 });
  const floorwatch = await compose({
    log: pino({ level: 'silent' }),
    release: 'test',
    sweepMs: NEVER_MS,
    registryRefreshMs: NEVER_MS,
    store,
    audit,
    organisation: { name: 'Test', isDemo: true },
    platform: platformOf(simulator),
  });
  floorwatch.feed.start();
  await vi.waitFor(() => {
    expect(floorwatch.feed.health()).toMatchObject({ state: 'live', agentsLive: agents });
    expect(floorwatch.feed.names().revision).toBeGreaterThan(0);
  }, PATIENT);
  const ask: HistoryFloor['ask'] = async (path, query = {}) => {
    const answer = await floorwatch.app.inject({ method: 'GET', url: path, query: { ...query } });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };
  return {
    simulator,
    control: new SimulatorControl(simulator.url),
    floorwatch,
    ids: [...floorwatch.board.rows()].map((row) => row.profile.id),
    now: () => Math.floor(simulator.world.virtualClock.now()),
    ask,
    get: async (reply, path, query) => {
      const { status, body } = await ask(path, query);
      expect({ status, ...(status !== 200 && { body }) }).toEqual({ status: 200 });
      return reply.parse(body);
    },
    close: async () => {
      await floorwatch.feed.stop();
      await floorwatch.app.close();
      await simulator.close();
    },
  };
};

/** The path of a contract with its agent. */
export const pathOf = (path: string, id: string): string => path.replace(':id', id);
