import { divisionId, type AutomationRule, type DivisionScope, type PauseCause } from '@floorwatch/domain';

/** Why an automation stands still. */
export interface StoredPause {
  readonly cause: PauseCause;
  /** In words for a person. */
  readonly reason: string;
  readonly at: number;
}

/** An automation as it outlives a run. Instants are ms on our clock. */
export interface StoredAutomation {
  readonly id: string;
  /** One more with each change of the rule. */
  readonly revision: number;
  readonly rule: AutomationRule;
  readonly ownerId: string;
  readonly createdAt: number;
  readonly paused: StoredPause | null;
  /** What was due up to here has been dealt with. */
  readonly lookedUpTo: number;
}

/** Whoever has made automations, with the rights as they were last known. */
export interface StoredOwner {
  readonly userId: string;
  readonly name: string;
  /** Where this person may change presences; null for nowhere. */
  readonly mayChange: DivisionScope | null;
  /** When the rights were read. */
  readonly seenAt: number;
}

export interface AutomationRow {
  readonly id: string;
  readonly revision: number;
  /** JSON. */
  readonly rule: string;
  readonly owner_id: string;
  readonly created_at: number;
  readonly paused_cause: string | null;
  readonly paused_reason: string | null;
  readonly paused_at: number | null;
  readonly looked_up_to: number;
  readonly deleted_at: number | null;
}

export interface AutomationOwnerRow {
  readonly user_id: string;
  readonly name: string;
  /** JSON: `"all"`, ids of divisions, or null. */
  readonly may_change: string;
  readonly seen_at: number;
}

export const toAutomationRow = (automation: StoredAutomation): AutomationRow => ({
  id: automation.id,
  revision: automation.revision,
  rule: JSON.stringify(automation.rule),
  owner_id: automation.ownerId,
  created_at: automation.createdAt,
  ...pauseColumns(automation.paused),
  looked_up_to: automation.lookedUpTo,
  deleted_at: null,
});

export const pauseColumns = (paused: StoredPause | null) => ({
  paused_cause: paused?.cause ?? null,
  paused_reason: paused?.reason ?? null,
  paused_at: paused?.at ?? null,
});

export const fromAutomationRow = (row: AutomationRow): StoredAutomation => ({
  id: row.id,
  revision: row.revision,
  rule: JSON.parse(row.rule) as AutomationRule,
  ownerId: row.owner_id,
  createdAt: row.created_at,
  paused:
    row.paused_cause === null
      ? null
      : { cause: row.paused_cause as PauseCause, reason: row.paused_reason ?? '', at: row.paused_at ?? 0 },
  lookedUpTo: row.looked_up_to,
});

export const toOwnerRow = ({ userId, name, mayChange, seenAt }: StoredOwner): AutomationOwnerRow => ({
  user_id: userId,
  name,
  may_change: JSON.stringify(mayChange === null || mayChange === 'all' ? mayChange : [...mayChange]),
  seen_at: seenAt,
});

export const fromOwnerRow = (row: AutomationOwnerRow): StoredOwner => {
  const scope = JSON.parse(row.may_change) as 'all' | string[] | null;
  return {
    userId: row.user_id,
    name: row.name,
    mayChange: Array.isArray(scope) ? new Set(scope.map(divisionId)) : scope,
    seenAt: row.seen_at,
  };
};
