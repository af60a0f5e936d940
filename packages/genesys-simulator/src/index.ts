export { startSimulator, type RunningSimulator, type SimulatorOptions } from './simulator.ts';
export { DEMO_CLIENT, DEMO_SIGN_IN_CLIENT } from './oauth/oauth-client.ts';
export type { RealClock } from './time/system-clock.ts';
