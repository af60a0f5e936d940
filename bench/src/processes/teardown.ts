type Stop = () => Promise<unknown>;

/** Everything that runs because of the bench and must end with it, whatever happens. */
const running = new Set<Stop>();

/**
 * Remembers how something is ended, in case the bench is interrupted.
 * @returns ends it now, once
 */
export const untilStopped = (stop: Stop): (() => Promise<void>) => {
  running.add(stop);
  return async () => {
    if (running.delete(stop)) await stop();
  };
};

/** Ends what still runs, the latest first. */
export const stopEverything = async (): Promise<void> => {
  for (const stop of [...running].toReversed()) {
    running.delete(stop);
    await stop().catch(() => null);
  }
};
