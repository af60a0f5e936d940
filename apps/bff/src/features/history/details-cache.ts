import type { AgentId, Clock, Interval } from '@floorwatch/domain';
import type { AgentDetails, GenesysCloud } from '@floorwatch/genesys';
import { ShortMemory } from './short-memory.ts';

export interface DetailsCacheOptions {
  readonly cloud: Pick<GenesysCloud, 'listUserDetails' | 'platformNow'>;
  readonly clock: Clock;
}

/** Agents whose history is remembered: a month of a busy one is some two megabytes. */
const AGENTS_REMEMBERED = 25;

/** Questions about the present are the same question for so long, ms. */
const PRESENT_MS = 60_000;

/**
 * The platform's history of one agent, asked at most once in 30 s for the same time. A question that reaches to the present
 * has another end each time; the answer of a moment ago serves it too.
 */
export class DetailsCache {
  readonly #options: DetailsCacheOptions;
  readonly #memory: ShortMemory<AgentDetails | null>;

  constructor(options: DetailsCacheOptions) {
    this.#options = options;
    this.#memory = new ShortMemory(options.clock, AGENTS_REMEMBERED);
  }

  /**
   * @returns null where the platform says nothing of the agent at all
   * @throws GenesysError
   */
  read(id: AgentId, { from, to }: Interval): Promise<AgentDetails | null> {
    const { cloud } = this.#options;
    const now = cloud.platformNow();
    const interval = to > now - PRESENT_MS ? { from, to: now } : { from, to };
    const end = to > now - PRESENT_MS ? 'now' : String(to);
    return this.#memory.recall(`${id} ${String(from)} ${end}`, async () => {
      const [details = null] = await cloud.listUserDetails([id], interval, { priority: 'interactive' });
      return details;
    });
  }
}
