import {
  MAX_PREVIEW_AGENTS,
  toAutomationRule,
  type AutomationPreview,
  type AutomationRuleSent,
} from '@floorwatch/contracts';
import {
  covers,
  isTargeted,
  nextOccurrence,
  scopeOf,
  type AgentRow,
  type Board,
  type Clock,
  type AutomationRule,
} from '@floorwatch/domain';
import type { Asker } from '../presence-change/change-order.ts';
import type { ChangePreview } from '../presence-change/change-preview.ts';
import type { DirectoryNames } from '../ingest/directory.ts';
import { fateOf, type Fate } from './agent-turn.ts';
import type { AutomationViews } from './automation-views.ts';
import type { AutomationWay } from './automation-way.ts';

/** What the way to the platform looks at together. */
const PER_LOOK = 100;

const NEXT_TOLD = 5;

export interface AutomationPreviewerOptions {
  readonly board: Board;
  readonly way: AutomationWay;
  readonly views: AutomationViews;
  readonly clock: Clock;
  readonly names: () => DirectoryNames;
}

type PreviewedAgent = AutomationPreview['agents'][number];

/** Says what a rule would do as things stand now. Changes nothing. */
export class AutomationPreviewer {
  readonly #options: AutomationPreviewerOptions;

  constructor(options: AutomationPreviewerOptions) {
    this.#options = options;
  }

  /** @throws GenesysError where the platform cannot be asked */
  async preview(
    asker: Asker & { readonly viewer: NonNullable<Asker['viewer']> },
    sent: AutomationRuleSent,
  ): Promise<AutomationPreview> {
    const { board, views } = this.#options;
    const rule = toAutomationRule(sent);
    const scope = scopeOf(asker.viewer, 'change-presence');
    const seen = scopeOf(asker.viewer, 'see-floor');
    const meant = [...board.rows()].filter((row) => isTargeted(rule.targets, row));
    const reached = meant.filter(({ profile }) => covers(scope, profile.divisionId));
    const visible = meant.filter(({ profile }) => covers(seen, profile.divisionId));
    const looked = reached.filter((row) => visible.includes(row)).slice(0, MAX_PREVIEW_AGENTS);
    return {
      words: views.wordsOf(rule, asker.viewer),
      nextAt: this.#nextTimes(rule.start),
      reached: reached.length,
      outOfReach: visible.length - reached.length,
      agents: await this.#agents(asker, rule, looked),
    };
  }

  async #agents(asker: Asker, rule: AutomationRule, rows: readonly AgentRow[]): Promise<PreviewedAgent[]> {
    const agents: PreviewedAgent[] = [];
    for (let first = 0; first < rows.length; first += PER_LOOK) {
      const part = rows.slice(first, first + PER_LOOK);
      const ids = part.map(({ profile }) => profile.id);
      const previews = await this.#options.way.previews(asker, ids, rule.wanted);
      for (const { profile } of part) {
        const preview = previews.find(({ agentId }) => agentId === profile.id);
        if (preview === undefined) continue;
        agents.push(this.#tell(profile.name, preview, fateOf(rule.conditions, preview)));
      }
    }
    return agents;
  }

  #tell(
    name: string,
    { agentId, isOnContact, current, verdict }: ChangePreview,
    { kind, reason }: Fate,
  ): PreviewedAgent {
    const definition = this.#options.names().presenceDefinitions.find(({ id }) => id === current?.definitionId);
    return {
      agentId,
      name,
      current: current && (definition?.label ?? current.system),
      isOnContact,
      verdict: verdict && { verdict: verdict.verdict, reason: verdict.reason },
      fate: kind,
      reason,
    };
  }

  #nextTimes(start: AutomationRule['start']): string[] {
    if (start.kind !== 'planned') return [];
    const times: string[] = [];
    for (
      let next = nextOccurrence(start.plan, this.#options.clock.now());
      next !== null && times.length < NEXT_TOLD;
      next = nextOccurrence(start.plan, next.at)
    )
      times.push(new Date(next.at).toISOString());
    return times;
  }
}
