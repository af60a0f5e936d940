import { randomUUID } from 'node:crypto';
import {
  MAX_WEBHOOKS,
  type CreatedWebhook,
  type PingMessage,
  type WebhookList,
  type WebhookSettingsAsked,
  type WebhookView,
} from '@floorwatch/contracts';
import { agentId as toAgentId, covers, type Viewer } from '@floorwatch/domain';
import type { DeliveryCounts, StoredDelivery, StoredWebhook, WebhookSettings } from '@floorwatch/store';
import { ApiError } from '../plugins/api-error.ts';
import type { WebhookParts } from './running-webhook.ts';
import { newSecret } from './signing.ts';
import { TargetRefused, type TargetGuard } from './target-guard.ts';
import type { WebhookDeeds, Asker } from './webhook-deeds.ts';
import { filterOf, type WebhookDispatcher } from './webhook-dispatcher.ts';
import { isWithin, tellableBy } from './webhook-scope.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';
import { webhookViewOf } from './webhook-view.ts';

/** How long the secret before still counts, ms: receivers are changed one after the other. */
const BOTH_COUNT_MS = 86_400_000;

/** Dead messages that wait again at a time. */
const REPLAYED_AT_ONCE = 1000;

export interface WebhookServiceOptions {
  readonly parts: WebhookParts;
  readonly dispatcher: WebhookDispatcher;
  readonly secrets: WebhookSecrets;
  readonly guard: TargetGuard;
  readonly deeds: WebhookDeeds;
}

/**
 * What people do with webhooks. Each change stands in the audit before it is done. Whatever is about a webhook that tells of
 * agents beyond the viewer's divisions is the same 404 as one that does not exist.
 */
export class WebhookService {
  readonly #options: WebhookServiceOptions;

  constructor(options: WebhookServiceOptions) {
    this.#options = options;
  }

