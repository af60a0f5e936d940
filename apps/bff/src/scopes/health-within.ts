import type { UpstreamHealth } from '@floorwatch/contracts';
import { covers, scopeKey, type AgentId, type Board, type Clock, type DivisionScope } from '@floorwatch/domain';

/** How old a count of one scope may be, ms: frames go out ten times a second, and each tells it. */
const COUNT_LIVES_MS = 1000;

/** Scopes whose counts are kept; the oldest goes first. */
const SCOPES_KEPT = 100;

export interface HealthWithinOptions {
  readonly board: Board;
  readonly clock: Clock;
  readonly whole: () => UpstreamHealth;
  /** Agents whose events arrive. */
  readonly liveAgents: () => readonly AgentId[];
}

type Counts = Pick<UpstreamHealth, 'agentsLive' | 'agentsTotal'>;

/**
 * How the BFF stands with the platform, told to those who may see a part of the floor: agents are counted in that part, and
 * the reason is told in words that name nobody, because the platform's own may.
 */
export class HealthWithin {
  readonly #options: HealthWithinOptions;
  readonly #counts = new Map<string, Counts & { readonly at: number; readonly state: UpstreamHealth['state'] }>();

  constructor(options: HealthWithinOptions) {
    this.#options = options;
  }

  of(seen: DivisionScope): UpstreamHealth {
    const whole = this.#options.whole();
    if (seen === 'all') return whole;
    const { agentsLive, agentsTotal } = this.#countsOf(seen, whole.state);
    return { ...whole, message: wordsWithin(whole), agentsLive, agentsTotal };
  }

  #countsOf(seen: DivisionScope, state: UpstreamHealth['state']): Counts {
    const now = this.#options.clock.now();
    const key = scopeKey(seen);
    const known = this.#counts.get(key);
    if (known !== undefined && known.state === state && now - known.at < COUNT_LIVES_MS) return known;
    const counts = { ...this.#count(seen, state), at: now, state };
    this.#counts.delete(key);
    this.#counts.set(key, counts);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > SCOPES_KEPT && oldest !== undefined) this.#counts.delete(oldest);
    return counts;
  }

  #count(seen: DivisionScope, state: UpstreamHealth['state']): Counts {
    const { board, liveAgents } = this.#options;
    const rows = [...board.rows()].filter(({ profile }) => covers(seen, profile.divisionId));
    const agentsTotal = rows.length;
    if (state === 'live') return { agentsLive: agentsTotal, agentsTotal };
    if (state === 'starting') return { agentsLive: rows.filter(({ since }) => since !== null).length, agentsTotal };
    const live = new Set(liveAgents());
    return { agentsLive: rows.filter(({ profile }) => live.has(profile.id)).length, agentsTotal };
  }
}

/** What is broken, without numbers and names of others; null where nothing is. */
const wordsWithin = ({ hop, message }: UpstreamHealth): string | null => {
  if (message === null) return null;
  switch (hop) {
    case 'sign-in':
      return 'Floorwatch cannot sign in to Genesys Cloud and keeps trying';
    case 'api':
      return 'Genesys Cloud does not answer as it should; Floorwatch keeps asking';
    case 'push':
    case null:
      return 'Events of some agents do not arrive; these agents are re-read instead';
  }
};
