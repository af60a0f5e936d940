/** A list with fewer than this share of the known agents is taken for a truncated one, not for a mass departure. */
export const LEAST_SHARE_OF_KNOWN = 0.9;

/**
 * Whether a complete-looking list of agents can be believed.
 * @param known how many agents were known before; 0 believes anything
 * @param named how many of those the list names
 */
export const isCredibleSnapshot = (known: number, named: number): boolean =>
  known === 0 || named >= known * LEAST_SHARE_OF_KNOWN;
