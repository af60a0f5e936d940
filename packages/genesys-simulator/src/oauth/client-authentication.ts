import { timingSafeEqual } from 'node:crypto';
import type { OAuthClient } from './oauth-client.ts';
import { UNKNOWN_CLIENT, type OAuthRefusal } from './oauth-refusal.ts';

const WRONG_SECRET: OAuthRefusal = { status: 401, error: 'invalid_client', description: 'authentication failed' };

/** A known client; `isConfidential` when it proved to have the secret. */
export interface AuthenticatedClient {
  readonly client: OAuthClient;
  readonly isConfidential: boolean;
}

/** By HTTP Basic or in the form. Naming a client without a secret makes it a public one: what that is good for, the grant decides. */
export const authenticateClient = (
  clients: readonly OAuthClient[],
  { authorization, form }: { readonly authorization: string | undefined; readonly form: URLSearchParams },
): AuthenticatedClient | OAuthRefusal => {
  const { id, secret } = credentialsOf(authorization, form);
  const client = clients.find((one) => one.id === id);
  if (client === undefined) return UNKNOWN_CLIENT;
  if (secret === null) return { client, isConfidential: false };
  return isSame(secret, client.secret) ? { client, isConfidential: true } : WRONG_SECRET;
};

const credentialsOf = (authorization: string | undefined, form: URLSearchParams) => {
  const [, basic] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  if (basic === undefined) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') };
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? { id: text, secret: '' } : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

const isSame = (a: string, b: string): boolean => {
  const one = Buffer.from(a);
  const other = Buffer.from(b);
  return one.length === other.length && timingSafeEqual(one, other);
};
