import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@floorwatch/store';
import { putEmptyDatabase } from '@floorwatch/store/testing';
import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import { WatchedFloor } from '../faults/watched-floor.fake.ts';
import { systemClock } from '../system-clock.ts';

/** A deadline, not a wait: a job is looked for every few seconds of the real time. */
const PATIENT = { timeout: 40_000, interval: 100 };

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

it('gaps are filled by a job of the embedded store, and the floor health tells of it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-jobs-'));
  stops.push(() => rm(dataDir, { recursive: true }));
  await putEmptyDatabase(dataDir);
  const log = pino({ level: 'silent' });
  const store = await openStore({ databaseUrl: null, dataDir, clock: systemClock, log });
  stops.push(() => store.close());
  const recording = { jobs: store.jobs, dataDir, backfillHours: 2 };
  const floor = await WatchedFloor.open({ agents: 20, record: { store: store.recording, recording } });
  stops.push(() => floor.close());
  await vi.waitFor(async () => {
    const health = (await floor.app.inject('/api/floor-health')).json<{ recording: unknown }>();
    expect(health.recording).toMatchObject({ store: 'up', waiting: 0, spilled: 0, gaps: { open: 0, problem: null } });
    expect(floor.recording.status().gaps.filled).toBeGreaterThan(0);
  }, PATIENT);
  const agentIds = [...floor.board.rows()].map(({ profile }) => profile.id);
  const now = floor.clock.now();
  const past = await store.recording.readTransitions({ agentIds, from: now - 7_200_000, to: now });
  expect([...past.values()].flat().some(({ source }) => source === 'analytics')).toBe(true);
  expect((await floor.app.inject('/healthz')).json()).toMatchObject({ recording: 'up' });
  expect((await floor.app.inject('/metrics')).body).toMatch(/^floorwatch_recording_store_up 1$/m);
}, 90_000);
