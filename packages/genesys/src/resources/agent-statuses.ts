import type { AgentId, AgentObservation } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toStatusObservation } from '../mapping/agent-status.ts';
import type { PlatformClock } from '../platform-clock.ts';
import { agentStatus } from '../wire/agent-status.ts';

interface AgentStatusesDeps {
  readonly api: ApiClient;
  readonly platformClock: PlatformClock;
}

/** What the analytics service says of one agent, with open sessions (API §9.4): a second witness beside the users API. */
export class AgentStatuses {
  readonly #deps: AgentStatusesDeps;

  constructor(deps: AgentStatusesDeps) {
    this.#deps = deps;
  }

  /** @throws GenesysRejected where the client lacks the permission `analytics:agentState:view` */
  async get(id: AgentId, options: ReadOptions): Promise<AgentObservation> {
    const { api, platformClock } = this.#deps;
    const { body, sentAt } = await api.call({
      method: 'GET',
      path: '/api/v2/analytics/agents/{userId}/status',
      pathValues: { userId: id },
      answer: agentStatus,
      ...options,
    });
    return toStatusObservation(id, body, { sentAt, platformNow: platformClock.at(sentAt) });
  }
}
