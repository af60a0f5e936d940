import type { AgentId, Presence, RoutingStatus, WantedPresence } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
import type { RateBudget } from '../http/rate-budget.ts';
import { GenesysUnexpected } from '../http/genesys-error.ts';
import { toPresence } from '../mapping/presence.ts';
import { toRoutingStatus } from '../mapping/routing-status.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import type { HandBudget, PresenceHand, Written } from '../presence-hand.ts';
import { routingStatus } from '../wire/routing-status.ts';
import { userPresence } from '../wire/user-presence.ts';
import { Presences } from './presences.ts';

interface PresenceWritesDeps {
  /** With the token of whoever writes. */
  readonly api: ApiClient;
  readonly budget: RateBudget;
  readonly platformClock: PlatformClock;
  readonly oddities: Oddities;
}

/** Somebody waits, and what got no answer is not simply done again. */
const ONCE = { priority: 'interactive', attempts: 1 } as const;

const PRESENCE_PATH = '/api/v2/users/{userId}/presences/purecloud';
const ROUTING_PATH = '/api/v2/users/{userId}/routingstatus';

/** Writes of presence and routing status (API §5.6, §6). */
export class PresenceWrites implements PresenceHand {
  readonly #deps: PresenceWritesDeps;
  readonly #reads: Presences;

  constructor(deps: PresenceWritesDeps) {
    this.#deps = deps;
    this.#reads = new Presences(deps);
  }

  getPresence(id: AgentId): Promise<Presence> {
    return this.#reads.getPresence(id, { priority: 'interactive' });
  }

  getRoutingStatus(id: AgentId): Promise<RoutingStatus> {
    return this.#reads.getRoutingStatus(id, { priority: 'interactive' });
  }

  async setPresence(id: AgentId, { definitionId, message }: WantedPresence): Promise<Written<Presence>> {
    const { api, platformClock } = this.#deps;
    const { body, sentAt, correlationId } = await api.call({
      ...ONCE,
      method: 'PATCH',
      path: PRESENCE_PATH,
      pathValues: { userId: id },
      body: { presenceDefinition: { id: definitionId }, message: message ?? '' },
      answer: userPresence,
    });
    const fact = toPresence(body, platformClock.at(sentAt));
    if (fact !== null) return { fact, correlationId };
    throw new GenesysUnexpected({
      message: 'the answer to a write tells of a presence that is not known',
      context: { method: 'PATCH', path: PRESENCE_PATH, correlationId },
    });
  }

  async resetNotResponding(id: AgentId): Promise<Written<RoutingStatus>> {
    const { api, platformClock } = this.#deps;
    const { body, sentAt, correlationId } = await api.call({
      ...ONCE,
      method: 'PUT',
      path: ROUTING_PATH,
      pathValues: { userId: id },
      body: { userId: id, status: 'IDLE' },
      answer: routingStatus,
    });
    return { fact: toRoutingStatus(body, platformClock.at(sentAt)), correlationId };
  }

  budget(): HandBudget {
    return this.#deps.budget.status();
  }
}
