import { getFloorHealth, listAgents } from '@floorwatch/contracts';
import { agentId } from '@floorwatch/domain';
import { afterEach, expect, it, vi } from 'vitest';
import { differencesOf, factsOfRows, factsOfTruth } from '../chaos/facts.ts';
import { stopEverything } from '../processes/teardown.ts';
import { makePlace } from '../store/store-place.ts';
import { judgeRecording } from './judge-recording.ts';
import { OracleFloor } from './oracle-floor.ts';
import { OracleLife } from './oracle-life.ts';
import { watch, type Watched } from './watched.ts';

const MINUTE_MS = 60_000;
const STARTS_AT = Date.parse('2026-03-31T21:40:00.000Z');

/** A deadline, not a wait: the store asks the server again every few seconds. */
const PATIENT = { timeout: 60_000, interval: 50 };

afterEach(stopEverything);

const recordingOf = async ({ floorwatch }: Watched) =>
  getFloorHealth.reply.parse((await floorwatch.app.inject(getFloorHealth.path)).json()).recording;

it(
  'a database that is away for ten minutes over midnight: the wall goes on, health says so, and everything is recorded afterwards',
  { timeout: 180_000 },
  async () => {
    const place = await makePlace('postgres');
    const floor = await OracleFloor.open({ agents: 30, seed: 'outage', startsAt: STARTS_AT, stepMs: 2000 });
    const store = await place.open();
    const watched = await watch(floor, store, place.dataDir);
    const life = new OracleLife({ floor, watched, troubles: [], progress: () => undefined });
    await life.goOn(15 * MINUTE_MS);
    expect(await recordingOf(watched)).toMatchObject({ store: 'up', spilled: 0 });

    await place.server?.stop();
    const before = floor.truth.lastSeq;
    await life.goOn(10 * MINUTE_MS);
    await floor.readJournal();
    expect(floor.truth.lastSeq - before).toBeGreaterThan(100);
    const { agents } = await floor.control.truth();
    expect(differencesOf(factsOfTruth(agents), factsOfRows(watched.floorwatch.board.rows()))).toEqual([]);
    expect(watched.floorwatch.feed.health()).toMatchObject({ state: 'live' });
    expect((await watched.floorwatch.app.inject(listAgents.path)).statusCode).toBe(200);
    const away = await recordingOf(watched);
    expect(away).toMatchObject({ store: 'down' });
    expect(away?.down?.reason).toContain('PostgreSQL');
    expect((away?.waiting ?? 0) + (away?.spilled ?? 0)).toBeGreaterThan(100);
    expect((await watched.floorwatch.app.inject('/healthz')).json()).toMatchObject({ recording: 'down' });

    await place.server?.start();
    await vi.waitFor(async () => {
      await life.goOn(4000);
      expect(await recordingOf(watched)).toMatchObject({ store: 'up', waiting: 0, spilled: 0 });
    }, PATIENT);
    const range = await life.live(20 * MINUTE_MS);
    const { truth, stepMs } = floor;
    const verdict = await judgeRecording({ store: store.recording, truth, range, blurred: life.blurred, stepMs });
    expect(verdict.problems).toEqual([]);
    const gaps = await store.recording.readGaps({ agentIds: truth.agentIds.map(agentId), ...range });
    expect(gaps.filter(({ from }) => from >= STARTS_AT)).toEqual([]); // nothing had to be asked for again
    await watched.stop();
    await store.close();
    await floor.close();
  },
);
