import type { AgentId, Interval } from '@floorwatch/domain';
import type { ApiClient } from '../http/api-client.ts';
import type { ReadOptions } from '../http/priority.ts';
import { toPresenceChange, type PresenceChange } from '../mapping/presence-change.ts';
import type { Oddities } from '../oddities.ts';
import type { PlatformClock } from '../platform-clock.ts';
import { auditLogMessage, auditResults } from '../wire/audit-log-message.ts';

const PATH = '/api/v2/audits/query/realtime';
const PAGE_SIZE = 500;

/** Pages of a question about everybody: 2000 changes. */
const LATEST_PAGES = 4;

/** How far back the real-time query reaches, 14 days (API §12.1), less what a request and two clocks may differ by. */
const REACH_MS = 14 * 24 * 3_600_000 - 10 * 60_000;

interface AuditsDeps {
  readonly api: ApiClient;
  readonly platformClock: PlatformClock;
  readonly oddities: Oddities;
}

/** Who did what (API §12.1). */
export class Audits {
  readonly #deps: AuditsDeps;

  constructor(deps: AuditsDeps) {
    this.#deps = deps;
  }

  /** Who changed the presence of an agent, oldest first; nothing of more than 14 days ago. */
  async listPresenceChanges(agentId: AgentId, interval: Interval, options: ReadOptions): Promise<PresenceChange[]> {
    const reach = this.#reachOf(interval);
    if (reach === null) return [];
    const ofAgent = [{ property: 'EntityId', value: agentId }];
    const changes = await this.#read(queryOf(reach, 'ascending', ofAgent), { maxPages: Infinity, options });
    return changes.toSorted((a, b) => a.at - b.at);
  }

  /** Who changed anybody's presence, the newest first and no more than some pages of them; nothing of more than 14 days ago. */
  async listLatestPresenceChanges(interval: Interval, options: ReadOptions): Promise<PresenceChange[]> {
    const reach = this.#reachOf(interval);
    if (reach === null) return [];
    return this.#read(queryOf(reach, 'descending', []), { maxPages: LATEST_PAGES, options });
  }

  #reachOf({ from, to }: Interval): Interval | null {
    const reach = { from: Math.max(from, this.#deps.platformClock.now() - REACH_MS), to };
    return reach.from < to ? reach : null;
  }

  async #read(
    query: object,
    { maxPages, options }: { readonly maxPages: number; readonly options: ReadOptions },
  ): Promise<PresenceChange[]> {
    const { api, oddities } = this.#deps;
    const changes: PresenceChange[] = [];
    for (let pageNumber = 1, pageCount = 1; pageNumber <= Math.min(pageCount, maxPages); pageNumber += 1) {
      const { body } = await api.call({
        method: 'POST',
        isQuestion: true,
        path: PATH,
        query: { expand: ['user'] },
        body: { ...query, pageNumber, pageSize: PAGE_SIZE },
        answer: auditResults,
        ...options,
      });
      pageCount = body.pageCount ?? 1;
      for (const raw of body.entities ?? []) {
        const message = auditLogMessage.safeParse(raw);
        if (!message.success) oddities.note(`${PATH}: entity`);
        const change = message.success ? toPresenceChange(message.data) : null;
        if (change !== null) changes.push(change);
      }
    }
    return changes;
  }
}

const queryOf = (
  { from, to }: Interval,
  sortOrder: 'ascending' | 'descending',
  filters: readonly { readonly property: string; readonly value: string }[],
): object => ({
  interval: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
  serviceName: 'Presence',
  filters: [{ property: 'EntityType', value: 'UserPresence' }, ...filters],
  sort: [{ name: 'Timestamp', sortOrder }],
});
