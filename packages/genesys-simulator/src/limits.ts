/** The largest organisation the simulator is built for: what 20 channels of 1,000 topics can follow (API §8.2). */
export const MAX_AGENTS = 20_000;

/** Fastest the floor may run: 60 virtual seconds a second. */
export const MAX_SPEED = 60;
