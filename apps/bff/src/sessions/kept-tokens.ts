import { Secret, type TokenGrant } from '@floorwatch/genesys';
import { z } from 'zod';
import type { TokenSeal } from './token-seal.ts';

const kept = z.object({ access: z.string(), refresh: z.string().nullable(), expiresAt: z.number() });

/** Tokens as they are kept in the store: encrypted, and bound to their session. */
export const sealTokens = (seal: TokenSeal, { access, refresh, expiresAt }: TokenGrant, idHash: string): string =>
  seal.seal(JSON.stringify({ access: access.reveal(), refresh: refresh?.reveal() ?? null, expiresAt }), idHash);

/** Null where they cannot be opened: the key is another one since. */
export const openTokens = (seal: TokenSeal, sealed: string, idHash: string): TokenGrant | null => {
  const text = seal.open(sealed, idHash);
  if (text === null) return null;
  const { access, refresh, expiresAt } = kept.parse(JSON.parse(text));
  return { access: new Secret(access), refresh: refresh === null ? null : new Secret(refresh), expiresAt };
};
