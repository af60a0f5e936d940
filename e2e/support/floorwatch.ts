import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from './program.ts';

/** What the Floorwatches of the stories keep is thrown away with the machine's other temporary files. */
const DATA_DIR = join(tmpdir(), 'floorwatch-stories');

/** Starts Floorwatch (the BFF with the built web application) on a free port unless told otherwise. */
export const startFloorwatch = (env: Readonly<Record<string, string>>): Program =>
  new Program({ name: 'Floorwatch', file: 'apps/bff/src/main.ts', env: { PORT: '0', DATA_DIR, ...env } });

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
