import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '@floorwatch/domain';
import { z } from 'zod';
import { exportFormat } from './export.ts';
import { instant, zone } from './time-range.ts';

/** Comma-separated; all where it is left out. */
const listOf = <const Word extends string>(words: readonly Word[]) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words)).min(1))
    .optional();

const id = z.string().min(1).max(64);

const filter = z.object({
  action: listOf(AUDIT_ACTIONS),
  outcome: listOf(AUDIT_OUTCOMES),
  /** Who did it: the platform's user id, or an automation's. */
  actor: id.optional(),
  /** The agent it is about. */
  agent: id.optional(),
  /** `to` is not part of it. */
  from: instant.optional(),
  to: instant.optional(),
  /** Ours: ties the entries of one deed together, and to the log. */
  correlation: z.string().min(1).max(200).optional(),
});

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** As it stands in the audit: an entry that somebody has altered is shown as altered, so its words need not be ours. */
const auditEntry = z.object({
  seq: z.number(),
  at: instant,
  action: z.string(),
  outcome: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  agent: z
    .object({
      id: z.string(),
      /** As it is today; null for somebody who has left. */
      name: z.string().nullable(),
      /** Where the agent was then: a name, or an id that has none any more. */
      division: z.string().nullable(),
    })
    .nullable(),
  before: values.nullable(),
  after: values.nullable(),
  reason: z.string().nullable(),
  correlationId: z.string(),
  platformCorrelationId: z.string().nullable(),
  hash: z.string(),
});

export type AuditEntryView = z.infer<typeof auditEntry>;

/**
 * `GET /api/audit`: who tried what, and what came of it, newest first. Whoever may see the audit in some divisions only is told of
 * the agents that are in them, as far as they were in one of them then.
 */
export const listAudit = {
  path: '/api/audit',
  query: filter.extend({
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z
      .string()
      .regex(/^\d{1,15}$/, 'must be the cursor of an earlier answer')
      .transform(Number)
      .optional(),
  }),
  reply: z.object({
    entries: z.array(auditEntry),
    /** Of all pages; null on those after the first. */
    total: z.int().nonnegative().nullable(),
    /** The next page; null at the end. */
    cursor: z.string().nullable(),
  }),
};

export type AuditList = z.infer<typeof listAudit.reply>;

/** The same entries as a file, whole. */
export const exportAudit = {
  path: '/api/audit/export',
  query: filter.extend({ format: exportFormat, zone: zone.default('UTC') }),
};

export type AuditFilterAsked = z.infer<typeof filter>;

/** `GET /api/audit/verify`: whether the whole chain holds together. Walked again once a minute at most. */
export const verifyAudit = {
  path: '/api/audit/verify',
  reply: z.object({
    verifiedAt: instant,
    /** How many hold together, from the first on. */
    entries: z.int().nonnegative(),
    /** The last of them, `1234:<hash>`: to be noted down, so that a later cut is noticed. */
    head: z.string(),
    broken: z.object({ seq: z.number(), reason: z.string() }).nullable(),
  }),
};

export type AuditVerification = z.infer<typeof verifyAudit.reply>;
