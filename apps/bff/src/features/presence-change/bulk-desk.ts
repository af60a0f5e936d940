import type { BulkChangeView, BulkPreview, PresenceChangeView } from '@floorwatch/contracts';
import {
  covers,
  NOT_BEGUN,
  scopeOf,
  type AgentId,
  type AuditActor,
  type Board,
  type Bulk,
  type BulkTurn,
  type ChangeRecord,
  type ChangeStore,
  type Clock,
  type Viewer,
  type WantedPresence,
  type WantedWords,
} from '@floorwatch/domain';
import type { HandBudget } from '@floorwatch/genesys';
import { agentNotFound, ApiError } from '../../plugins/api-error.ts';
import { estimateMs } from '../../presence-change/bulk-pace.ts';
import { windowsOf } from '../../presence-change/bulk-run.ts';
import type { Bulks } from '../../presence-change/bulks.ts';
import type { ChangePreview } from '../../presence-change/change-preview.ts';
import type { ChangeRules } from '../../presence-change/change-rules.ts';
import type { PresenceChanger } from '../../presence-change/presence-changer.ts';
import { apiErrorOf, Refusal } from '../../presence-change/refusal.ts';
import { maySee, type Person } from './asked-change-request.ts';
import type { ChangeViews } from './change-views.ts';

/** Agents of one reading of the platform. */
const PREVIEWED_AT_ONCE = 100;

/** More than one for each agent: some were tried again. */
const MAX_RECORDS = 5000;

export interface BulkDeskOptions {
  readonly bulks: Bulks;
  readonly changer: Pick<PresenceChanger, 'previews'>;
  readonly changes: Pick<ChangeStore, 'list'>;
  readonly board: Board;
  readonly rules: Pick<ChangeRules, 'wantedOf' | 'systemOf'>;
  readonly views: ChangeViews;
  /** Of Floorwatch's own token. */
  readonly serviceBudget: () => HandBudget;
  readonly clock: Clock;
}

export interface AskedBulk {
  readonly wanted: WantedPresence;
  readonly agents: readonly { readonly agentId: AgentId; readonly etag: string }[];
  readonly override: { readonly reason: string } | null;
  readonly key: string;
  readonly correlationId: string;
}

/** What somebody asks of bulks: to try one, to start it, to see how far it is, to end it. */
export class BulkDesk {
  readonly #options: BulkDeskOptions;

  constructor(options: BulkDeskOptions) {
    this.#options = options;
  }

