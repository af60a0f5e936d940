import type { Contact } from '../floor/contact.ts';
import type { MediaType } from '../org/queue-profile.ts';
import { Random } from '../time/random.ts';
import type { World } from '../server/world.ts';
import { isoOf } from './interval.ts';

/** Media as analytics spells them; social media are messages there. */
const MEDIA_TYPES: Readonly<Record<MediaType, string>> = {
  call: 'voice',
  callback: 'callback',
  email: 'email',
  message: 'message',
  chat: 'chat',
  socialExpression: 'message',
  video: 'video',
};

/** What stage of a conversation a phase of a contact is (API §11). */
const SEGMENT_TYPES: Readonly<Record<Contact['phase'], string>> = {
  waiting: 'delay',
  alerting: 'alert',
  active: 'interact',
  acw: 'wrapup',
};

/** A part of a conversation has an id of its own, always the same one. */
export const partIdOf = (conversationId: string, part: string): string =>
  new Random(`${conversationId}/${part}`).uuid();

export const mediaTypeOf = ({ medium }: Contact): string => MEDIA_TYPES[medium];

export const segmentTypeOf = ({ phase }: Contact): string => SEGMENT_TYPES[phase];

/** A conversation in an agent's hands, as real-time analytics shows it (API §9.4). */
export const sessionEntity = (contact: Contact) => ({
  conversationId: contact.id,
  sessionId: partIdOf(contact.id, 'session'),
  sessionStart: isoOf(contact.alertedAt),
  segmentStart: isoOf(contact.phaseAt),
  segmentType: segmentTypeOf(contact),
  ...(contact.queueId !== null && { routedQueueId: contact.queueId }),
  originatingDirection: 'inbound',
  mediaType: mediaTypeOf(contact),
});

export type AgentSession = ReturnType<typeof sessionEntity>;

export const sessionsOf = ({ engine }: World, userId: string): AgentSession[] =>
  engine.contactsOf(userId).map(sessionEntity);
