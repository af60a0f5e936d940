import { Sweep } from './ingest/sweep.ts';

/** Loaded before the BFF's main: a fault of our own in the ingest, of the kind that nothing foresees. */
Sweep.prototype.run = async () => {
  throw new TypeError('the sweep is broken');
};
