import type { AuditActor, AuditOutcome, AuditValues, Viewer } from '@floorwatch/domain';
import { tellStart } from '@floorwatch/domain';
import type { StoredAutomation, StoredRun } from '@floorwatch/store';
import { actorOf } from '../audit/actor.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';

/** What an automation is told as: the rule that did it. */
export const actorOfAutomation = ({ id, rule }: StoredAutomation): AuditActor => ({
  kind: 'automation',
  id,
  name: rule.name,
});

interface RunFigures {
  readonly outcome: AuditOutcome;
  readonly agents: number;
  readonly counts?: AuditValues;
}

/** Somebody, or Floorwatch itself, changed what was set up. */
export interface RuleDeed {
  /** Null for Floorwatch itself. */
  readonly viewer: Viewer | null;
  readonly before: StoredAutomation | null;
  readonly after: StoredAutomation | null;
  readonly reason: string | null;
  readonly correlationId: string;
}

/** Writes what automations are and do into the audit. Each change of an agent stands there by itself, as of every change. */
export class AutomationAudit {
  readonly #trail: AuditTrail;

  constructor(trail: AuditTrail) {
    this.#trail = trail;
  }

  /** @throws ApiError `audit-unavailable`: nothing may be done then */
  async recordRun(automation: StoredAutomation, run: StoredRun, figures: RunFigures): Promise<void> {
    await this.#trail.record(runDeed(automation, run, figures));
  }

  async noteRun(automation: StoredAutomation, run: StoredRun, figures: RunFigures): Promise<void> {
    await this.#trail.note(runDeed(automation, run, figures));
  }

  /** @throws ApiError `audit-unavailable`: nothing may be changed then */
  async recordChange({ viewer, before, after, reason, correlationId }: RuleDeed): Promise<void> {
    await this.#trail.record({
      action: 'automation-change',
      outcome: 'accepted',
      actor: viewer === null ? { kind: 'system', id: null, name: null } : actorOf(viewer),
      target: null,
      before: before === null ? null : valuesOf(before),
      after: after === null ? null : valuesOf(after),
      reason,
      correlationId,
      platformCorrelationId: null,
    });
  }

  /** @throws ApiError `audit-unavailable` */
  async recordSetting(viewer: Viewer, after: AuditValues, correlationId: string): Promise<void> {
    await this.#trail.record({
      action: 'settings-change',
      outcome: 'accepted',
      actor: actorOf(viewer),
      target: null,
      before: null,
      after,
      reason: null,
      correlationId,
      platformCorrelationId: null,
    });
  }
}

const runDeed = (automation: StoredAutomation, run: StoredRun, { outcome, agents, counts }: RunFigures) => ({
  action: 'automation-run' as const,
  outcome,
  actor: actorOfAutomation(automation),
  target: null,
  before: null,
  after: {
    automation: automation.id,
    run: run.id,
    cause: run.cause,
    due: new Date(run.dueAt).toISOString(),
    agents,
    ...counts,
  },
  reason: run.reason,
  correlationId: run.id,
  platformCorrelationId: null,
});

/** Ids, not names: what is told of people is for those who may see them. */
const valuesOf = ({ id, rule, paused }: StoredAutomation): AuditValues => ({
  automation: id,
  name: rule.name,
  start: tellStart(rule.start),
  agents: rule.targets.agentIds.join(', ') || null,
  teams: rule.targets.teams.join(', ') || null,
  divisions: rule.targets.divisionIds.join(', ') || null,
  queues: rule.targets.queueIds.join(', ') || null,
  presence: rule.wanted.definitionId,
  message: rule.wanted.message,
  backAfterMinutes: rule.backAfterMinutes,
  worstVerdict: rule.conditions.worstVerdict,
  onContact: rule.conditions.onContact,
  paused: paused === null ? false : paused.reason,
});
