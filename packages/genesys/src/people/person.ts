import { divisionId, type Clock, type DivisionId, type DivisionScope } from '@floorwatch/domain';
import { z } from 'zod';
import type { GenesysLog } from '../genesys-log.ts';
import type { ApiClient } from '../http/api-client.ts';
import { GenesysGrantRefused } from '../http/genesys-error.ts';
import { RateBudget } from '../http/rate-budget.ts';
import { RequestGate } from '../http/request-gate.ts';
import type { TokenEndpoint, TokenGrant } from '../http/token-endpoint.ts';
import { TokenSource } from '../http/token-source.ts';
import { ASKED_PERMISSIONS, isGranted, rightsOf, type PersonRights } from '../mapping/rights.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import type { PresenceHand } from '../presence-hand.ts';
import { PresenceWrites } from '../resources/presence-writes.ts';
import { authzSubject, divsPermittedListing, userMe } from '../wire/authz-subject.ts';

/** Calls of one person in flight at once: the rights take a handful, and nobody shall crowd out the others. */
const MAX_IN_FLIGHT = 4;

const PAGE_SIZE = 100;

/** Somebody waits, be it a person or the next frame of a wall. */
const READ = { priority: 'interactive' } as const;

export interface PersonDeps {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly log: GenesysLog;
  readonly platformClock: PlatformClock;
  readonly oddities: Oddities;
  readonly endpoint: TokenEndpoint;
}

export interface PersonOptions {
  readonly grant: TokenGrant;
  /** Keeps the next tokens: the platform honours a refresh token once. It must not fail. */
  readonly keep: (grant: TokenGrant) => Promise<void>;
  /** The tokens as they are kept; another process of ours may have renewed them. */
  readonly reload: () => Promise<TokenGrant | null>;
}

export interface PersonProfile {
  readonly userId: string;
  readonly name: string;
}

/**
 * Somebody who has signed in, with a token and a request budget of their own. Calls throw `GenesysError`s:
 * `GenesysGrantRefused` and `GenesysUnauthorized` mean that the person has to sign in again.
 */
export class Person {
  /** Changes presences with this person's own token. */
  readonly hand: PresenceHand;
  readonly #api: ApiClient;

  constructor(
    { api, clock, log, platformClock, oddities, endpoint }: PersonDeps,
    { grant, keep, reload }: PersonOptions,
  ) {
    const renew = async (held: TokenGrant | null): Promise<TokenGrant> => {
      try {
        const next = await refresh(endpoint, held);
        await keep(next);
        return next;
      } catch (error) {
        if (!(error instanceof GenesysGrantRefused)) throw error;
        const kept = await reload();
        if (kept === null || kept.refresh?.reveal() === held?.refresh?.reveal()) throw error;
        return kept;
      }
    };
    const tokens = new TokenSource({ request: renew, held: grant, clock, log });
    const budget = new RateBudget(clock);
    this.#api = api.as({ tokens, budget, gate: new RequestGate({ clock, budget, maxInFlight: MAX_IN_FLIGHT }) });
    this.hand = new PresenceWrites({ api: this.#api, budget, platformClock, oddities });
  }

  /** `GET /api/v2/users/me` */
  async readProfile(): Promise<PersonProfile> {
    const { body } = await this.#api.call({ ...READ, method: 'GET', path: '/api/v2/users/me', answer: userMe });
    return { userId: body.id, name: body.name };
  }

  /** What this person may do, and where: the permissions of the roles, each in the divisions the platform names for it. */
  async readRights(): Promise<PersonRights> {
    const path = '/api/v2/authorization/subjects/me';
    const { body } = await this.#api.call({ ...READ, method: 'GET', path, answer: authzSubject });
    const held = ASKED_PERMISSIONS.filter((permission) => isGranted(body.grants ?? [], permission));
    const divisionNames = new Map<DivisionId, string>();
    const permitted = await Promise.all(
      held.map(async (permission) => [permission, await this.#divisionsOf(permission, divisionNames)] as const),
    );
    return { rights: rightsOf(new Map(permitted)), divisionNames };
  }

  /** Kills the token at the platform (API §2.6); the refresh token dies with it (API §2.3). */
  async revoke(): Promise<void> {
    await this.#api.call({ ...READ, method: 'DELETE', path: '/api/v2/tokens/me', answer: z.unknown() });
  }

  /** `GET /api/v2/authorization/divisionspermitted/paged/me`, every page; names are noted on the way. */
  async #divisionsOf(permission: string, names: Map<DivisionId, string>): Promise<DivisionScope> {
    const divisions = new Set<DivisionId>();
    for (let pageNumber = 1; ; pageNumber += 1) {
      const { body } = await this.#api.call({
        ...READ,
        method: 'GET',
        path: '/api/v2/authorization/divisionspermitted/paged/me',
        query: { permission, pageNumber, pageSize: PAGE_SIZE },
        answer: divsPermittedListing,
      });
      if (body.allDivsPermitted === true) return 'all';
      for (const { id, name } of body.entities ?? []) {
        divisions.add(divisionId(id));
        if (typeof name === 'string') names.set(divisionId(id), name);
      }
      if (pageNumber >= (body.pageCount ?? 1)) return divisions;
    }
  }
}

const refresh = async (endpoint: TokenEndpoint, held: TokenGrant | null): Promise<TokenGrant> => {
  const token = held?.refresh ?? null;
  if (token === null)
    throw new GenesysGrantRefused({
      message: 'the platform gave no means to renew this token',
      context: { method: 'POST', path: '/oauth/token', correlationId: null },
    });
  const next = await endpoint.request({ grant_type: 'refresh_token', refresh_token: token.reveal() });
  return { ...next, refresh: next.refresh ?? token };
};
