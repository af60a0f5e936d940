import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { REPERTOIRE } from './repertoire.ts';
import { PHASE_MS, type Phase } from './schedule.ts';
import type { Gap } from './stream-verdict.ts';

interface Moment {
  readonly atMs: number;
  readonly happen: () => Promise<unknown>;
}

/** What browsers do in a phase, besides listening. */
export interface Restlessness {
  /** Called in the first and in the last quarter of the phase. */
  readonly turnAway: () => void;
  readonly turnBack: () => void;
}

/**
 * Lives through a phase: the floor moves, faults come and go as scheduled.
 * @returns the stretch of platform time in which events could be lost; null in a calm phase
 */
export const playPhase = async (
  simulator: SimulatorControl,
  phase: Phase,
  restless: Restlessness,
): Promise<Omit<Gap, 'to'> | null> => {
  let gapFrom: number | null = null;
  const noteGap = async (): Promise<void> => {
    gapFrom ??= Date.parse((await simulator.state()).virtualNow);
  };
  await simulator.setSpeed(1);
  await simulator.setRate(phase.eventsPerSecond);
  const moments: Moment[] = [
    { atMs: PHASE_MS / 4, happen: async () => restless.turnAway() },
    { atMs: (PHASE_MS * 3) / 4, happen: async () => restless.turnBack() },
    { atMs: PHASE_MS, happen: async () => undefined },
  ];
  for (const { name, wish, fromMs, untilMs } of phase.strikes) {
    const strike = async (): Promise<void> => {
      if (REPERTOIRE[name].losesEvents) await noteGap();
      await simulator.switchOn(name, wish);
    };
    moments.push({ atMs: fromMs, happen: strike }, { atMs: untilMs, happen: () => relieve(simulator, name) });
  }
  const startedAt = performance.now();
  for (const { atMs, happen } of moments.toSorted((a, b) => a.atMs - b.atMs)) {
    await sleep(Math.max(0, startedAt + atMs - performance.now()));
    await happen();
  }
  await simulator.setRate(null);
  return gapFrom === null ? null : { from: gapFrom };
};

/** A topic that was refused stays refused until its channel is subscribed anew, so the channels have to go. */
const relieve = async (simulator: SimulatorControl, name: Phase['strikes'][number]['name']): Promise<void> => {
  await simulator.switchOff(name);
  if (name === 'topic-forbidden') await simulator.switchOn('channel-evicted');
};
