import { makeDataDir, useAsTemplate } from './data-dir.ts';
import { addressOf, startFloorwatch } from './floorwatch.ts';

/** Nobody is there: Floorwatch sets up its database, listens, and has nothing to keep. */
const NOBODY = {
  GENESYS_CLOUD_REGION: 'http://127.0.0.1:9',
  GENESYS_CLOUD_CLIENT_ID: 'nobody',
  GENESYS_CLOUD_CLIENT_SECRET: 'nothing',
  RECORDING: 'off',
};

/**
 * Has a Floorwatch set up its database once, before the first story. Doing so takes seconds of a processor, and would be
 * most of what a short story waits for. Stories about starting begin with nothing all the same.
 */
export default async (): Promise<void> => {
  const dataDir = makeDataDir();
  const floorwatch = startFloorwatch({ ...NOBODY, DATA_DIR: dataDir });
  await addressOf(floorwatch);
  const { code } = await floorwatch.stop();
  if (code !== 0) throw new Error(`The database was not set up. Floorwatch said:\n${floorwatch.output}`);
  useAsTemplate(dataDir);
};
