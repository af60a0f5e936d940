import type { Contact } from '../floor/contact.ts';
import { partIdOf } from '../operations/agent-session.ts';
import type { MediaType } from '../org/queue-profile.ts';
import type { UserProfile } from '../org/user-profile.ts';

/** A contact in an agent's hands, or just gone from them. */
export interface ConversationMoment {
  readonly user: UserProfile;
  readonly contact: Readonly<Contact>;
  /** Virtual instant, ms; null while the agent still has it, after-call work included. */
  readonly endedAt: number | null;
}

/** What the platform calls a medium: at the end of a topic, and where a participant lists the legs of it (API §8.7). */
export const MEDIA_WORDS: Readonly<Record<MediaType, { readonly topic: string; readonly legs: string }>> = {
  call: { topic: 'calls', legs: 'calls' },
  callback: { topic: 'callbacks', legs: 'callbacks' },
  email: { topic: 'emails', legs: 'emails' },
  message: { topic: 'messages', legs: 'messages' },
  chat: { topic: 'chats', legs: 'chats' },
  socialExpression: { topic: 'socialexpressions', legs: 'socialExpressions' },
  video: { topic: 'videos', legs: 'videos' },
};

/** When what happened to the agent's leg, as the platform says it: what has not happened is absent. */
const instantsOf = ({ contact, endedAt }: ConversationMoment) => {
  const { phase, alertedAt, answeredAt, phaseAt } = contact;
  const isAfterCall = phase === 'acw';
  const disconnectedAt = isAfterCall ? phaseAt : endedAt;
  return {
    startTime: isoOf(alertedAt),
    ...(answeredAt !== null && { connectedTime: isoOf(answeredAt) }),
    ...(disconnectedAt !== null && { endTime: isoOf(disconnectedAt) }),
    ...(isAfterCall && { startAcwTime: isoOf(phaseAt) }),
    ...(isAfterCall && endedAt !== null && { endAcwTime: isoOf(endedAt) }),
  };
};

const isoOf = (instant: number): string => new Date(instant).toISOString();

const stateOf = ({ contact: { phase }, endedAt }: ConversationMoment): 'alerting' | 'connected' | 'disconnected' => {
  if (endedAt !== null || phase === 'acw') return 'disconnected';
  return phase === 'active' ? 'connected' : 'alerting';
};

/** The customer of a contact that was not answered is still there: another agent gets the contact. */
const customerOf = (moment: ConversationMoment) => {
  const { contact } = moment;
  const { startTime, endTime } = instantsOf(moment);
  const isGone = contact.answeredAt !== null && endTime !== undefined;
  return {
    id: partIdOf(contact.id, 'customer'),
    purpose: 'customer',
    startTime,
    connectedTime: startTime,
    ...(isGone && { endTime }),
    leg: {
      state: isGone ? 'disconnected' : 'connected',
      direction: 'inbound',
      held: false,
      ...(isGone && { disconnectType: 'endpoint' }),
    },
  };
};

const agentOf = (moment: ConversationMoment) => {
  const { user, contact } = moment;
  const state = stateOf(moment);
  return {
    id: partIdOf(contact.id, 'agent'),
    name: user.name,
    purpose: 'agent',
    wrapupRequired: true,
    wrapupPrompt: 'optional',
    ...instantsOf(moment),
    leg: {
      state,
      direction: 'inbound',
      held: false,
      ...(state === 'disconnected' && { disconnectType: contact.answeredAt === null ? 'transfer.noanswer' : 'peer' }),
    },
  };
};

/** The versions of one medium put the state of the leg, queue and user on the participant itself (API §8.7). */
export const mediaConversationBody = (moment: ConversationMoment): object => {
  const { user, contact } = moment;
  const { leg: customerLeg, ...customer } = customerOf(moment);
  const { leg, ...agent } = agentOf(moment);
  const queue = contact.queueId === null ? {} : { queue: { id: contact.queueId } };
  return {
    id: contact.id,
    participants: [
      { ...customer, ...customerLeg, ...queue },
      { ...agent, ...leg, ...queue, user: { id: user.id, name: user.name }, team: { id: user.team.id } },
    ],
    otherMediaUris: [],
    divisions: [{ division: { id: user.division.id }, entities: [] }],
  };
};

/** The version of all media lists the legs of a participant by medium, and names queue and user by their ids. */
export const conversationBody = (moment: ConversationMoment): object => {
  const { user, contact } = moment;
  const { legs } = MEDIA_WORDS[contact.medium];
  const withLegs = ({ leg, ...participant }: ReturnType<typeof agentOf> | ReturnType<typeof customerOf>): object => ({
    ...participant,
    ...(contact.queueId !== null && { queueId: contact.queueId }),
    [legs]: [{ id: partIdOf(participant.id, 'leg'), ...leg }],
  });
  return {
    id: contact.id,
    participants: [
      withLegs(customerOf(moment)),
      { ...withLegs(agentOf(moment)), userId: user.id, teamId: user.team.id },
    ],
    divisions: [{ division: { id: user.division.id }, entities: [] }],
  };
};
