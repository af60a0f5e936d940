import type { AuditActor, AuditOutcome, DivisionId, PresenceHold } from '@floorwatch/domain';
import type { AuditTrail, Deed } from '../audit/audit-trail.ts';

interface Told {
  readonly outcome: AuditOutcome;
  readonly by: AuditActor;
  /** Where the agent is. */
  readonly divisionId: DivisionId | null;
  readonly reason?: string;
}

/** A hold as the audit tells of it. What it sets stands there as changes of their own, under the same correlation id. */
const holdDeed = (hold: PresenceHold, { outcome, by, divisionId, reason }: Told): Deed => ({
  action: 'presence-hold',
  outcome,
  actor: by,
  target: { agentId: hold.agentId, divisionId },
  before: null,
  after: {
    hold: hold.id,
    presence: hold.wanted.system,
    definitionId: hold.wanted.definitionId,
    label: hold.wanted.label,
    message: hold.wanted.message,
    until: hold.endsAt,
    reasserted: hold.reasserted,
    ended: hold.ended?.why ?? null,
  },
  reason: reason ?? hold.ended?.reason ?? hold.overrideReason,
  correlationId: hold.correlationId,
  platformCorrelationId: null,
});

/** Before the deed. @throws ApiError `audit-unavailable` */
export const recordHold = async (trail: AuditTrail, hold: PresenceHold, told: Told): Promise<void> => {
  await trail.record(holdDeed(hold, told));
};

/** After the deed. */
export const noteHold = (trail: AuditTrail, hold: PresenceHold, told: Told): Promise<void> =>
  trail.note(holdDeed(hold, told));
