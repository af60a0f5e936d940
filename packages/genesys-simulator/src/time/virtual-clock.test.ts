import { FakeClock } from '@floorwatch/domain/testing';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('virtual clock', () => {
  it('starts at the real time and keeps to it at speed 1', async () => {
    const real = new FakeClock();
    const clock = new VirtualClock(real, 1);
    await real.advance(5000);
    expect(clock.now()).toBe(real.now());
  });

  it('starts at another instant when told so', async () => {
    const real = new FakeClock();
    const startsAt = Date.parse('2026-10-24T22:00:00.000Z');
    const clock = new VirtualClock(real, 60, startsAt);
    await real.advance(1000);
    expect(clock.now()).toBe(startsAt + 60_000);
  });

  it('does not jump when its speed changes, and stands still at speed 0', async () => {
    const real = new FakeClock();
    const start = real.now();
    const clock = new VirtualClock(real, 60);
    await real.advance(1000);
    clock.setSpeed(0);
    expect(clock.now()).toBe(start + 60_000);
    await real.advance(10_000);
    expect(clock.now()).toBe(start + 60_000);
    clock.setSpeed(2);
    await real.advance(1000);
    expect(clock.now()).toBe(start + 62_000);
  });
});
