import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '../floor/journal.ts';
import type { LiveState } from '../floor/live-state.ts';
import type { FaultSwitchboard } from '../server/fault-switchboard.ts';
import type { Channels } from './channels.ts';
import { conversationBody, mediaConversationBody, type ConversationMoment } from './conversation-bodies.ts';
import {
  activityBody,
  conversationSummaryBody,
  integrationPresenceBody,
  outOfOfficeBody,
  presenceBody,
  queueMemberBody,
  routingStatusBody,
} from './event-bodies.ts';
import { conversationsTopicName, queueUsersTopicName, userTopicName } from './topic.ts';

/** A socket that does not drain is cut at this many bytes, so that a dead client cannot fill the memory. */
const LONGEST_BACKLOG_BYTES = 64 * 1024 * 1024;

/** Where events go. */
export interface Topics {
  /** Whether any channel has subscribed to the topic: without one, nothing needs to be said. */
  isFollowed(topicName: string): boolean;
  /** Whether any topic that ends in this word is followed. */
  isKindFollowed(kind: string): boolean;
  publish(topicName: string, body: () => object): void;
}

/** Turns what happens on the floor into events for whoever follows the topics. Nothing is kept for absent sockets. */
export class EventPublisher implements Topics {
  readonly #channels: Channels;
  readonly #faults: FaultSwitchboard;

  constructor(channels: Channels, faults: FaultSwitchboard) {
    this.#channels = channels;
    this.#faults = faults;
  }

  publishChange(entry: JournalEntry, state: LiveState): void {
    const { userId, part } = entry;
    switch (part) {
      case 'presence':
        this.publish(userTopicName(userId, 'presence'), () => presenceBody(state));
        this.publish(userTopicName(userId, 'integrationpresence'), () => integrationPresenceBody(userId, state));
        this.#publishActivity(userId, state);
        return;
      case 'routingStatus':
        this.publish(userTopicName(userId, 'routingStatus'), () => routingStatusBody(userId, state));
        this.#publishActivity(userId, state);
        return;
      case 'conversationSummary':
        this.publish(userTopicName(userId, 'conversationsummary'), () => conversationSummaryBody(state));
        return;
      case 'outOfOffice':
        this.publish(userTopicName(userId, 'outofoffice'), () => outOfOfficeBody(userId, state));
        this.#publishActivity(userId, state);
        return;
      case 'activeQueues':
        this.#publishQueueMoves(userId, entry.before.ids, entry.after.ids);
        this.#publishActivity(userId, state);
    }
  }

  publishConversation(moment: ConversationMoment): void {
    const { user, contact } = moment;
    this.publish(conversationsTopicName(user.id, null), () => conversationBody(moment));
    this.publish(conversationsTopicName(user.id, contact.medium), () => mediaConversationBody(moment));
  }

  #publishActivity(userId: string, state: LiveState): void {
    this.publish(userTopicName(userId, 'activity'), () => activityBody(userId, state));
  }

  #publishQueueMoves(userId: string, before: readonly string[], after: readonly string[]): void {
    const moves = [
      ...before.filter((id) => !after.includes(id)).map((queueId) => ({ queueId, joined: false })),
      ...after.filter((id) => !before.includes(id)).map((queueId) => ({ queueId, joined: true })),
    ];
    for (const { queueId, joined } of moves)
      this.publish(queueUsersTopicName(queueId), () => queueMemberBody(userId, queueId, joined));
  }

  isFollowed(topicName: string): boolean {
    return this.#channels.followersOf(topicName) !== null;
  }

  isKindFollowed(kind: string): boolean {
    return this.#channels.hasFollowersOfKind(kind);
  }

  /** Written out once, however many sockets it goes to. */
  publish(topicName: string, body: () => object): void {
    const followers = this.#channels.followersOf(topicName);
    if (followers === null) return;
    const metadata = { CorrelationId: randomUUID() };
    const text = JSON.stringify({ topicName, version: '2', eventBody: body(), metadata });
    for (const channel of followers) {
      const { socket } = channel;
      if (socket === null) continue;
      this.#faults.deliver(socket, text, (delivered) => {
        if (socket.bufferedAmount > LONGEST_BACKLOG_BYTES) socket.terminate();
        else if (socket.readyState === socket.OPEN) socket.send(delivered);
      });
    }
  }
}
