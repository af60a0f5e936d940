import type { SuggestionList, SuggestionView } from '@floorwatch/contracts';
import {
  covers,
  divisionId,
  scopeOf,
  workKind,
  type AgentRow,
  type Board,
  type Clock,
  type DivisionId,
  type Viewer,
} from '@floorwatch/domain';
import type { SuggestionTable } from '@floorwatch/store';
import type { DirectoryNames } from '../ingest/directory.ts';
import { ApiError } from '../plugins/api-error.ts';
import type { AutomationAudit } from './automation-audit.ts';
import type { Asking } from './automation-desk.ts';
import type { Suggestion, SuggestionWatch } from './suggestion-watch.ts';

const MINUTE_MS = 60_000;

/** How long an occasion that was dismissed for good is kept as such, ms: no break lasts longer. */
const OCCASION_MS = 12 * 60 * MINUTE_MS;

export interface SuggestionDeskOptions {
  readonly board: Board;
  readonly watch: SuggestionWatch;
  readonly table: SuggestionTable;
  readonly names: () => DirectoryNames;
  readonly audit: AutomationAudit;
  readonly clock: Clock;
}

/** What the schedule suggests, as far as somebody may see and change the agents. */
export class SuggestionDesk {
  readonly #options: SuggestionDeskOptions;

  constructor(options: SuggestionDeskOptions) {
    this.#options = options;
  }

  async list(viewer: Viewer): Promise<SuggestionList> {
    const { watch, table, clock } = this.#options;
    const dismissed = await table.dismissedBy(viewer.userId, Math.floor(clock.now()));
    return {
      suggestions: watch
        .suggestions()
        .filter(({ id }) => !dismissed.has(id))
        .flatMap((one) => this.#viewOf(viewer, one)),
      divisions: this.#divisionsOf(viewer),
      roundSeconds: watch.roundMs === null ? null : Math.round(watch.roundMs / 1000),
      problem: watch.problem,
    };
  }

  /** @param minutes null for as long as this occasion lasts */
  async dismiss({ viewer }: Asking, suggestion: string, minutes: number | null): Promise<void> {
    const { watch, table, clock } = this.#options;
    const found = watch.suggestions().find(({ id }) => id === suggestion);
    if (found === undefined || this.#viewOf(viewer, found).length === 0)
      throw new ApiError(404, 'not-found', 'There is no such suggestion any more');
    const now = Math.floor(clock.now());
    await table.forgetBefore(now);
    const until = now + (minutes === null ? OCCASION_MS : minutes * MINUTE_MS);
    await table.dismiss({ userId: viewer.userId, suggestion, until });
  }

  async turn({ viewer, correlationId }: Asking, division: string, isOn: boolean): Promise<void> {
    const { watch, table, audit, names } = this.#options;
    const id = divisionId(division);
    const isThere = names().divisions.some((one) => one.id === division);
    if (!isThere || !this.#isOf(viewer, id)) throw new ApiError(404, 'not-found', 'There is no such division');
    await audit.recordSetting(viewer, { setting: 'suggestions', division, isOn }, correlationId);
    await table.setSwitch(id, isOn);
    await watch.loadSwitches();
  }

  #viewOf(viewer: Viewer, { id, kind, agentId, category, system, at, since }: Suggestion): SuggestionView[] {
    const row = this.#options.board.rowOf(agentId);
    if (row === null || !this.#isOf(viewer, row.profile.divisionId)) return [];
    return [
      {
        id,
        kind,
        agentId,
        agentName: row.profile.name,
        category,
        presence: row.state.presence?.system ?? 'offline',
        isOnContact: row.state.contacts !== null && workKind(row.state.contacts) !== 'none',
        wanted: this.#wanted(row, system),
        since: new Date(since).toISOString(),
        startsAt: at === null ? null : new Date(at).toISOString(),
      },
    ];
  }

  /** The organisation's plain presence of that kind: its own ones say more than the plan does. */
  #wanted({ profile }: AgentRow, system: Suggestion['system']): SuggestionView['wanted'] {
    const fitting = this.#options
      .names()
      .presenceDefinitions.filter((one) => one.isActive && one.system === system)
      .filter((one) => one.divisionId === null || one.divisionId === profile.divisionId);
    const chosen = fitting.find(({ isPrimary }) => isPrimary) ?? fitting[0];
    return chosen === undefined ? null : { definitionId: chosen.id, label: chosen.label, system };
  }

  #divisionsOf(viewer: Viewer): SuggestionList['divisions'] {
    const { names, board, watch } = this.#options;
    const agents = new Map<string, number>();
    for (const { profile } of board.rows())
      if (profile.divisionId !== null) agents.set(profile.divisionId, (agents.get(profile.divisionId) ?? 0) + 1);
    return names()
      .divisions.filter(({ id }) => agents.has(id) && this.#isOf(viewer, divisionId(id)))
      .map(({ id, name }) => ({ id, name, isOn: watch.isOn(divisionId(id)), agents: agents.get(id) ?? 0 }));
  }

  #isOf(viewer: Viewer, division: DivisionId | null): boolean {
    return covers(scopeOf(viewer, 'see-floor'), division) && covers(scopeOf(viewer, 'change-presence'), division);
  }
}
