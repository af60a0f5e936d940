import {
  agentId,
  divisionId,
  MAX_BACK_MINUTES,
  nextOccurrence,
  presenceDefinitionId,
  queueId,
  SUGGESTION_KINDS,
  TIME_OF_DAY,
  WEEKDAYS,
  type AutomationRule,
} from '@floorwatch/domain';
import { z } from 'zod';
import { zone } from './time-range.ts';

const id = z.string().min(1).max(64);

const day = z.iso.date();

const time = z.string().regex(TIME_OF_DAY, 'must be a time of day, for instance 09:30');

const oncePlan = z.object({ kind: z.literal('once'), day, time, zone });

const weeklyPlan = z
  .object({
    kind: z.literal('weekly'),
    weekdays: z
      .array(z.literal(WEEKDAYS))
      .min(1, 'must name a day of the week at least')
      .refine((days) => new Set(days).size === days.length, 'must name a day once'),
    time,
    zone,
    /** The first and the last day it may be; null for no end. */
    from: day,
    until: day.nullable(),
    /** Days on which it is left out. */
    except: z.array(day).max(100),
  })
  .refine(({ from, until }) => until === null || until >= from, {
    path: ['until'],
    error: 'must not lie before `from`',
  })
  .refine((plan) => nextOccurrence(plan, 0) !== null, {
    path: ['weekdays'],
    error: 'have no day between the first and the last',
  });

const start = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned'), plan: z.discriminatedUnion('kind', [oncePlan, weeklyPlan]) }),
  z.object({ kind: z.literal('trigger') }),
  z.object({ kind: z.literal('schedule'), suggestion: z.enum(SUGGESTION_KINDS) }),
]);

/** What a person sets up: when it starts, whom it is about, what it does, and what it insists on. */
export const automationRule = z.object({
  name: z.string().trim().min(1).max(80),
  start,
  targets: z
    .object({
      agentIds: z.array(id).max(500),
      /** By name, as agents carry them. */
      teams: z.array(z.string().min(1).max(200)).max(50),
      divisionIds: z.array(id).max(50),
      queueIds: z.array(id).max(50),
    })
    .refine(
      (targets) => Object.values(targets).some((ids) => ids.length > 0),
      'must name an agent, team, division or queue',
    ),
  wanted: z.object({ definitionId: id, message: z.string().trim().max(500).nullable() }),
  backAfterMinutes: z.int().min(1).max(MAX_BACK_MINUTES).nullable(),
  conditions: z.object({ worstVerdict: z.enum(['allow', 'warn']), onContact: z.enum(['skip', 'wait']) }),
});

export type AutomationRuleSent = z.infer<typeof automationRule>;

/** The same in the words of the domain: strings that came over a checked edge, as ids. */
export const toAutomationRule = ({ targets, wanted, ...rest }: AutomationRuleSent): AutomationRule => ({
  ...rest,
  targets: {
    agentIds: targets.agentIds.map(agentId),
    teams: targets.teams,
    divisionIds: targets.divisionIds.map(divisionId),
    queueIds: targets.queueIds.map(queueId),
  },
  wanted: { definitionId: presenceDefinitionId(wanted.definitionId), message: wanted.message },
});
