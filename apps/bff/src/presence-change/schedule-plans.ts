import type { AgentId, PlannedNow } from '@floorwatch/domain';
import { GenesysError, GenesysNotPermitted, MAX_ADHERENCES_PER_CALL, type GenesysCloud } from '@floorwatch/genesys';

/** What is planned, or a sentence that says why nobody can tell. */
export type Plan = PlannedNow | string;

const NOT_PLANNED = 'The schedule does not tell of this agent: nobody plans this agent in workforce management.';
const NOT_PERMITTED =
  'The schedule cannot be read: the role of Floorwatch’s OAuth client lacks wfm:realtimeAdherence:view.';
const NOT_REACHED = 'The schedule cannot be read right now: Genesys Cloud does not answer.';

/** What agents are meant to do now; asked for anew each time, for it is what a change is judged by. */
export class SchedulePlans {
  readonly #cloud: Pick<GenesysCloud, 'getAdherence'>;

  constructor(cloud: Pick<GenesysCloud, 'getAdherence'>) {
    this.#cloud = cloud;
  }

  /** Never rejects: that the schedule cannot be read is an answer too. */
  async of(ids: readonly AgentId[]): Promise<(id: AgentId) => Plan> {
    const plans = new Map<AgentId, Plan>();
    for (let from = 0; from < ids.length; from += MAX_ADHERENCES_PER_CALL)
      for (const [id, plan] of await this.#read(ids.slice(from, from + MAX_ADHERENCES_PER_CALL))) plans.set(id, plan);
    return (id) => plans.get(id) ?? NOT_PLANNED;
  }

  async #read(ids: readonly AgentId[]): Promise<ReadonlyMap<AgentId, Plan>> {
    try {
      return await this.#cloud.getAdherence(ids, { priority: 'interactive' });
    } catch (error) {
      if (!(error instanceof GenesysError)) throw error;
      const why = error instanceof GenesysNotPermitted ? NOT_PERMITTED : NOT_REACHED;
      return new Map(ids.map((id) => [id, why]));
    }
  }
}
