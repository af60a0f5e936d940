import {
  BACK_STATES,
  MAX_AGENTS_PER_RUN,
  OUTCOME_STATES,
  PAUSE_CAUSES,
  RUN_CAUSES,
  RUN_STATES,
  VERDICTS,
} from '@floorwatch/domain';
import { z } from 'zod';
import { automationRule } from './automation-rule.ts';

const params = z.object({ id: z.uuid() });

const automationRun = z.object({
  id: z.uuid(),
  cause: z.enum(RUN_CAUSES),
  state: z.enum(RUN_STATES),
  /** Why it was missed, refused or interrupted; null otherwise. */
  reason: z.string().nullable(),
  /** When it was to be, and when it was. */
  dueAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** How many agents of the viewer's ended how. */
  counts: z.partialRecord(z.enum(OUTCOME_STATES), z.int().positive()),
  /** How many are to be put back yet. */
  backDue: z.int().nonnegative(),
});

export type AutomationRunView = z.infer<typeof automationRun>;

/** A rule as it is kept. What the schema of a rule sent says in addition held when it was sent. */
const automation = z.object({
  id: z.uuid(),
  /** One more with each change: to be sent back with a change, so that nobody's is overwritten unseen. */
  revision: z.int().positive(),
  rule: automationRule,
  /** The rule in one sentence. */
  words: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }),
  /** Null while it is active. */
  paused: z.object({ cause: z.enum(PAUSE_CAUSES), reason: z.string(), at: z.iso.datetime() }).nullable(),
  /** The next time it comes due; null where it never does by itself, or not any more. */
  nextAt: z.iso.datetime().nullable(),
  lastRun: automationRun.nullable(),
  /** What the viewer may do with it: its owner everything, an administrator all but change it. */
  may: z.object({ change: z.boolean(), control: z.boolean() }),
});

export type AutomationView = z.infer<typeof automation>;

/** `GET /api/automations`: one's own; an administrator's answer has everybody's in the divisions that are theirs to manage. */
export const listAutomations = {
  path: '/api/automations',
  reply: z.object({ automations: z.array(automation) }),
};

/** Automations one person may have. */
export const MAX_AUTOMATIONS = 100;

/** `POST /api/automations`: 201. It acts within the divisions in which its maker may change presences, then and later. */
export const createAutomation = { path: '/api/automations', body: automationRule, reply: automation };

export const getAutomation = { path: '/api/automations/:id', params, reply: automation };

/** `PUT /api/automations/:id`: by its owner alone. 412 `version-conflict` where somebody was faster. */
export const changeAutomation = {
  path: '/api/automations/:id',
  params,
  body: z.object({ revision: z.int().positive(), rule: automationRule }),
  reply: automation,
};

/** `DELETE /api/automations/:id`: 204. Its runs end; agents that are to be put back still are. */
export const deleteAutomation = { path: '/api/automations/:id', params };

/** `POST /api/automations/:id/pause` and `/resume`: what would have come due in between is not made up for. */
export const pauseAutomation = { path: '/api/automations/:id/pause', params, reply: automation };
export const resumeAutomation = { path: '/api/automations/:id/resume', params, reply: automation };

/** What would become of one agent. */
export const PREVIEW_FATES = ['change', 'nothing-changes', 'skip', 'wait', 'refuse'] as const;

/** Agents whose schedule a preview looks at: a call of the platform for each hundred. */
export const MAX_PREVIEW_AGENTS = MAX_AGENTS_PER_RUN;

/** `POST /api/automations/preview`: whom a rule would reach as things stand now, and what would become of each. Changes nothing. */
export const previewAutomation = {
  path: '/api/automations/preview',
  body: automationRule,
  reply: z.object({
    words: z.string(),
    /** The next times it comes due, five at most. */
    nextAt: z.array(z.iso.datetime()),
    /** How many it reaches; above `MAX_AGENTS_PER_RUN` a run is refused. */
    reached: z.int().nonnegative(),
    /** Named by the rule, and outside what the viewer may change. */
    outOfReach: z.int().nonnegative(),
    agents: z.array(
      z.object({
        agentId: z.string(),
        name: z.string(),
        /** What is there now, in the organisation's word; null where the platform knows of none. */
        current: z.string().nullable(),
        isOnContact: z.boolean(),
        /** What the schedule says; null where there is nobody to judge for. */
        verdict: z.object({ verdict: z.enum(VERDICTS), reason: z.string() }).nullable(),
        fate: z.enum(PREVIEW_FATES),
        /** One sentence for a person. */
        reason: z.string(),
      }),
    ),
  }),
};

export type AutomationPreview = z.infer<typeof previewAutomation.reply>;

const page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^[\w:.-]{1,120}$/, 'must be the cursor of an earlier answer')
    .optional(),
});

/** `GET /api/automations/:id/runs`: newest first. */
export const listAutomationRuns = {
  path: '/api/automations/:id/runs',
  params,
  query: page,
  reply: z.object({ runs: z.array(automationRun), cursor: z.string().nullable() }),
};

const automationOutcome = z.object({
  agentId: z.string(),
  /** As it is today; null for somebody who has left. */
  name: z.string().nullable(),
  state: z.enum(OUTCOME_STATES),
  /** Why it is so; null where the state says all. */
  reason: z.string().nullable(),
  at: z.iso.datetime(),
  back: z.object({
    state: z.enum(BACK_STATES),
    at: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
  }),
});

export type AutomationOutcomeView = z.infer<typeof automationOutcome>;

/** `GET /api/automations/:id/runs/:runId`: what came of each agent whom the viewer may see, page by page. */
export const getAutomationRun = {
  path: '/api/automations/:id/runs/:runId',
  params: params.extend({ runId: z.uuid() }),
  query: page,
  reply: z.object({ run: automationRun, outcomes: z.array(automationOutcome), cursor: z.string().nullable() }),
};

export type AutomationRunPage = z.infer<typeof getAutomationRun.reply>;

/**
 * `POST /api/automations/:id/trigger`: starts one that is set up to be triggered, now, for all it reaches or for some of them. 202 with
 * the run. Takes an API key with the scope `automations:trigger`, and reaches no farther than the key's divisions; `Idempotency-Key` is
 * a name for this try: the same key again answers with the same run. 404 for one that no trigger starts · 409 `automation-paused` ·
 * 422 `idempotency-conflict`: it was used for other agents.
 */
export const triggerAutomation = {
  path: '/api/automations/:id/trigger',
  params,
  body: z.object({
    agents: z.array(z.string().trim().min(1).max(254)).min(1).max(MAX_AGENTS_PER_RUN).nullable().default(null),
  }),
  reply: automationRun.pick({ id: true, state: true, reason: true, dueAt: true }).extend({
    /** How many agents it is about. */
    agents: z.int().nonnegative(),
    /** Named, and not among those it reaches: nothing is done to them. */
    notReached: z.array(z.string()),
  }),
};
