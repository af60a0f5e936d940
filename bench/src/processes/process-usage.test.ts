import { describe, expect, it } from 'vitest';
import { cpuMsFrom, endedCpuMsFrom, memoryBytesFrom, parentOf } from './process-usage.ts';

describe('process usage', () => {
  it('adds user and system time, of ended children too, and knows the parent, also when a name holds spaces and brackets', () => {
    const stat = '4711 (a (strange) name) S 42 2 3 4 5 6 7 8 9 10 250 50 70 1 20 0 11 0 900 100 200';
    expect([cpuMsFrom(stat), endedCpuMsFrom(stat), parentOf(stat)]).toEqual([3000, 710, 42]);
  });

  it('reads the resident memory', () => {
    expect(memoryBytesFrom('VmPeak:\t  900 kB\nVmRSS:\t  2048 kB\nThreads:\t11\n')).toBe(2 * 1024 * 1024);
  });
});
