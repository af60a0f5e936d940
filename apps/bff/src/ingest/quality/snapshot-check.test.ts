import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PROBE_AFTER_MS, SnapshotCheck, SnapshotRejected, SnapshotsHeldBack, type Naming } from './snapshot-check.ts';

const WHOLE: Naming = { known: 100, named: 100 };
const TRUNCATED: Naming = { known: 100, named: 89 };

describe('SnapshotCheck', () => {
  let clock: FakeClock;
  let check: SnapshotCheck;
  let asked: number;

  const judge = (naming: Naming): Promise<void> =>
    check.judge(() => {
      asked += 1;
      return Promise.resolve(naming);
    });

  /** The breaker's library looks at `Date`, everything else at our clock: both move together. */
  const advance = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    vi.setSystemTime(clock.now());
  };

  const openBreaker = async (): Promise<void> => {
    for (let times = 0; times < 3; times += 1) await expect(judge(TRUNCATED)).rejects.toThrow(SnapshotRejected);
  };

  beforeEach(() => {
    clock = new FakeClock();
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
    check = new SnapshotCheck(clock);
    asked = 0;
    return () => vi.useRealTimers();
  });

  it('rejects an answer under nine tenths in words that name both numbers', async () => {
    await expect(judge(TRUNCATED)).rejects.toThrow('89 of 100');
    await expect(judge({ known: 100, named: 90 })).resolves.toBeUndefined();
    expect(check.status()).toMatchObject({ breaker: 'closed', rejections: 1, rejectionsInARow: 0 });
  });

  it('asks no more after three rejections in a row, and says when it will', async () => {
    await openBreaker();
    expect(check.status()).toMatchObject({ breaker: 'open', nextProbeAt: clock.now() + PROBE_AFTER_MS });
    await advance(20_000);
    await expect(judge(WHOLE)).rejects.toThrow(/asked again in 40 s/);
    await expect(judge(WHOLE)).rejects.toThrow(SnapshotsHeldBack);
    expect(asked).toBe(3);
  });

  it('starts to count anew after a good answer', async () => {
    await expect(judge(TRUNCATED)).rejects.toThrow(SnapshotRejected);
    await expect(judge(TRUNCATED)).rejects.toThrow(SnapshotRejected);
    await judge(WHOLE);
    await expect(judge(TRUNCATED)).rejects.toThrow(SnapshotRejected);
    expect(check.breaker).toBe('closed');
  });

  it('closes after a probe with a good answer', async () => {
    await openBreaker();
    await advance(PROBE_AFTER_MS);
    await judge(WHOLE);
    expect(check.status()).toMatchObject({ breaker: 'closed', nextProbeAt: null, rejectionsInARow: 0 });
  });

  it('stays open when the probe is rejected, or the platform cannot even be asked', async () => {
    await openBreaker();
    await advance(PROBE_AFTER_MS);
    await expect(judge(TRUNCATED)).rejects.toThrow(SnapshotRejected);
    expect(check.breaker).toBe('open');
    await advance(PROBE_AFTER_MS);
    await expect(check.judge(() => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(check.status()).toMatchObject({ breaker: 'open', nextProbeAt: clock.now() + PROBE_AFTER_MS });
  });

  it('is not opened by a platform that cannot be asked', async () => {
    for (let times = 0; times < 5; times += 1)
      await expect(check.judge(() => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(check.status()).toMatchObject({ breaker: 'closed', rejections: 0 });
  });
});
