import {
  apiKeyStateAt,
  commonScope,
  isWithin,
  scopeOf,
  type ApiKey,
  type ApiKeyScope,
  type ApiKeyStore,
  type AuditValues,
  type Clock,
  type DivisionScope,
  type Viewer,
} from '@floorwatch/domain';
import { actorOf } from '../audit/actor.ts';
import type { AuditTrail, Deed } from '../audit/audit-trail.ts';
import { ApiError } from '../plugins/api-error.ts';
import { hashOfSecret, makeKeyText } from './key-text.ts';

/** Keys that may be used at one time. More is a mistake of a program that makes keys. */
const MAX_ACTIVE = 200;

const DAY_MS = 86_400_000;

export interface KeyOfficeOptions {
  readonly store: ApiKeyStore | null;
  readonly trail: AuditTrail;
  readonly clock: Clock;
}

export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly divisions: DivisionScope;
  /** Null for one that does not expire. */
  readonly expiresInDays: number | null;
}

/** Who asks for it, and the correlation id of the request. */
export interface KeyAsker {
  readonly viewer: Viewer;
  readonly correlationId: string;
}

/** Where keys are made and revoked; both stand in the audit before they are done. */
export class KeyOffice {
  readonly #options: KeyOfficeOptions;

  constructor(options: KeyOfficeOptions) {
    this.#options = options;
  }

  /** Where somebody may give out these: nobody gives away more than is theirs to see. Null for nowhere. */
  static grantable(viewer: Viewer, scopes: readonly ApiKeyScope[]): DivisionScope | null {
    const managed = scopeOf(viewer, 'manage');
    return scopes.some((scope) => scope.startsWith('feed:'))
      ? commonScope(managed, scopeOf(viewer, 'see-history'))
      : managed;
  }

  /** Those that are wholly in the viewer's divisions, the newest first. */
  async list({ viewer }: Pick<KeyAsker, 'viewer'>): Promise<ApiKey[]> {
    const keys = (await this.#options.store?.list()) ?? [];
    return keys.filter(({ divisions }) => isWithin(divisions, scopeOf(viewer, 'manage')));
  }

  /**
   * @returns the key, and the text that is shown this once
   * @throws ApiError 400, 403 `not-allowed` for more than is theirs to give, 503 `audit-unavailable`
   */
  async create(
    { expiresInDays, ...wish }: KeyWish,
    { viewer, correlationId }: KeyAsker,
  ): Promise<{ key: ApiKey; text: string }> {
    const { store, trail, clock } = this.#options;
    const now = Math.floor(clock.now());
    if (!isWithin(wish.divisions, KeyOffice.grantable(viewer, wish.scopes)))
      throw new ApiError(403, 'not-allowed', 'A key cannot open divisions whose settings and history are not yours');
    const active = ((await store?.list()) ?? []).filter((key) => apiKeyStateAt(key, now) === 'active');
    if (active.length >= MAX_ACTIVE)
      throw new ApiError(400, 'invalid-request', `There are ${String(MAX_ACTIVE)} keys already: revoke some first`);
    const { id, secret, text } = makeKeyText();
    const createdBy = { id: viewer.userId, name: viewer.name };
    const expiresAt = expiresInDays === null ? null : now + expiresInDays * DAY_MS;
    const key: ApiKey = { ...wish, id, createdBy, createdAt: now, expiresAt, revokedAt: null, lastUsedAt: null };
    const deed: Deed = { ...deedOf(viewer, correlationId), before: null, after: toldOf(key) };
    await this.#audited(deed, async () => store?.add(key, hashOfSecret(secret)));
    await trail.note({ ...deed, outcome: 'accepted' });
    return { key, text };
  }

  /** @throws ApiError 404 where there is none that is theirs; one that is revoked already is revoked */
  async revoke(id: string, { viewer, correlationId }: KeyAsker): Promise<ApiKey> {
    const { store, trail, clock } = this.#options;
    const key = (await store?.find(id))?.key ?? null;
    if (key === null || !isWithin(key.divisions, scopeOf(viewer, 'manage')))
      throw new ApiError(404, 'not-found', 'There is no API key with this id');
    if (key.revokedAt !== null) return key;
    const at = Math.floor(clock.now());
    const deed: Deed = { ...deedOf(viewer, correlationId), before: toldOf(key), after: null };
    await this.#audited(deed, async () => store?.revoke(id, at));
    await trail.note({ ...deed, outcome: 'accepted' });
    return { ...key, revokedAt: at };
  }

  async #audited(deed: Deed, work: () => Promise<unknown>): Promise<void> {
    await this.#options.trail.record(deed);
    try {
      await work();
    } catch (error) {
      await this.#options.trail.note({ ...deed, outcome: 'failed' });
      throw error;
    }
  }
}

const deedOf = (viewer: Viewer, correlationId: string) =>
  ({
    action: 'settings-change',
    outcome: 'requested',
    actor: actorOf(viewer),
    target: null,
    reason: null,
    correlationId,
    platformCorrelationId: null,
  }) as const;

const toldOf = ({ id, name, scopes, divisions, expiresAt }: ApiKey): AuditValues => ({
  setting: 'API key',
  key: id,
  name,
  scopes: scopes.join(', '),
  divisions: divisions === 'all' ? 'all' : [...divisions].join(', '),
  expires: expiresAt === null ? null : new Date(expiresAt).toISOString(),
});
