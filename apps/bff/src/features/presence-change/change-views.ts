import {
  errorCode,
  type PresenceChangePreview,
  type PresenceChangeView,
  type PresenceThere,
} from '@floorwatch/contracts';
import {
  agentId,
  covers,
  scopeOf,
  type AuditActor,
  type Board,
  type ChangeRecord,
  type Clock,
  type Presence,
  type ScheduleVerdict,
  type SetBy,
  type Viewer,
} from '@floorwatch/domain';
import type { ApiError } from '../../plugins/api-error.ts';
import type { ChangePreview } from '../../presence-change/change-preview.ts';
import type { ChangeRules } from '../../presence-change/change-rules.ts';
import { presenceEtag } from '../../presence-change/presence-etag.ts';
import { apiErrorOf } from '../../presence-change/refusal.ts';
import { UNDO_MS, undoOf } from '../../presence-change/undo-of.ts';
import type { WhoSet } from '../../presence-change/who-set.ts';

export interface ChangeViewsOptions {
  readonly board: Board;
  readonly rules: Pick<ChangeRules, 'labelOf'>;
  readonly whoSet: Pick<WhoSet, 'of' | 'ofOurs'>;
  readonly clock: Clock;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Tells of changes and presences as one viewer may hear of them. */
export class ChangeViews {
  readonly #options: ChangeViewsOptions;

  constructor(options: ChangeViewsOptions) {
    this.#options = options;
  }

  /** @throws StoreUnavailable */
  async change(record: ChangeRecord, viewer: Viewer): Promise<PresenceChangeView> {
    const { id, kind, cause, wanted, actor, progress, correlationId, requestedAt } = record;
    const { state, before, now, replaced, problem, acceptedAt, settledAt } = progress;
    const there = (presence: Presence | null) => this.there(record.agentId, presence, viewer);
    const setBefore = before === null ? null : this.#options.whoSet.ofOurs(record.agentId, before);
    const isUndoable = undoOf(record, this.#options.clock.now()) !== null && acceptedAt !== null;
    return {
      id,
      agentId: record.agentId,
      kind,
      cause,
      state,
      wanted,
      before: before === null || setBefore === null ? null : this.#told(before, await setBefore, viewer),
      now: await there(now),
      replaced: await there(replaced),
      problem: problem === null ? null : { code: errorCode.parse(problem.code), message: problem.message },
      requestedAt: iso(requestedAt),
      settledAt: settledAt === null ? null : iso(settledAt),
      undoableUntil: isUndoable ? iso(acceptedAt + UNDO_MS) : null,
      by: this.by(actor, viewer),
      correlationId,
    };
  }

  /** Whoever asked for something. */
  by(actor: AuditActor, viewer: Viewer): PresenceChangeView['by'] {
    return { kind: actor.kind === 'anonymous' ? 'system' : actor.kind, name: this.#nameFor(viewer, actor) };
  }

  /** A presence, and who set it. @throws StoreUnavailable */
  async there(
    agent: ChangeRecord['agentId'],
    presence: Presence | null,
    viewer: Viewer,
  ): Promise<PresenceThere | null> {
    return presence === null ? null : this.#told(presence, await this.#options.whoSet.of(agent, presence), viewer);
  }

  #told(presence: Presence, setBy: SetBy, viewer: Viewer): PresenceThere {
    const { system, definitionId, message, since } = presence;
    return {
      system,
      definitionId,
      label: this.#options.rules.labelOf(definitionId, system),
      message,
      since: { at: iso(since.at), exact: since.exact },
      setBy: { kind: setBy.kind, name: this.#nameFor(viewer, setBy) },
      etag: presenceEtag(presence),
    };
  }

  /** How the API answers a change that was refused, of which nothing was done; null for any other. @throws StoreUnavailable */
  async errorOf({ agentId: agent, progress }: ChangeRecord, viewer: Viewer): Promise<ApiError | null> {
    const { state, problem, now } = progress;
    if (state !== 'refused' || problem === null) return null;
    const said = { code: errorCode.parse(problem.code), message: problem.message };
    return apiErrorOf(said, now === null ? undefined : await this.there(agent, now, viewer));
  }

  /** @throws StoreUnavailable */
  async preview(preview: ChangePreview, viewer: Viewer): Promise<PresenceChangePreview> {
    const { agentId: id, current, etag, routing, isOnContact, verdict, effects, obstacles, mayOverride } = preview;
    return {
      etag: etag ?? '',
      current: await this.there(id, current, viewer),
      routing,
      isOnContact,
      verdict: verdictView(verdict),
      effects: [...effects],
      obstacles: [...obstacles],
      mayOverride,
    };
  }

  /** Automations may be named to everybody, people only where they may be seen. */
  #nameFor(viewer: Viewer, { kind, id, name }: Pick<SetBy, 'id' | 'name'> & { readonly kind: string }): string | null {
    if (kind === 'automation' || id === null || id === viewer.userId) return name;
    const row = this.#options.board.rowOf(agentId(id));
    return row !== null && covers(scopeOf(viewer, 'see-floor'), row.profile.divisionId) ? name : null;
  }
}

const verdictView = (verdict: ScheduleVerdict | null): PresenceChangePreview['verdict'] =>
  verdict === null
    ? {
        verdict: 'unknown',
        reason: 'There is nothing to judge',
        scheduled: null,
        next: null,
        effective: 'allow',
        unknownPolicy: null,
      }
    : {
        ...verdict,
        next: verdict.next === null ? null : { category: verdict.next.category, at: iso(verdict.next.at) },
      };
