import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStartCommand } from '../../.config/start-command.ts';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { makeDataDir, removeDataDir } from './data-dir.ts';
import { Program } from './program.ts';
import { currentWatch } from './secret-watch.ts';

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

const startWith = (env: Readonly<Record<string, string>>): Program => {
  const watch = currentWatch();
  for (const [name, value] of Object.entries(env))
    if (/SECRET|PASSWORD|TOKEN|DATABASE_URL/.test(name)) watch.add({ kind: name, value });
  const floorwatch = new Program({
    name: 'Floorwatch',
    file: 'apps/bff/src/main.ts',
    nodeOptions: readStartCommand().nodeOptions,
    env: { PORT: '0', SIGN_IN: 'off', ...env },
    beforeEnd: async () => watch.add({ kind: 'session key', value: sessionKeyOf(env) }),
  });
  watch.follow(floorwatch);
  return floorwatch;
};

/** The key that Floorwatch has made for itself; empty where it has not. */
const sessionKeyOf = ({ DATA_DIR = '' }: Readonly<Record<string, string>>): string => {
  try {
    return readFileSync(join(DATA_DIR, 'session.key'), 'utf8').trim();
  } catch {
    return '';
  }
};

/** Waits until Floorwatch listens. @returns its address, as it prints it for the person who started it */
export const addressOf = async (floorwatch: Program): Promise<string> => {
  const [, address] = await floorwatch.says(/^Floorwatch watches .*: (http:\/\/\S+)$/m);
  if (address === undefined) throw new Error('Floorwatch said it listens, but not where');
  return address;
};

/** Starts a simulated organisation on a free port unless told otherwise. */
export const startPlatform = (env: Readonly<Record<string, string>>): Program => {
  const watch = currentWatch();
  const platform: Program = new Program({
    name: 'The simulated organisation',
    file: 'packages/genesys-simulator/src/main.ts',
    env: { SIMULATOR_PORT: '0', ...env },
    beforeEnd: async () => {
      const [, url] = /^\{"event":"listening".*?"url":"([^"]+)"/m.exec(platform.output) ?? [];
      if (url !== undefined) for (const secret of await new SimulatorControl(url).secrets()) watch.add(secret);
    },
  });
  watch.follow(platform);
  return platform;
};
