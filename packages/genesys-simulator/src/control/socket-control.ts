import type { Channel } from '../notifications/channels.ts';
import { socketClosingFrame } from '../notifications/system-frames.ts';
import type { Platform } from '../server/platform.ts';
import type { RawFrame, SocketCut } from './control-contract.ts';

/** Breaks sockets, or closes them with a code. @returns how many */
export const cutSockets = (platform: Platform, { channelId, code }: SocketCut): number => {
  const hit = platform.channels.connected().filter(({ id }) => channelId === undefined || id === channelId);
  for (const { socket } of hit)
    if (code === undefined) socket?.terminate();
    else socket?.close(code);
  return hit.length;
};

/** Puts text on the wire as it is. @returns how many sockets got it */
export const sendRawFrame = (platform: Platform, { text, topicName }: RawFrame): number => {
  const { channels } = platform;
  const wanted: Iterable<Channel> =
    topicName === undefined ? channels.connected() : (channels.followersOf(topicName) ?? []);
  return sendTo(wanted, () => text);
};

/** Announces a close for maintenance; whether it follows is up to the caller (API §8.5). @returns how many were told */
export const sendClosingNotice = (platform: Platform, message: string): number =>
  sendTo(platform.channels.connected(), ({ id }) => socketClosingFrame(id, message));

const sendTo = (channels: Iterable<Channel>, text: (channel: Channel) => string): number => {
  let sockets = 0;
  for (const channel of channels) {
    if (channel.socket === null) continue;
    channel.socket.send(text(channel));
    sockets += 1;
  }
  return sockets;
};
