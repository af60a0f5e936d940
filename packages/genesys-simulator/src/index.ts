export { startSimulator, type RunningSimulator, type SimulatorOptions } from './simulator.ts';
export { DEMO_CLIENT } from './server/tokens.ts';
export type { RealClock } from './time/system-clock.ts';
