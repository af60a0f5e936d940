import { Secret } from '@floorwatch/genesys';
import { AllowedTargets } from '../webhooks/allowed-targets.ts';
import { isSecret } from '../webhooks/signing.ts';
import { TargetGuard } from '../webhooks/target-guard.ts';
import type { Env } from './env.ts';

/** Whom webhooks may call, and the one that the environment asks for. */
export interface WebhookConfig {
  readonly allowedHosts: readonly string[];
  /** Null where it asks for none. */
  readonly endpoint: { readonly url: string; readonly secret: Secret } | null;
}

/** @param problems takes what is wrong, a sentence each */
export const webhooksFrom = (env: Env, problems: string[]): WebhookConfig => {
  const allowed = allowedFrom(env, problems);
  return {
    allowedHosts: env.WEBHOOK_ALLOWED_HOSTS,
    endpoint: allowed === null ? null : endpointFrom(env, { allowed, problems }),
  };
};

const allowedFrom = ({ WEBHOOK_ALLOWED_HOSTS: words }: Env, problems: string[]): AllowedTargets | null => {
  try {
    return new AllowedTargets(words);
  } catch (error) {
    problems.push(`WEBHOOK_ALLOWED_HOSTS: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
};

interface Circumstances {
  readonly allowed: AllowedTargets;
  readonly problems: string[];
}

const endpointFrom = (
  { WEBHOOK_ENDPOINT: url, WEBHOOK_SECRET: secret }: Env,
  { allowed, problems }: Circumstances,
): WebhookConfig['endpoint'] => {
  if (url === undefined && secret !== undefined)
    problems.push('WEBHOOK_SECRET is set without WEBHOOK_ENDPOINT: set both, or neither');
  if (url === undefined) return null;
  if (secret === undefined || !isSecret(secret)) {
    problems.push(
      'WEBHOOK_SECRET must be what the receiver of WEBHOOK_ENDPOINT checks signatures with: whsec_ and 24 to 64 bytes in base64 (echo "whsec_$(openssl rand -base64 32)")',
    );
    return null;
  }
  try {
    return { url: new TargetGuard(allowed).check(url).href, secret: new Secret(secret) };
  } catch (error) {
    problems.push(`WEBHOOK_ENDPOINT: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
};
