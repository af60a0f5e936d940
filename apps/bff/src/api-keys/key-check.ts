import { apiKeyStateAt, type ApiKey, type ApiKeyScope, type ApiKeyStore, type Clock } from '@floorwatch/domain';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';
import { passOutage } from '../plugins/store-outage.ts';
import { LockOut } from '../sessions/lock-out.ts';
import { isSecretOf, readKeyText } from './key-text.ts';

/** How exactly it is told when a key was last used, ms. */
const USE_NOTED_MS = 60_000;

export interface KeyCheckOptions {
  /** Null where there is no store: then there are no keys. */
  readonly store: ApiKeyStore | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Who knocks with what. */
export interface Knock {
  readonly authorization: string | undefined;
  readonly address: string;
}

/** Looks at keys at the door. */
export class KeyCheck {
  readonly #options: KeyCheckOptions;
  readonly #lockOut: LockOut;
  readonly #notedAt = new Map<string, number>();

  constructor(options: KeyCheckOptions) {
    this.#options = options;
    this.#lockOut = new LockOut(options.clock);
  }

  /**
   * The key somebody brings, where it opens the scope. Whoever brings wrong ones waits longer each time; another key from the
   * same address does not.
   * @throws ApiError 401 `key-refused`, 403 `not-allowed`, 429 `rate-limited`
   */
  async admit({ authorization, address }: Knock, scope: ApiKeyScope): Promise<ApiKey> {
    const { store, clock, log } = this.#options;
    if (authorization === undefined)
      throw refused('Send an API key with this request: authorization: Bearer floorwatch_…');
    const told = readKeyText(authorization);
    const knocker = `${address} ${told?.id ?? ''}`;
    const retryAfterMs = this.#lockOut.waitMs(knocker);
    if (retryAfterMs > 0)
      throw new ApiError(429, 'rate-limited', { message: 'Too many keys that are not valid: wait', retryAfterMs });
    const kept = told === null ? null : ((await store?.find(told.id)) ?? null);
    if (told === null || !isSecretOf(told.secret, kept?.secretHash ?? null) || kept === null) {
      this.#lockOut.noteFailure(knocker);
      log.warn(
        { event: 'key-refused', keyId: kept?.key.id ?? null, address },
        'somebody brought a key that is not valid',
      );
      throw refused('This API key is not valid: check that all of it was copied');
    }
    this.#lockOut.noteSuccess(knocker);
    const { key } = kept;
    const state = apiKeyStateAt(key, clock.now());
    if (state === 'expired') throw refused('This API key has expired: ask an administrator for a new one');
    if (state === 'revoked') throw refused('This API key was revoked: ask an administrator for a new one');
    if (!key.scopes.includes(scope))
      throw new ApiError(403, 'not-allowed', `This API key does not open ${scope}: it opens ${key.scopes.join(', ')}`);
    this.#noteUse(key.id);
    return key;
  }

  /** Whether it still opens what it did, for what goes on for long. @throws StoreUnavailable */
  async isStillValid(id: string): Promise<boolean> {
    const kept = (await this.#options.store?.find(id)) ?? null;
    if (kept === null || apiKeyStateAt(kept.key, this.#options.clock.now()) !== 'active') return false;
    this.#noteUse(id);
    return true;
  }

  #noteUse(id: string): void {
    const { store, clock } = this.#options;
    const now = clock.now();
    if (now - (this.#notedAt.get(id) ?? -Infinity) < USE_NOTED_MS) return;
    this.#notedAt.set(id, now);
    void store?.noteUsed(id, Math.floor(now)).catch(passOutage);
  }
}

const refused = (message: string): ApiError => new ApiError(401, 'key-refused', message);
