import { makeDataDir, removeDataDir } from './data-dir.ts';
import { Program } from './program.ts';

/**
 * Starts Floorwatch (the BFF with the built web application) on a free port unless told otherwise. Without a `DATA_DIR`
 * it gets one of its own, which is gone when it ends: two cannot share one. Nobody signs in unless the settings say so.
 */
export const startFloorwatch = (env: Readonly<Record<string, string>>): Program => {
  if (env['DATA_DIR'] !== undefined) return startWith(env);
  const dataDir = makeDataDir();
  const floorwatch = startWith({ ...env, DATA_DIR: dataDir });
  void floorwatch.ended.then(() => {
    removeDataDir(dataDir);
  });
  return floorwatch;
};

const startWith = (env: Readonly<Record<string, string>>): Program =>
  new Program({ name: 'Floorwatch', file: 'apps/bff/src/main.ts', env: { PORT: '0', SIGN_IN: 'off', ...env } });

/** Waits until Floorwatch listens. @returns its address, as it prints it for the person who started it */
export const addressOf = async (floorwatch: Program): Promise<string> => {
  const [, address] = await floorwatch.says(/^Floorwatch watches .*: (http:\/\/\S+)$/m);
  if (address === undefined) throw new Error('Floorwatch said it listens, but not where');
  return address;
};

/** Starts a simulated organisation on a free port unless told otherwise. */
export const startPlatform = (env: Readonly<Record<string, string>>): Program =>
  new Program({
    name: 'The simulated organisation',
    file: 'packages/genesys-simulator/src/main.ts',
    env: { SIMULATOR_PORT: '0', ...env },
  });
