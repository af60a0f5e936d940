import { SpillFile } from './recording/spill-file.ts';

/** Loaded before the BFF's main: a fault of our own in recording, of the kind that nothing foresees. */
SpillFile.prototype.open = async () => {
  throw new TypeError('recording is broken');
};
