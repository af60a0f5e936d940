import { agentId, queueId, type AgentId, type AgentObservation } from '@floorwatch/domain';
import { parseJson } from '../http/parse-json.ts';
import { toChangedCounts } from '../mapping/contact-counts.ts';
import { toInstantMs } from '../mapping/instant.ts';
import { toPresence } from '../mapping/presence.ts';
import { readLeniently } from '../mapping/read-leniently.ts';
import { toRoutingStatus } from '../mapping/routing-status.ts';
import type { Oddities } from '../oddities.ts';
import { activityEvent } from '../wire/activity-event.ts';
import { conversationSummary } from '../wire/conversation-summary.ts';
import { notificationFrame, systemMessage } from '../wire/notification-frame.ts';
import { outOfOffice } from '../wire/out-of-office.ts';
import { routingStatusEvent } from '../wire/routing-status.ts';
import { userPresence, type UserPresence } from '../wire/user-presence.ts';

/** What a frame of a notification socket says to us. */
export type Decoded =
  | { readonly kind: 'observation'; readonly observation: AgentObservation }
  /** Heartbeat, pong, or something without meaning for us: it only shows that the socket lives. */
  | { readonly kind: 'sign-of-life' }
  /** The platform will close the socket, for maintenance, within about a minute. */
  | { readonly kind: 'socket-closing' }
  /** The channel serves us no more: another socket took it, or its token was revoked. */
  | { readonly kind: 'channel-lost'; readonly reason: string };

interface DecodeContext {
  /** When the frame arrived, our clock, ms. */
  readonly receivedAt: number;
  /** Takes note of an instant the platform stated; called before `platformNow`. */
  readonly learnInstant: (platformInstant: number) => void;
  /** The platform's clock, ms. */
  readonly platformNow: () => number;
  readonly oddities: Oddities;
}

type Parts = Partial<Omit<AgentObservation, 'agentId' | 'observedAt' | 'platformNow' | 'kind'>>;

const SIGN_OF_LIFE: Decoded = { kind: 'sign-of-life' };

/** Reads a frame (API §8.4–8.7). Never throws: what cannot be read is noted with its topic and counts as a sign of life. */
export const decodeFrame = (text: string, context: DecodeContext): Decoded => {
  const frame = notificationFrame.safeParse(parseJson(text));
  if (!frame.success) {
    context.oddities.note('frame: malformed');
    return SIGN_OF_LIFE;
  }
  const { topicName, eventBody } = frame.data;
  if (topicName === 'channel.metadata') return SIGN_OF_LIFE;
  if (topicName.startsWith('v2.system.')) return decodeSystemMessage(topicName, eventBody, context);
  const [, id, suffix] = /^v2\.users\.([^.?]+)\.(.+)$/.exec(topicName) ?? [];
  const read = suffix === undefined ? undefined : USER_TOPICS[suffix.toLowerCase()];
  if (id === undefined || read === undefined) {
    context.oddities.note(`topic: ${toTemplate(topicName)}`);
    return SIGN_OF_LIFE;
  }
  return toObservation(agentId(id), read(eventBody, context), context);
};

const decodeSystemMessage = (topicName: string, body: unknown, { oddities }: DecodeContext): Decoded => {
  const message = systemMessage.safeParse(body).data;
  if (topicName === 'v2.system.socket_closing') return { kind: 'socket-closing' };
  if (topicName.startsWith('v2.system.no_longer_subscribed'))
    return {
      kind: 'channel-lost',
      reason: `another socket took the channel (${message?.reason ?? 'no reason given'})`,
    };
  if (topicName.startsWith('v2.system.token_revoked'))
    return { kind: 'channel-lost', reason: 'the access token was revoked' };
  oddities.note(`topic: ${toTemplate(topicName)}`);
  return SIGN_OF_LIFE;
};

const toObservation = (id: AgentId, parts: Parts, context: DecodeContext): Decoded => {
  for (const since of [parts.presence?.since, parts.routing?.since]) if (since?.exact) context.learnInstant(since.at);
  if (Object.keys(parts).length === 0) return SIGN_OF_LIFE;
  const { receivedAt: observedAt } = context;
  const observation = { agentId: id, kind: 'event', observedAt, platformNow: context.platformNow(), ...parts } as const;
  return { kind: 'observation', observation };
};

const readActivity = (body: unknown, context: DecodeContext): Parts => {
  const { oddities } = context;
  const event = readLeniently(activityEvent, body, { surface: 'v2.users.{id}.activity', oddities });
  const now = context.platformNow();
  const presence = event.presence ? toPresence(event.presence, now) : null;
  if (event.presence && presence === null) oddities.note('v2.users.{id}.activity: systemPresence');
  return {
    ...(presence && { presence }),
    ...(event.routingStatus && { routing: toRoutingStatus(event.routingStatus, now) }),
    ...(event.outOfOffice && {
      outOfOffice: { active: event.outOfOffice.active, modifiedAt: toInstantMs(event.outOfOffice.modifiedDate) },
    }),
    ...(event.activeQueueIds && {
      queues: { ids: event.activeQueueIds.map(queueId), modifiedAt: toInstantMs(event.dateActiveQueuesChanged) },
    }),
  };
};

const readPresence = (body: unknown, { oddities, platformNow }: DecodeContext): Parts => {
  const parsed = userPresence.safeParse(body);
  // Several sources emit for one user; only the primary one is what the user's presence is (API §8.7).
  if (parsed.success && !isPrimary(parsed.data)) return {};
  const presence = parsed.success ? toPresence(parsed.data, platformNow()) : null;
  if (presence !== null) return { presence };
  oddities.note('v2.users.{id}.presence: presenceDefinition');
  return {};
};

const isPrimary = ({ primary, source }: UserPresence): boolean => primary ?? (source ?? 'PURECLOUD') === 'PURECLOUD';

const readRoutingStatus = (body: unknown, { oddities, platformNow }: DecodeContext): Parts => {
  const parsed = routingStatusEvent.safeParse(body);
  if (parsed.success) return { routing: toRoutingStatus(parsed.data.routingStatus, platformNow()) };
  oddities.note('v2.users.{id}.routingStatus: routingStatus');
  return {};
};

const readConversationSummary = (body: unknown, { oddities }: DecodeContext): Parts => {
  const surface = 'v2.users.{id}.conversationsummary';
  const contacts = toChangedCounts(readLeniently(conversationSummary, body, { surface, oddities }));
  return Object.keys(contacts).length === 0 ? {} : { contacts };
};

const readOutOfOffice = (body: unknown, { oddities }: DecodeContext): Parts => {
  const parsed = outOfOffice.safeParse(body);
  if (parsed.success) return { outOfOffice: { active: parsed.data.active, modifiedAt: null } };
  oddities.note('v2.users.{id}.outofoffice: active');
  return {};
};

const USER_TOPICS: Readonly<Record<string, (body: unknown, context: DecodeContext) => Parts>> = {
  activity: readActivity,
  presence: readPresence,
  routingstatus: readRoutingStatus,
  conversationsummary: readConversationSummary,
  outofoffice: readOutOfOffice,
};

/** A topic without its ids, so that unknown topics can be counted by kind and no id reaches the log. */
const toTemplate = (topicName: string): string =>
  topicName
    .slice(0, 200)
    .replaceAll(/(?<=\.)[^.]*\d[^.]*(?=\.|$)/g, '{id}')
    .replaceAll(/[^\w.{}?&-]/g, '_');
