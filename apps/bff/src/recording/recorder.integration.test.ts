import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  agentId,
  idempotencyKey,
  WINDOW_LOOK_BACK_MS,
  WINDOW_MS,
  windowsOf,
  type RecordingStore,
} from '@floorwatch/domain';
import { FakeRecordingStore } from '@floorwatch/domain/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WatchedFloor, type FloorToWatch } from '../faults/watched-floor.fake.ts';
import { MortalStore } from './mortal-store.fake.ts';

/** Both sides live this many times as fast. */
const TIMES = 20;

describe('Recorder on a floor', { timeout: 90_000 }, () => {
  let store: FakeRecordingStore;
  let dataDir: string;
  let floor: WatchedFloor;

  const settings = (into: RecordingStore = store): FloorToWatch => ({
    agents: 40,
    times: TIMES,
    record: { store: into, recording: { jobs: null, dataDir, backfillHours: 2 } },
  });

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-recorder-'));
    store = new FakeRecordingStore();
    floor = await WatchedFloor.open(settings());
  });

  afterEach(async () => {
    await floor.close();
    await rm(dataDir, { recursive: true });
  });

  /** Identities of what truly happened since the floor opened. */
  const happened = async (): Promise<string[]> => {
    const { entries } = await floor.control.journal();
    return entries
      .flatMap((entry) => {
        if (entry.part === 'presence') return `${entry.userId}:presence:${entry.after.modifiedDate}`;
        return entry.part === 'routingStatus' ? `${entry.userId}:routing:${entry.after.startTime}` : [];
      })
      .toSorted();
  };

  const recorded = (since: string): string[] =>
    store.transitions
      .filter(({ fact, at }) => (fact.kind === 'presence' || fact.kind === 'routing') && at >= Date.parse(since))
      .map(idempotencyKey)
      .toSorted();

  const expectEverythingRecorded = async (since: string): Promise<void> => {
    await floor.eventually(async () => {
      await floor.recording.settle();
      expect(store.gaps.filter(({ state }) => state === 'open')).toEqual([]);
      expect(recorded(since)).toEqual(await happened());
    });
  };

  /** Makes the floor busy for some of its time. */
  const letWork = async (floorMs: number): Promise<void> => {
    await floor.control.setSpeed(1);
    await floor.control.setRate(10);
    const until = floor.clock.now() + floorMs;
    await floor.eventually(() => expect(floor.clock.now()).toBeGreaterThan(until));
    await floor.control.freeze();
  };

  const openedAt = async (): Promise<string> => (await floor.control.truth()).at;

  /** What is written as windows is what the pure function makes of what is recorded. */
  const expectWindowsRight = async (): Promise<void> => {
    const agentIds = [...floor.board.rows()].map(({ profile }) => profile.id);
    const windows = await store.readWindows({ agentIds, from: 0, to: Infinity });
    expect(windows.length).toBeGreaterThan(0);
    for (const window of windows) {
      const range = { from: window.from, to: window.from + WINDOW_MS };
      const question = { agentIds: [window.agentId], from: range.from - WINDOW_LOOK_BACK_MS, to: range.to };
      const transitions = (await store.readTransitions(question)).get(window.agentId) ?? [];
      const past = { transitions, gaps: await store.readGaps(question) };
      expect([window]).toEqual(windowsOf(window.agentId, past, range));
    }
  };

  it('records every change once, as it happened', async () => {
    const since = await openedAt();
    await letWork(60_000);
    await expectEverythingRecorded(since);
    expect(floor.recording.status()).toMatchObject({ waiting: 0, storeDown: null, gaps: { openGaps: 0 } });
  });

  it('learns from the platform what happened before it was there, and what it could not hear', async () => {
    const since = await openedAt();
    await floor.control.switchOn('events-dropped-during-gap', { gapMs: 20_000, everyMs: 40_000, dropShare: 0 });
    await letWork(100_000);
    await floor.control.switchAllOff();
    await floor.isLive();
    await expectEverythingRecorded(since);
    expect(store.gaps.some(({ reason, state }) => reason === 'events-lost' && state === 'filled')).toBe(true);
    expect(store.transitions.some(({ source, at }) => source === 'analytics' && at < Date.parse(since))).toBe(true);
    await expectWindowsRight();
  });

  it('keeps what happens while the store is away, on disk when it takes long, and writes it when it is back', async () => {
    const since = await openedAt();
    await floor.recording.settle();
    store.outage = new Error('no database');
    await letWork(60_000);
    expect(floor.recording.status()).toMatchObject({ storeDown: { reason: 'no database' } });
    expect(floor.recording.status().spilled.entries).toBeGreaterThan(0);
    expect(recorded(since)).toEqual([]);
    store.outage = null;
    await expectEverythingRecorded(since);
    expect(floor.recording.status()).toMatchObject({ waiting: 0, storeDown: null, spilled: { entries: 0 } });
  });

  it('misses nothing of a time in which it did not run', async () => {
    const since = await openedAt();
    await letWork(60_000);
    await floor.stopWatching();
    await letWork(60_000);
    await floor.watchAgain();
    await letWork(60_000);
    await expectEverythingRecorded(since);
    expect(store.gaps.some(({ reason, state }) => reason === 'not-recording' && state === 'filled')).toBe(true);
    await expectWindowsRight();
  });

  it('misses nothing when it is killed with what it had in its hands', async () => {
    const since = await openedAt();
    await letWork(30_000);
    await floor.stopWatching();
    for (const callsBeforeDeath of [0, 2, 3, 5]) {
      const mortal = new MortalStore(store);
      await floor.watchAgain(settings(mortal.store));
      await letWork(15_000);
      mortal.dieAfter(callsBeforeDeath);
      await letWork(15_000);
      await mortal.death;
      await floor.stopWatching({ recorderToo: false });
    }
    await floor.watchAgain();
    await expectEverythingRecorded(since);
    await expectWindowsRight();
  });

  it('opens no gap for those of whom nothing was missed', async () => {
    await floor.recording.settle();
    const { length } = store.gaps;
    await floor.stopWatching();
    const changed = await floor.someone();
    await floor.push(changed, { presence: { systemPresence: 'Meal' } });
    await floor.watchAgain();
    await floor.recording.settle();
    expect(store.gaps.slice(length).map((gap) => gap.agentId)).toEqual([agentId(changed)]);
  });
});
