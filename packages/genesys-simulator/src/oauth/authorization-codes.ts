import { createHash, randomBytes } from 'node:crypto';
import type { Subject } from '../org/role.ts';
import type { IssuedSecrets } from './issued-secrets.ts';
import type { RealClock } from '../time/system-clock.ts';

/** RFC 6749 §4.1.2 wants codes to be short-lived. */
const CODE_LIFETIME_MS = 60_000;

/** What a person agreed to, waiting to be turned into a token. */
export interface CodeGrant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly subject: Subject;
  /** Null when the client did not use PKCE. */
  readonly challenge: string | null;
}

/** Codes between the consent page and the token endpoint; each can be used once. */
export class AuthorizationCodes {
  readonly #realClock: RealClock;
  readonly #secrets: IssuedSecrets;
  readonly #codes = new Map<string, { readonly grant: CodeGrant; readonly expiresAt: number }>();

  constructor(realClock: RealClock, secrets: IssuedSecrets) {
    this.#realClock = realClock;
    this.#secrets = secrets;
  }

  issue(grant: CodeGrant): string {
    this.#dropExpired();
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { grant, expiresAt: this.#realClock.now() + CODE_LIFETIME_MS });
    this.#secrets.note('code', code);
    return code;
  }

  /** Takes a code in, whatever becomes of it: a second try with it is in vain. */
  redeem(code: string): CodeGrant | null {
    this.#dropExpired();
    const held = this.#codes.get(code);
    this.#codes.delete(code);
    return held?.grant ?? null;
  }

  clear(): void {
    this.#codes.clear();
  }

  #dropExpired(): void {
    const now = this.#realClock.now();
    for (const [code, { expiresAt }] of this.#codes) if (expiresAt <= now) this.#codes.delete(code);
  }
}

/** S256: the challenge is the hash of the verifier (RFC 7636 §4.6). */
export const meetsChallenge = (verifier: string, challenge: string): boolean =>
  createHash('sha256').update(verifier).digest('base64url') === challenge;
