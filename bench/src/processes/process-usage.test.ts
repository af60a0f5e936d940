import { describe, expect, it } from 'vitest';
import { cpuMsFrom, memoryBytesFrom } from './process-usage.ts';

describe('process usage', () => {
  it('adds user and system time, also when the name of the program holds spaces and brackets', () => {
    const stat = `4711 (a (strange) name) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 11 0 900 100 200`;
    expect(cpuMsFrom(stat)).toBe(3000);
  });

  it('reads the resident memory', () => {
    expect(memoryBytesFrom('VmPeak:\t  900 kB\nVmRSS:\t  2048 kB\nThreads:\t11\n')).toBe(2 * 1024 * 1024);
  });
});
