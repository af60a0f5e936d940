import type { Clock } from '@floorwatch/domain';
import { GenesysRejected, GenesysUnavailable } from '../http/genesys-error.ts';
import { CHANNEL_LIFE_MS, type ChannelService, type RejectedTopic, type RemoteChannel } from '../resources/channels.ts';
import { Secret } from '../secret.ts';
import type { OpenSocket, Socket, SocketListener } from './web-socket.ts';

/** A socket as the platform sees it. */
export interface FakeSocket {
  readonly channelId: string;
  isOpen: boolean;
  /** What the client sent. */
  readonly sent: string[];
  accept(): void;
  refuse(status: number): void;
  cut(): void;
  say(frame: unknown): void;
}

interface FakeChannel {
  topics: readonly string[];
  isAlive: boolean;
}

/** What the platform does with each new socket; `hold` leaves the handshake to the test. */
type Mood = 'accept' | 'refuse' | 'cut' | 'hold';

const context = { method: 'POST', path: '/api/v2/notifications/channels', correlationId: null };

/** The platform's notification service without a network: channels over "REST", and their sockets. */
export class PlatformChannels implements ChannelService {
  readonly channels = new Map<string, FakeChannel>();
  readonly sockets: FakeSocket[] = [];
  mood: Mood = 'accept';
  isRestUp = true;
  answersPings = true;
  /** What REST calls take, ms, one after the other and then from the start again. */
  restDelaysMs: readonly number[] = [0];
  rejected: RejectedTopic[] = [];
  /** Calls that set a channel's topics. */
  subscriptions = 0;
  /** The most sockets that were ever open on one channel at once. */
  mostSocketsOnOneChannel = 0;
  readonly #clock: Clock;
  #restCalls = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get openSockets(): FakeSocket[] {
    return this.sockets.filter((socket) => socket.isOpen);
  }

  /** Whether a socket that is open hears of the topic. */
  knows(topic: string): boolean {
    return this.openSockets.some(({ channelId }) => this.channels.get(channelId)?.topics.includes(topic));
  }

  async create(signal: AbortSignal): Promise<RemoteChannel> {
    await this.#rest(signal);
    const id = `streaming-${this.channels.size}`;
    this.channels.set(id, { topics: [], isAlive: true });
    const expiresAt = this.#clock.now() + CHANNEL_LIFE_MS;
    return { id: new Secret(id), connectUri: new Secret(`wss://streaming.test/${id}`), expiresAt };
  }

  async subscribe(id: Secret, topics: readonly string[], signal: AbortSignal): Promise<RejectedTopic[]> {
    this.subscriptions += 1;
    await this.#rest(signal);
    const channel = this.channels.get(id.reveal());
    if (!channel?.isAlive) throw new GenesysRejected({ message: 'gone', context, status: 404, code: 'not.found' });
    channel.topics = topics;
    return this.rejected;
  }

  async exists(id: Secret): Promise<boolean> {
    return !this.isRestUp || this.channels.get(id.reveal())?.isAlive === true;
  }

  /** The platform forgets every channel and closes its sockets. */
  forgetChannels(): void {
    for (const channel of this.channels.values()) channel.isAlive = false;
    for (const socket of this.openSockets) socket.cut();
  }

  readonly openSocket: OpenSocket = (connectUri, listener) => {
    const channelId = connectUri.reveal().split('/').at(-1) ?? '';
    const { socket, client } = this.#makeSocket(channelId, listener);
    this.sockets.push(socket);
    const { mood } = this;
    queueMicrotask(() => {
      if (mood === 'accept') socket.accept();
      else if (mood === 'refuse') socket.refuse(503);
      else if (mood === 'cut') socket.cut();
    });
    return client;
  };

  #makeSocket(channelId: string, listener: SocketListener): { socket: FakeSocket; client: Socket } {
    let isOver = false;
    const over = (): boolean => {
      const wasOver = isOver;
      isOver = true;
      socket.isOpen = false;
      return wasOver;
    };
    const socket: FakeSocket = {
      channelId,
      isOpen: false,
      sent: [],
      accept: () => {
        if (isOver) return;
        if (this.channels.get(channelId)?.isAlive !== true) {
          socket.refuse(401);
          return;
        }
        socket.isOpen = true;
        const onSameChannel = this.openSockets.filter((other) => other.channelId === channelId).length;
        this.mostSocketsOnOneChannel = Math.max(this.mostSocketsOnOneChannel, onSameChannel);
        listener.onOpen();
      },
      refuse: (status) => {
        if (!over()) listener.onEnd({ refusedWith: status, reason: `refused with status ${status}` });
      },
      cut: () => {
        if (!over()) listener.onEnd({ refusedWith: null, reason: 'the connection was cut' });
      },
      say: (frame) => {
        if (socket.isOpen) listener.onText(JSON.stringify(frame));
      },
    };
    const client: Socket = {
      send: (text) => {
        socket.sent.push(text);
        if (this.answersPings) socket.say({ topicName: 'channel.metadata', eventBody: { message: 'pong' } });
      },
      close: over,
      terminate: over,
    };
    return { socket, client };
  }

  async #rest(signal: AbortSignal): Promise<void> {
    const delayMs = this.restDelaysMs[this.#restCalls++ % this.restDelaysMs.length] ?? 0;
    if (delayMs > 0) await this.#clock.sleep(delayMs, signal);
    if (!this.isRestUp) throw new GenesysUnavailable({ message: 'the platform is down', context, status: 503 });
  }
}
