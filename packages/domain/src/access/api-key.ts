import type { DivisionScope } from './viewer.ts';

/**
 * What a key opens.
 *
 * - `feed:transitions`, `feed:windows`: everything that was recorded of the agents of its divisions
 * - `automations:trigger`: starts an automation that waits for it
 */
export const API_KEY_SCOPES = ['feed:transitions', 'feed:windows', 'automations:trigger'] as const;

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** What another system shows instead of a person's sign-in. The secret itself is known to its holder alone. */
export interface ApiKey {
  /** Part of the secret's text, and no secret itself. */
  readonly id: string;
  /** What it is for, in words of whoever made it. */
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  /** Of whose agents it tells. */
  readonly divisions: DivisionScope;
  readonly createdBy: { readonly id: string; readonly name: string };
  /** ms on our clock, here and below. */
  readonly createdAt: number;
  /** Null for one that does not expire. */
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** To the minute; null for one that never was. */
  readonly lastUsedAt: number | null;
}

export const API_KEY_STATES = ['active', 'expired', 'revoked'] as const;

export type ApiKeyState = (typeof API_KEY_STATES)[number];

export const apiKeyStateAt = ({ revokedAt, expiresAt }: ApiKey, now: number): ApiKeyState => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
};

/** Where both scopes hold; null where nowhere. */
export const commonScope = (one: DivisionScope | null, other: DivisionScope | null): DivisionScope | null => {
  if (one === null || other === null) return null;
  if (one === 'all') return other;
  const common = other === 'all' ? one : new Set([...one].filter((id) => other.has(id)));
  return common.size === 0 ? null : common;
};

/** Whether all of `part` is in `whole`. */
export const isWithin = (part: DivisionScope, whole: DivisionScope | null): boolean =>
  whole === 'all' || (whole !== null && part !== 'all' && [...part].every((id) => whole.has(id)));

/** Where keys are kept. Implementations throw `StoreUnavailable` (of `@floorwatch/store`) when the database cannot be reached. */
export interface ApiKeyStore {
  /** @param secretHash SHA-256 of the secret, hex: whoever reads the table can use none of them */
  add(key: ApiKey, secretHash: string): Promise<void>;
  find(id: string): Promise<{ readonly key: ApiKey; readonly secretHash: string } | null>;
  /** The newest first. */
  list(): Promise<ApiKey[]>;
  /** @returns whether it was there and not revoked yet */
  revoke(id: string, at: number): Promise<boolean>;
  noteUsed(id: string, at: number): Promise<void>;
}
