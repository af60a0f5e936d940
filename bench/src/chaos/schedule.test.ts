import { FAULT_NAMES } from '@floorwatch/genesys-simulator/client';
import { expect, test } from 'vitest';
import { HARMLESS_ACTS } from './repertoire.ts';
import { describePhase, drawSchedule, PHASE_MS } from './schedule.ts';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);

test('a seed gives the same schedule every time, and another seed another one', () => {
  expect(drawSchedule(7, 1)).toEqual(drawSchedule(7, 1));
  expect(drawSchedule(7, 1)).not.toEqual(drawSchedule(8, 1));
});

test('a hundred short seeds have every fault among them', () => {
  const names = seeds.flatMap((seed) =>
    drawSchedule(seed, 0.3).flatMap(({ strikes }) => strikes.map(({ name }) => name)),
  );
  expect(new Set(names)).toEqual(new Set(FAULT_NAMES));
});

test('every second phase loses no event, and every fault ends within its phase', () => {
  for (const phase of seeds.flatMap((seed) => drawSchedule(seed, 1))) {
    expect(phase.isCalm).toBe(phase.index % 2 === 0);
    for (const { name, fromMs, untilMs } of phase.strikes) {
      expect(fromMs).toBeLessThan(untilMs);
      expect(untilMs).toBeLessThanOrEqual(PHASE_MS);
      if (phase.isCalm) expect(HARMLESS_ACTS).toContain(name);
    }
  }
});

test('a schedule reads as lines', () => {
  const [phase] = drawSchedule(1, 0.1);
  expect(phase === undefined ? [] : describePhase(phase)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^phase 1, calm, \d+ changes\/s$/)]),
  );
});
