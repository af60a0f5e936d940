import { z } from 'zod';
import { isHeldBy, type Channel } from '../notifications/channels.ts';
import { judgeTopic, type TopicVerdict } from '../notifications/topic.ts';
import { TOPIC_TEMPLATES, type TopicTemplate } from '../notifications/topic-template.ts';
import { notFound, PlatformError } from '../server/platform-error.ts';
import type { Platform } from '../server/platform.ts';
import { readBody, type ApiCall, type Operation } from './operation.ts';
import { topicGate } from './topic-gate.ts';

const channelEntity = (platform: Platform, channel: Channel): object => ({
  id: channel.id,
  connectUri: platform.connectUri(channel),
  expires: platform.expiresOf(channel),
});

const createChannel = ({ platform, token }: ApiCall): object =>
  channelEntity(platform, platform.channels.create(token));

/** With `oauthclient` the channels of the client's other tokens are counted, but their ids stay hidden (API §8.1). */
const listChannels = ({ platform, token, query }: ApiCall): object => {
  const scope = query.choice('includechannels', ['token', 'oauthclient']) ?? 'token';
  const entities = platform.channels
    .all()
    .filter((channel) => isHeldBy(channel, token))
    .filter(({ tokenId }) => scope === 'oauthclient' || tokenId === token.id)
    .map((channel) =>
      channel.tokenId === token.id ? channelEntity(platform, channel) : { expires: platform.expiresOf(channel) },
    );
  return { entities };
};

const requireChannel = ({ platform, token, param }: ApiCall): Channel => {
  const channel = platform.channels.find(param('channelId'));
  if (channel !== null && isHeldBy(channel, token)) return channel;
  throw notFound('Subscription list not found.', 'entity.not.found');
};

const headChannel = (call: ApiCall): undefined => {
  requireChannel(call);
  return undefined;
};

const listSubscriptions = (call: ApiCall): object => {
  const channel = requireChannel(call);
  return { entities: [...channel.topics.keys()].map((id) => topicEntity(channel, id)) };
};

const topicEntity = (channel: Channel, id: string): object => ({
  id,
  state: 'Permitted',
  selfUri: `/api/v2/notifications/channels/${channel.id}/subscriptions`,
});

const subscription = z.array(z.object({ id: z.string() }));

const REFUSALS = {
  invalid: { status: 400, code: 'notification.invalid.topic', message: 'The subscription topic is not valid.' },
  unauthorized: { status: 403, code: 'notification.unauthorized.topic', message: 'Not authorized for this topic.' },
} as const;

/** One bad topic fails the whole request, unless `ignoreErrors` keeps the good ones (API §8.1). */
const subscribe = (call: ApiCall, mode: 'add' | 'replace'): object => {
  const channel = requireChannel(call);
  const { platform } = call;
  const gate = topicGate(call);
  const judge = (id: string): TopicVerdict =>
    platform.faults.forbidsTopic(id) ? { kind: 'unauthorized' } : judgeTopic(id, gate);
  const ids = [...new Set(readBody(subscription, call.body).map(({ id }) => id))];
  const verdicts = ids.map((id) => ({ id, verdict: judge(id) }));
  if (call.query.flag('ignoreErrors') !== true) refuseIfAnyIsBad(verdicts);
  const permitted = new Map<string, readonly string[]>();
  for (const { id, verdict } of verdicts) if (verdict.kind === 'permitted') permitted.set(id, verdict.topicNames);
  platform.channels.subscribe(channel, permitted, mode);
  return {
    entities: verdicts.map(({ id, verdict }) =>
      verdict.kind === 'permitted'
        ? topicEntity(channel, id)
        : {
            id,
            state: 'Rejected',
            rejectionReason: REFUSALS[verdict.kind].message,
            ...('missingPermissions' in verdict && { missingPermissions: verdict.missingPermissions }),
          },
    ),
  };
};

const refuseIfAnyIsBad = (verdicts: readonly { id: string; verdict: TopicVerdict }[]): void => {
  for (const { id, verdict } of verdicts) {
    if (verdict.kind === 'permitted') continue;
    const { status, code, message } = REFUSALS[verdict.kind];
    throw new PlatformError({ status, code, message: `${message} [{topic}]`, params: { topic: id } });
  }
};

const clearSubscriptions = (call: ApiCall): undefined => {
  call.platform.channels.subscribe(requireChannel(call), new Map(), 'replace');
  return undefined;
};

const TOPIC_EXPANDS = [
  'description',
  'enforced',
  'schema',
  'visibility',
  'transports',
  'publicApiTemplateUriPaths',
  'requiresPermissions',
  'permissionDetails',
  'topicParameters',
] as const;

/** What is known of a topic beside its id, by the `expand` that asks for it (API §8.8). */
const topicDetails = ({ permissions, requiresCurrentUser, description }: TopicTemplate) => ({
  description,
  enforced: permissions.length > 0 || requiresCurrentUser,
  visibility: 'Public',
  transports: ['All'],
  requiresPermissions: permissions,
  permissionDetails: [
    ...(permissions.length > 0
      ? [{ type: 'requiresAnyDivisionPermissions', permissions, allowsCurrentUser: true, enforced: true }]
      : []),
    ...(requiresCurrentUser ? [{ type: 'requiresCurrentUser', allowsCurrentUser: true, enforced: true }] : []),
  ],
  topicParameters: ['id'],
});

const listAvailableTopics = ({ query }: ApiCall): object => {
  const expands: readonly string[] = query.choices('expand', TOPIC_EXPANDS);
  return {
    entities: TOPIC_TEMPLATES.map((template) => ({
      id: template.id,
      requiresCurrentUser: template.requiresCurrentUser,
      ...Object.fromEntries(Object.entries(topicDetails(template)).filter(([name]) => expands.includes(name))),
    })),
  };
};

const CHANNELS = '/api/v2/notifications/channels';
const CHANNEL = `${CHANNELS}/{channelId}`;
const SUBSCRIPTIONS = `${CHANNEL}/subscriptions`;

export const notificationOperations: readonly Operation[] = [
  { id: 'postNotificationsChannels', method: 'POST', path: CHANNELS, run: createChannel },
  { id: 'getNotificationsChannels', method: 'GET', path: CHANNELS, run: listChannels },
  { id: 'headNotificationsChannel', method: 'HEAD', path: CHANNEL, run: headChannel },
  { id: 'getNotificationsChannelSubscriptions', method: 'GET', path: SUBSCRIPTIONS, run: listSubscriptions },
  {
    id: 'postNotificationsChannelSubscriptions',
    method: 'POST',
    path: SUBSCRIPTIONS,
    run: (call) => subscribe(call, 'add'),
  },
  {
    id: 'putNotificationsChannelSubscriptions',
    method: 'PUT',
    path: SUBSCRIPTIONS,
    run: (call) => subscribe(call, 'replace'),
  },
  { id: 'deleteNotificationsChannelSubscriptions', method: 'DELETE', path: SUBSCRIPTIONS, run: clearSubscriptions },
  {
    id: 'getNotificationsAvailabletopics',
    method: 'GET',
    path: '/api/v2/notifications/availabletopics',
    run: listAvailableTopics,
  },
];
