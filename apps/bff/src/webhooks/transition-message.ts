import { createHash } from 'node:crypto';
import type { AgentTransitionMessage, WebhookFilter } from '@floorwatch/contracts';
import type { AccessibilityMapping, Activity, AgentProfile, HeldFacts, StreamedTransition } from '@floorwatch/domain';

interface MessageParts {
  /** As it is today; null for an agent who has left. */
  readonly profile: AgentProfile | null;
  readonly accessibility: AccessibilityMapping;
  readonly withNames: boolean;
}

/** Whether a webhook wants to be told. Of an agent who has left neither division nor team is known any more. */
export const isWanted = (
  filter: WebhookFilter,
  transition: StreamedTransition,
  profile: AgentProfile | null,
): boolean => {
  const { fact, before, after, activityBefore, activityAfter } = transition;
  const queues = [...(before.queues?.queueIds ?? []), ...(after.queues?.queueIds ?? [])];
  return (
    asks(filter.kinds, [fact.kind]) &&
    asks(filter.divisions, [profile?.divisionId]) &&
    asks(filter.teams, [profile?.team]) &&
    asks(filter.queues, queues) &&
    asks(filter.activities, [activityBefore, activityAfter])
  );
};

/** An empty list asks nothing. */
const asks = (wanted: readonly string[], found: readonly (string | null | undefined)[]): boolean =>
  wanted.length === 0 || found.some((one) => one !== null && one !== undefined && wanted.includes(one));

/** The same for every webhook and every attempt. No full stop may be in it: it separates what is signed. */
export const messageIdOf = (transitionId: string): string =>
  `msg_${createHash('sha256').update(transitionId).digest('hex').slice(0, 32)}`;

/** What is sent of a transition. */
export const transitionMessage = (
  transition: StreamedTransition,
  { profile, accessibility, withNames }: MessageParts,
): AgentTransitionMessage => {
  const { id, agentId, fact, at, exact, ingestedAt, source } = transition;
  const occurredAt = new Date(at).toISOString();
  const held = (facts: HeldFacts, activity: Activity | null) => ({
    presence: facts.presence && {
      system: facts.presence.presence,
      definitionId: facts.presence.definitionId,
      ...(withNames && { message: facts.presence.message }),
    },
    routing: facts.routing?.routing ?? null,
    work: facts.work?.work ?? null,
    queueIds: facts.queues === null ? null : [...facts.queues.queueIds],
    activity,
    accessibility: activity === null ? null : accessibility[activity],
  });
  return {
    type: 'agent.transition',
    timestamp: occurredAt,
    data: {
      id,
      kind: fact.kind,
      agent: {
        id: agentId,
        ...(withNames && { name: profile?.name ?? null }),
        divisionId: profile?.divisionId ?? null,
        team: profile?.team ?? null,
      },
      previous: held(transition.before, transition.activityBefore),
      current: held(transition.after, transition.activityAfter),
      ...(fact.kind === 'outOfOffice' && { outOfOffice: fact.active }),
      isExact: exact,
      occurredAt,
      ingestedAt: new Date(ingestedAt).toISOString(),
      source,
    },
  };
};
