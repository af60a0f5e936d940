import { randomUUID } from 'node:crypto';
import { webhookFilter } from '@floorwatch/contracts';
import type { StoredWebhook } from '@floorwatch/store';
import type { WebhookParts } from './running-webhook.ts';
import type { WebhookDeeds } from './webhook-deeds.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

/** A target that the environment names. */
export interface EnvironmentEndpoint {
  readonly url: string;
  readonly secret: string;
}

const ID = 'environment';

interface Parts {
  readonly parts: Pick<WebhookParts, 'webhooks' | 'stream' | 'clock'>;
  readonly secrets: WebhookSecrets;
  readonly deeds: WebhookDeeds;
}

/**
 * Makes the webhook that WEBHOOK_ENDPOINT names, with everything in it, or gives it the address and the secret that the
 * environment has now. What people have changed about it otherwise stays. Done again, it changes nothing.
 */
export const keepEndpoint = async (
  { url, secret }: EnvironmentEndpoint,
  { parts: { webhooks, stream, clock }, secrets, deeds }: Parts,
): Promise<void> => {
  const known = await webhooks.find(ID);
  if (known === null) {
    const stored: StoredWebhook = {
      id: ID,
      name: 'WEBHOOK_ENDPOINT',
      url,
      filter: JSON.stringify(webhookFilter.parse({})),
      withNames: false,
      secret: secrets.seal(secret, ID),
      previousSecret: null,
      previousUntil: null,
      pausedBy: null,
      origin: 'environment',
      cursor: await stream.head('transitions'),
      version: 1,
      createdAt: Math.floor(clock.now()),
      failingSince: null,
      lastError: null,
      lastSuccessAt: null,
    };
    await deeds.noteOwn({ before: null, after: stored }, randomUUID());
    await webhooks.add(stored);
    return;
  }
  if (known.url !== url) {
    await deeds.noteOwn({ before: known, after: { ...known, url } }, randomUUID());
    await webhooks.change(ID, known.version, { ...known, url });
  }
  if (secrets.open(known).current !== secret) {
    const version = known.url === url ? known.version : known.version + 1;
    await deeds.noteOwn({ before: known, after: { ...known, url }, did: 'took over another secret' }, randomUUID());
    const sealed = { secret: secrets.seal(secret, ID), previousSecret: null, previousUntil: null };
    await webhooks.changeSecret(ID, version, sealed);
  }
};
