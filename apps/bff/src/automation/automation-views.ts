import type { AutomationOutcomeView, AutomationRunView, AutomationView } from '@floorwatch/contracts';
import {
  covers,
  nextOccurrence,
  scopeOf,
  tellRule,
  type AgentId,
  type AutomationRule,
  type Board,
  type Clock,
  type Viewer,
} from '@floorwatch/domain';
import type { RunCounts, StoredAutomation, StoredOutcome, StoredRun } from '@floorwatch/store';
import type { DirectoryNames } from '../ingest/directory.ts';
import type { OwnerBook } from './owner-book.ts';

const NO_COUNTS: RunCounts = { states: {}, backDue: 0 };

const iso = (at: number): string => new Date(at).toISOString();

export interface AutomationViewsOptions {
  readonly board: Board;
  readonly names: () => DirectoryNames;
  readonly owners: OwnerBook;
  readonly clock: Clock;
}

/** Automations and runs as they are told to somebody, with the names of today. */
export class AutomationViews {
  readonly #options: AutomationViewsOptions;

  constructor(options: AutomationViewsOptions) {
    this.#options = options;
  }

  /** The owner may do everything; who manages every division it acts in may all but change it. */
  mayOf(viewer: Viewer, { ownerId }: StoredAutomation): AutomationView['may'] & { readonly see: boolean } {
    const isOwner = viewer.userId === ownerId;
    const managed = scopeOf(viewer, 'manage');
    const acts = this.#options.owners.scopeOf(ownerId);
    const isManaged =
      managed === 'all' ||
      (managed !== null && acts !== null && acts !== 'all' && [...acts].every((id) => managed.has(id)));
    return { see: isOwner || isManaged, change: isOwner, control: isOwner || isManaged };
  }

  /** The rule in one sentence. Agents whom the viewer may not see are not named. */
  wordsOf({ start, targets, wanted, backAfterMinutes, conditions }: AutomationRule, viewer: Viewer): string {
    const { names, board } = this.#options;
    const { divisions, queues, presenceDefinitions } = names();
    const seen = scopeOf(viewer, 'see-floor');
    const nameOf = (list: readonly { id: string; name: string }[], id: string, kind: string): string =>
      list.find((one) => one.id === id)?.name ?? `a ${kind} that is not there any more`;
    const agentName = (id: AgentId): string => {
      const profile = board.rowOf(id)?.profile;
      return profile !== undefined && covers(seen, profile.divisionId)
        ? profile.name
        : 'somebody who is not here any more';
    };
    const whom = [
      ...targets.teams.map((team) => (/^team\b/i.test(team) ? team : `Team ${team}`)),
      ...targets.divisionIds.map((id) => nameOf(divisions, id, 'division')),
      ...targets.queueIds.map((id) => nameOf(queues, id, 'queue')),
      ...targets.agentIds.map(agentName),
    ];
    const presence = presenceDefinitions.find(({ id }) => id === wanted.definitionId)?.label ?? null;
    return tellRule({ start, whom, presence, backAfterMinutes, conditions });
  }

  automation(
    automation: StoredAutomation,
    { viewer, last }: { readonly viewer: Viewer; readonly last: AutomationRunView | null },
  ): AutomationView {
    const { owners, clock } = this.#options;
    const { id, revision, rule, ownerId, paused } = automation;
    const { start } = rule;
    const next = start.kind === 'planned' && paused === null ? nextOccurrence(start.plan, clock.now()) : null;
    const { change, control } = this.mayOf(viewer, automation);
    return {
      id,
      revision,
      rule: toSent(rule),
      words: this.wordsOf(rule, viewer),
      owner: { id: ownerId, name: owners.of(ownerId)?.name ?? ownerId },
      paused: paused && { cause: paused.cause, reason: paused.reason, at: iso(paused.at) },
      nextAt: next && iso(next.at),
      lastRun: last,
      may: { change, control },
    };
  }

  run(run: StoredRun, { states, backDue }: RunCounts = NO_COUNTS): AutomationRunView {
    const { id, cause, state, reason, dueAt, startedAt, endedAt } = run;
    return {
      id,
      cause,
      state,
      reason,
      dueAt: iso(dueAt),
      startedAt: iso(startedAt),
      endedAt: endedAt === null ? null : iso(endedAt),
      counts: states,
      backDue,
    };
  }

  outcome({ agentId, state, reason, at, back }: StoredOutcome): AutomationOutcomeView {
    return {
      agentId,
      name: this.#options.board.rowOf(agentId)?.profile.name ?? null,
      state,
      reason,
      at: iso(at),
      back: { state: back.state, at: back.at === null ? null : iso(back.at), reason: back.reason },
    };
  }

  /** The agents a viewer may see; null for all. */
  among(viewer: Viewer): AgentId[] | null {
    const seen = scopeOf(viewer, 'see-floor');
    if (seen === 'all') return null;
    return [...this.#options.board.rows()]
      .filter(({ profile }) => covers(seen, profile.divisionId))
      .map(({ profile }) => profile.id);
  }
}

/** As it is sent: lists that may be written to, because the schema says so. */
const toSent = ({ start, targets, ...rest }: AutomationRule): AutomationView['rule'] => ({
  ...rest,
  start:
    start.kind === 'planned' && start.plan.kind === 'weekly'
      ? { ...start, plan: { ...start.plan, weekdays: [...start.plan.weekdays], except: [...start.plan.except] } }
      : (start as AutomationView['rule']['start']),
  targets: {
    agentIds: [...targets.agentIds],
    teams: [...targets.teams],
    divisionIds: [...targets.divisionIds],
    queueIds: [...targets.queueIds],
  },
});
