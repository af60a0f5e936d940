export const SECRET_KINDS = ['access token', 'refresh token', 'code', 'code verifier', 'client secret'] as const;

export type SecretKind = (typeof SECRET_KINDS)[number];

export interface IssuedSecret {
  readonly kind: SecretKind;
  readonly value: string;
}

/** Kept at most; the oldest go first. */
const CAPACITY = 20_000;

/** Every secret that passed through the login, so that a test can look for them where none of them may be. */
export class IssuedSecrets {
  readonly #kinds = new Map<string, SecretKind>();

  note(kind: SecretKind, value: string): void {
    if (value === '') return;
    this.#kinds.set(value, kind);
    const [oldest] = this.#kinds.keys();
    if (this.#kinds.size > CAPACITY && oldest !== undefined) this.#kinds.delete(oldest);
  }

  /** Oldest first. */
  all(): IssuedSecret[] {
    return [...this.#kinds].map(([value, kind]) => ({ kind, value }));
  }
}
