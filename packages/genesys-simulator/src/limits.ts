/** The largest organisation the simulator is built for: what 20 channels of 1,000 topics can follow (API §8.2). */
export const MAX_AGENTS = 20_000;

/** Fastest the floor may run: an hour a second. What is late by a millisecond is then late by 3.6 s of the floor. */
export const MAX_SPEED = 3600;

/** Longest step over which a floor is advanced at once: a day, ms. */
export const MAX_STEP_MS = 24 * 3_600_000;
