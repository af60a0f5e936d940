import type { Channel } from '../notifications/channels.ts';
import type { Platform } from '../server/platform.ts';
import type { RawFrame } from './control-contract.ts';

/** Puts text on the wire as it is. @returns how many sockets got it */
export const sendRawFrame = ({ channels }: Platform, { text, topicName }: RawFrame): number => {
  const wanted: Iterable<Channel> =
    topicName === undefined ? channels.connected() : (channels.followersOf(topicName) ?? []);
  let sockets = 0;
  for (const { socket } of wanted) {
    if (socket === null) continue;
    socket.send(text);
    sockets += 1;
  }
  return sockets;
};
