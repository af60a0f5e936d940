/** Messages that come without a subscription (API §8.5). */

const channelMetadata = (message: string): string =>
  JSON.stringify({ topicName: 'channel.metadata', eventBody: { message } });

export const HEARTBEAT_FRAME = channelMetadata('WebSocket Heartbeat');

export const PONG_FRAME = channelMetadata('pong');

/** Answer to anything but a ping. */
export const NOT_UNDERSTOOD_FRAME = JSON.stringify({ result: '400', status: 'error' });

export const tokenRevokedFrame = (channelId: string): string =>
  JSON.stringify({
    topicName: `v2.system.token_revoked.${channelId}`,
    version: '2',
    eventBody: { channelId, systemTopicType: 'token_revoked', reason: 'user_tokens_revoked' },
    metadata: {},
  });

/** Comes about a minute before the platform closes a socket for maintenance. */
export const socketClosingFrame = (channelId: string, message: string): string =>
  JSON.stringify({
    topicName: 'v2.system.socket_closing',
    version: '2',
    eventBody: { channelId, message },
    metadata: {},
  });
