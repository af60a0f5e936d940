import { createHash } from 'node:crypto';
import type { AuditActor, AuditValues, Viewer } from '@floorwatch/domain';
import type { StoredWebhook } from '@floorwatch/store';
import { actorOf } from '../audit/actor.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { filterOf } from './webhook-dispatcher.ts';

/** Who asks, and what ties it to our log. */
export interface Asker {
  readonly viewer: Viewer;
  readonly correlationId: string;
}

interface Change {
  readonly before: StoredWebhook | null;
  readonly after: StoredWebhook | null;
  /** What was done besides changing settings. */
  readonly did?: string;
}

/** Writes what is done with webhooks into the audit: before it is done, and what came of it. */
export class WebhookDeeds {
  readonly #trail: AuditTrail;

  constructor(trail: AuditTrail) {
    this.#trail = trail;
  }

  /** No audit, no deed. @throws what the deed throws, and ApiError 503 `audit-unavailable` */
  async keep<Answer>(asker: Asker, change: Change, deed: () => Promise<Answer>): Promise<Answer> {
    const told = this.#told(actorOf(asker.viewer), change, asker.correlationId);
    await this.#trail.record({ ...told, outcome: 'requested' });
    try {
      const answer = await deed();
      await this.#trail.note({ ...told, outcome: 'accepted' });
      return answer;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await this.#trail.note({ ...told, outcome: 'failed', reason });
      throw error;
    }
  }

  /** What Floorwatch does by itself at the start. */
  async noteOwn(change: Change, correlationId: string): Promise<void> {
    await this.#trail.record({
      ...this.#told({ kind: 'system', id: null, name: null }, change, correlationId),
      outcome: 'accepted',
    });
  }

  #told(actor: AuditActor, { before, after, did }: Change, correlationId: string) {
    return {
      action: 'settings-change' as const,
      actor,
      target: null,
      before: before && valuesOf(before),
      after: after && { ...valuesOf(after), ...(did !== undefined && { did }) },
      reason: null,
      correlationId,
      platformCorrelationId: null,
    };
  }
}

/** Never the address in full: its path may be a password of the target. */
const valuesOf = (webhook: StoredWebhook): AuditValues => {
  const { kinds, divisions, queues, teams, activities } = filterOf(webhook);
  return {
    setting: 'webhook',
    webhook: webhook.id,
    name: webhook.name,
    target: new URL(webhook.url).origin,
    address: `SHA-256 ${createHash('sha256').update(webhook.url).digest('hex').slice(0, 16)}`,
    kinds: listed(kinds),
    divisions: listed(divisions),
    queues: listed(queues),
    teams: listed(teams),
    activities: listed(activities),
    withNames: webhook.withNames,
    paused: webhook.pausedBy !== null,
  };
};

const listed = (values: readonly string[]): string =>
  values.length === 0 ? 'all' : values.length > 20 ? `${String(values.length)} chosen` : values.join(', ');