  /**
   * The dry run: what each agent would meet. Agents whom the viewer may not see are left out.
   * @throws GenesysError where the platform cannot be read
   */
  async preview(person: Person, agentIds: readonly AgentId[], wanted: WantedPresence): Promise<BulkPreview> {
    const { changer, views, clock, serviceBudget } = this.#options;
    const seen = [...new Set(agentIds)].filter((id) => maySee(person.viewer, id, this.#options.board));
    const previews: ChangePreview[] = [];
    for (let from = 0; from < seen.length; from += PREVIEWED_AT_ONCE)
      previews.push(...(await changer.previews(person, seen.slice(from, from + PREVIEWED_AT_ONCE), wanted)));
    const isOnQueue = this.#options.rules.systemOf(wanted.definitionId) === 'onQueue';
    const agents = await Promise.all(
      previews.map(async (preview) => {
        const { etag, current, verdict, effects, obstacles } = await views.preview(preview, person.viewer);
        return {
          agentId: preview.agentId,
          etag: etag === '' ? null : etag,
          current,
          verdict: preview.verdict === null ? null : verdict,
          effects,
          obstacles: isOnQueue ? [...obstacles, 'on-queue-in-bulk' as const] : obstacles,
        };
      }),
    );
    const turns = agents.filter(({ obstacles }) => obstacles.every((one) => one === 'schedule-blocks')).length;
    return {
      agents,
      mayOverride: previews.some(({ mayOverride }) => mayOverride),
      estimatedMs: estimateMs(turns, windowsOf(person.hand, serviceBudget()), clock.now()),
    };
  }

  /** @throws ApiError where nothing of it could be done: then nothing is; see `Bulks.begin` */
  async start(person: Person, asked: AskedBulk): Promise<BulkChangeView> {
    const { viewer } = person;
    const wanted = this.#wanted(asked.wanted);
    const seen = new Set<AgentId>();
    for (const { agentId: id } of asked.agents) {
      if (!maySee(viewer, id, this.#options.board)) throw agentNotFound(id);
      if (seen.has(id)) throw new ApiError(400, 'invalid-request', `agents: ${id} is named twice`);
      seen.add(id);
    }
    const { agents, override, key, correlationId } = asked;
    const bulk = await this.#options.bulks.begin({
      owner: { userId: viewer.userId, name: viewer.name },
      wanted,
      agents,
      overrideReason: override?.reason ?? null,
      idempotencyKey: key,
      correlationId,
    });
    return this.#header(bulk, await this.#records(bulk, viewer), viewer);
  }

  /** @throws ApiError 404 */
  async get(viewer: Viewer, id: string): Promise<BulkChangeView & { changes: PresenceChangeView[] }> {
    const { bulk, records } = await this.#find(viewer, id);
    const changes = await Promise.all(records.map((record) => this.#options.views.change(record, viewer)));
    return { ...this.#header(bulk, records, viewer), changes };
  }

  /** Those in which the viewer may see somebody. */
  async list(viewer: Viewer): Promise<BulkChangeView[]> {
    const bulks = await this.#options.bulks.list();
    const views = await Promise.all(
      bulks.map(async (bulk) => {
        const records = await this.#records(bulk, viewer);
        return records.length === 0 ? [] : [this.#header(bulk, records, viewer)];
      }),
    );
    return views.flat();
  }

  /**
   * For whoever started it, and for those who may change all of its agents.
   * @throws ApiError 404, 403
   */
  async cancel({ viewer, actor }: Person, id: string): Promise<BulkChangeView> {
    const { bulk } = await this.#find(viewer, id);
    const turns = await this.#options.bulks.turnsOf(bulk);
    if (bulk.owner.userId !== viewer.userId && !turns.every(({ agentId: agent }) => this.#mayChange(viewer, agent)))
      throw new ApiError(
        403,
        'not-allowed',
        'A bulk is cancelled by whoever started it, or may change all of its agents',
      );
    const cancelled = await this.#options.bulks.cancel(bulk, actor);
    return this.#header(cancelled, await this.#records(cancelled, viewer), viewer);
  }

  async #find(viewer: Viewer, id: string): Promise<{ bulk: Bulk; records: ChangeRecord[] }> {
    const bulk = await this.#options.bulks.find(id);
    const records = bulk === null ? [] : await this.#records(bulk, viewer);
    if (bulk === null || records.length === 0) throw new ApiError(404, 'not-found', `There is no bulk ${id}`);
    return { bulk, records };
  }

  /** One for each agent whom the viewer may see, in the order asked for: the latest try, or what stands for a turn that is not begun. */
  async #records(bulk: Bulk, viewer: Viewer): Promise<ChangeRecord[]> {
    const { bulks, changes } = this.#options;
    const [turns, made] = await Promise.all([
      bulks.turnsOf(bulk),
      changes.list({ groupId: bulk.id, limit: MAX_RECORDS }),
    ]);
    const latest = new Map(made.toReversed().map((record) => [record.agentId, record]));
    return turns
      .filter(({ agentId: agent }) => maySee(viewer, agent, this.#options.board))
      .map((turn) => (turn.problem === null && latest.get(turn.agentId)) || notBegun(bulk, turn));
  }

  #header(bulk: Bulk, records: readonly ChangeRecord[], viewer: Viewer): BulkChangeView {
    const { id, state, reason, wanted, startedAt, endedAt } = bulk;
    return {
      id,
      state,
      reason,
      wanted,
      by: this.#options.views.by(ownerOf(bulk), viewer),
      startedAt: iso(startedAt),
      endedAt: endedAt === null ? null : iso(endedAt),
      counts: countsOf(records),
    };
  }

  /** @throws ApiError */
  #wanted(asked: WantedPresence): WantedWords {
    try {
      const wanted = this.#options.rules.wantedOf(asked);
      if (wanted.system !== 'onQueue') return wanted;
      throw new Refusal(
        'change-impossible',
        'definitionId: nobody is put on queue in a bulk, Genesys Cloud does not take that either; change these agents one by one',
      );
    } catch (error) {
      throw error instanceof Refusal ? apiErrorOf(error) : error;
    }
  }

  #mayChange(viewer: Viewer, id: AgentId): boolean {
    const row = this.#options.board.rowOf(id);
    return row === null || covers(scopeOf(viewer, 'change-presence'), row.profile.divisionId);
  }
}

const countsOf = (records: readonly ChangeRecord[]): BulkChangeView['counts'] => {
  const counts = {
    waiting: 0,
    requested: 0,
    accepted: 0,
    confirmed: 0,
    'not-confirmed': 0,
    refused: 0,
    failed: 0,
    cancelled: 0,
  };
  for (const { progress } of records) counts[progress.state] += 1;
  return counts;
};

const iso = (ms: number): string => new Date(ms).toISOString();

const ownerOf = ({ owner }: Pick<Bulk, 'owner'>): AuditActor => ({
  kind: 'person',
  id: owner.userId,
  name: owner.name,
});

/** What stands for a turn without a change: it waits, or was left alone when the bulk ended, or could not be taken. */
const notBegun = (bulk: Bulk, { agentId: agent, changeId, problem }: BulkTurn): ChangeRecord => {
  const { id, owner, wanted, overrideReason, correlationId, requestHash, idempotencyKey, startedAt, state, endedAt } =
    bulk;
  const isOver = problem !== null || state !== 'running';
  return {
    id: changeId,
    kind: 'presence',
    actor: ownerOf({ owner }),
    key: idempotencyKey,
    requestHash,
    agentId: agent,
    divisionId: null,
    cause: 'bulk',
    groupId: id,
    undoes: null,
    wanted,
    overrideReason,
    correlationId,
    requestedAt: startedAt,
    progress: isOver
      ? { ...NOT_BEGUN, state: problem === null ? 'cancelled' : 'refused', problem, settledAt: endedAt ?? startedAt }
      : NOT_BEGUN,
  };
};