  async list(viewer: Viewer): Promise<WebhookList> {
    const { webhooks, deliveries } = this.#options.parts;
    const scope = tellableBy(viewer);
    const [stored, counts] = await Promise.all([webhooks.list(), deliveries.counts()]);
    return {
      webhooks: stored
        .filter((one) => isWithin(scope, filterOf(one)))
        .map((one) => this.#viewOf(one, counts.get(one.id) ?? null)),
      divisions: scope === 'all' ? 'all' : [...scope],
    };
  }

  /** It begins with what happens from now on. */
  async create(asker: Asker, asked: WebhookSettingsAsked): Promise<CreatedWebhook> {
    const { parts, secrets, deeds, dispatcher } = this.#options;
    const settings = this.#settingsOf(asker.viewer, asked);
    if ((await parts.webhooks.list()).length >= MAX_WEBHOOKS)
      throw new ApiError(400, 'invalid-request', `There are ${String(MAX_WEBHOOKS)} webhooks: delete one first`);
    const id = randomUUID();
    const secret = newSecret();
    const stored: StoredWebhook = {
      ...settings,
      id,
      secret: secrets.seal(secret, id),
      previousSecret: null,
      previousUntil: null,
      pausedBy: null,
      origin: 'people',
      cursor: await parts.stream.head('transitions'),
      version: 1,
      createdAt: Math.floor(parts.clock.now()),
      failingSince: null,
      lastError: null,
      lastSuccessAt: null,
    };
    await deeds.keep(asker, { before: null, after: stored }, async () => {
      await parts.webhooks.add(stored);
      await dispatcher.changed(id);
    });
    return { webhook: this.#viewOf(stored, null), secret };
  }

  async change(
    asker: Asker,
    id: string,
    { version, ...asked }: WebhookSettingsAsked & { readonly version: number },
  ): Promise<WebhookView> {
    const { parts, deeds, dispatcher } = this.#options;
    const before = await this.#find(asker.viewer, id);
    const settings = this.#settingsOf(asker.viewer, asked);
    await deeds.keep(asker, { before, after: { ...before, ...settings } }, async () => {
      if (!(await parts.webhooks.change(id, version, settings))) throw wasChanged();
      await dispatcher.changed(id);
    });
    return this.#look(id);
  }

  async remove(asker: Asker, id: string): Promise<void> {
    const { parts, deeds, dispatcher } = this.#options;
    const before = await this.#find(asker.viewer, id);
    await deeds.keep(asker, { before, after: null }, async () => {
      await parts.webhooks.remove(id);
      await dispatcher.forget(id);
    });
  }

  async rotate(asker: Asker, id: string, version: number): Promise<CreatedWebhook> {
    const { parts, secrets, deeds, dispatcher } = this.#options;
    const before = await this.#find(asker.viewer, id);
    const secret = newSecret();
    await deeds.keep(asker, { before, after: before, did: 'made a new secret' }, async () => {
      const changed = await parts.webhooks.changeSecret(id, version, {
        secret: secrets.seal(secret, id),
        previousSecret: before.secret,
        previousUntil: Math.floor(parts.clock.now()) + BOTH_COUNT_MS,
      });
      if (!changed) throw wasChanged();
      await dispatcher.changed(id);
    });
    return { webhook: await this.#look(id), secret };
  }

  async pause(asker: Asker, id: string, isPaused: boolean): Promise<WebhookView> {
    const { parts, deeds, dispatcher } = this.#options;
    const before = await this.#find(asker.viewer, id);
    const pausedBy = isPaused ? 'person' : null;
    await deeds.keep(asker, { before, after: { ...before, pausedBy } }, async () => {
      await parts.webhooks.setPause(id, pausedBy);
      await dispatcher.changed(id);
    });
    return this.#look(id);
  }

  /** Of agents that the viewer may see now; those of others are left out of the page. */
  async deliveries(
    viewer: Viewer,
    id: string,
    { limit, cursor, ...filter }: DeliveriesAsked,
  ): Promise<{ readonly deliveries: StoredDelivery[]; readonly next: number | null }> {
    const { parts } = this.#options;
    await this.#find(viewer, id);
    const scope = tellableBy(viewer);
    const found = await parts.deliveries.list(id, filter, { beforeSeq: cursor ?? null, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      deliveries: page.filter(
        ({ agentId }) =>
          scope === 'all' || agentId === null || covers(scope, parts.profileOf(toAgentId(agentId))?.divisionId ?? null),
      ),
      next: found.length > limit ? (page.at(-1)?.seq ?? null) : null,
    };
  }

  /** @returns how many wait again */
  async replay(asker: Asker, id: string, seqs: readonly number[] | 'all'): Promise<number> {
    const { parts, deeds, dispatcher } = this.#options;
    const before = await this.#find(asker.viewer, id);
    const what = seqs === 'all' ? 'every dead message' : `${String(seqs.length)} dead messages`;
    return deeds.keep(asker, { before, after: before, did: `replayed ${what}` }, async () => {
      const now = Math.floor(parts.clock.now());
      const revived = await parts.deliveries.revive(id, { seqs, now, limit: REPLAYED_AT_ONCE });
      await dispatcher.revived(id, revived);
      return revived.length;
    });
  }

  /** One call, now, past everything that waits. */
  async ping(asker: Asker, id: string): Promise<StoredDelivery> {
    const { parts, secrets, deeds } = this.#options;
    const { clock, caller, deliveries } = parts;
    const stored = await this.#find(asker.viewer, id);
    const { current } = secrets.open(stored);
    if (current === null) throw new ApiError(400, 'invalid-request', SECRET_LOST);
    return deeds.keep(asker, { before: stored, after: stored, did: 'sent a test' }, async () => {
      const now = Math.floor(clock.now());
      const message: PingMessage = {
        type: 'webhook.ping',
        timestamp: new Date(now).toISOString(),
        data: { webhookId: id, name: stored.name },
      };
      const delivery = {
        messageId: `msg_${randomUUID().replaceAll('-', '')}`,
        type: message.type,
        agentId: null,
        orderKey: 'ping',
        occurredAt: now,
        takenAt: now,
        body: JSON.stringify(message),
      };
      const outcome = await caller.call({ url: stored.url, ...delivery, secrets: [current] });
      return deliveries.addSettled(id, delivery, {
        ...outcome,
        state: outcome.error === null ? 'delivered' : 'failed',
      });
    });
  }

  #settingsOf(viewer: Viewer, { name, url, filter, withNames }: WebhookSettingsAsked): WebhookSettings {
    if (!isWithin(tellableBy(viewer), filter))
      throw new ApiError(
        400,
        'invalid-request',
        'filter.divisions must name divisions in which you may change settings and see agents, and no others',
      );
    try {
      const { href } = this.#options.guard.check(url);
      return { name, url: href, filter: JSON.stringify(filter), withNames };
    } catch (error) {
      if (!(error instanceof TargetRefused)) throw error;
      throw new ApiError(400, 'invalid-request', `url: ${error.message}`);
    }
  }

  async #find(viewer: Viewer, id: string): Promise<StoredWebhook> {
    const stored = await this.#options.parts.webhooks.find(id);
    if (stored === null || !isWithin(tellableBy(viewer), filterOf(stored)))
      throw new ApiError(404, 'not-found', `There is no webhook with the id ${id}`);
    return stored;
  }

  async #look(id: string): Promise<WebhookView> {
    const { webhooks, deliveries } = this.#options.parts;
    const [stored, counts] = await Promise.all([webhooks.find(id), deliveries.counts()]);
    if (stored === null) throw new ApiError(404, 'not-found', `There is no webhook with the id ${id} any more`);
    return this.#viewOf(stored, counts.get(id) ?? null);
  }

  #viewOf(stored: StoredWebhook, counts: DeliveryCounts | null): WebhookView {
    const { parts, secrets } = this.#options;
    return webhookViewOf(stored, {
      counts,
      filter: filterOf(stored),
      isSecretKnown: secrets.open(stored).current !== null,
      now: parts.clock.now(),
    });
  }
}

interface DeliveriesAsked {
  readonly limit: number;
  readonly cursor?: number | undefined;
  readonly states?: readonly StoredDelivery['state'][] | undefined;
  readonly agentId?: string | undefined;
}

const SECRET_LOST =
  'The secret of this webhook cannot be read any more (SESSION_SECRET or the key in DATA_DIR is another one now): make a new secret';

const wasChanged = (): ApiError =>
  new ApiError(409, 'version-conflict', 'Somebody else has changed this webhook meanwhile: look at it again');
