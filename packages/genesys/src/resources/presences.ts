import type { AgentId, Presence, RoutingStatus } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
import { GenesysUnexpected } from '../http/genesys-error.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toPresenceDefinition, type PresenceDefinition } from '../mapping/presence-definition.ts';
import { toPresence } from '../mapping/presence.ts';
import { toRoutingStatus } from '../mapping/routing-status.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import { entityListing } from '../wire/entity-listing.ts';
import { organizationPresenceDefinition } from '../wire/organization-presence-definition.ts';
import { routingStatus } from '../wire/routing-status.ts';
import { userPresence } from '../wire/user-presence.ts';

interface PresencesDeps {
  readonly api: ApiClient;
  readonly platformClock: PlatformClock;
  readonly oddities: Oddities;
}

const PRESENCE_PATH = '/api/v2/users/{userId}/presences/purecloud';
const DEFINITIONS_PATH = '/api/v2/presence/definitions';

/** Presence definitions, and one user's presence and routing status (API §5.4, §5.5, §6). */
export class Presences {
  readonly #deps: PresencesDeps;

  constructor(deps: PresencesDeps) {
    this.#deps = deps;
  }

  /** All definitions, the deactivated ones too: a presence may outlive its definition. */
  async listDefinitions(options: ReadOptions): Promise<PresenceDefinition[]> {
    const [active, deactivated] = await Promise.all([
      this.#definitions(false, options),
      this.#definitions(true, options),
    ]);
    return [...new Map([...deactivated, ...active].map((definition) => [definition.id, definition])).values()];
  }

  async getPresence(id: AgentId, options: ReadOptions): Promise<Presence> {
    const call = { method: 'GET', path: PRESENCE_PATH, pathValues: { userId: id } } as const;
    const { body, sentAt } = await this.#deps.api.call({ ...call, answer: userPresence, ...options });
    const presence = toPresence(body, this.#deps.platformClock.at(sentAt));
    if (presence !== null) return presence;
    const message = `systemPresence "${body.presenceDefinition.systemPresence}" is not known`;
    const { method, path } = call;
    throw new GenesysUnexpected({ message, context: { method, path, correlationId: null } });
  }

  /** Mind that the platform answers OFF_QUEUE for users who do not exist (API §6). */
  async getRoutingStatus(id: AgentId, options: ReadOptions): Promise<RoutingStatus> {
    const { body, sentAt } = await this.#deps.api.call({
      method: 'GET',
      path: '/api/v2/users/{userId}/routingstatus',
      pathValues: { userId: id },
      answer: routingStatus,
      ...options,
    });
    return toRoutingStatus(body, this.#deps.platformClock.at(sentAt));
  }

  async #definitions(deactivated: boolean, options: ReadOptions): Promise<PresenceDefinition[]> {
    const { body } = await this.#deps.api.call({
      method: 'GET',
      path: DEFINITIONS_PATH,
      query: { deactivated, localeCode: 'ALL' },
      answer: entityListing,
      ...options,
    });
    return (body.entities ?? []).flatMap((raw) => {
      const parsed = organizationPresenceDefinition.safeParse(raw);
      const definition = parsed.success ? toPresenceDefinition(parsed.data) : null;
      if (definition === null) this.#deps.oddities.note(`${DEFINITIONS_PATH}: entity`);
      return definition ?? [];
    });
  }
}
