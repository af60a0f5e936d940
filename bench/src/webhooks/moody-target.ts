import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentTransitionMessage } from '@floorwatch/contracts';
import { Webhook } from 'standardwebhooks';
import { untilStopped } from '../processes/teardown.ts';

export const MOODS = ['fails', 'hangs', 'redirects', 'dawdles', 'cuts', 'takes'] as const;

/** What a target does with what it is sent. */
export type Mood = (typeof MOODS)[number];

const DAWDLES_MS = 1500;

/** What a target of this process checks signatures with. */
export const TARGET_SECRET = `whsec_${Buffer.alloc(32, 'floorwatch').toString('base64')}`;

/** Another system that is told, with moods; it checks every signature with the library's own verifier. */
export class MoodyTarget {
  readonly url: string;
  /** Closes it for good. */
  readonly stop: () => Promise<void>;
  mood: Mood = 'takes';
  /** What it does with its call of this number, over `mood`. */
  moodOf: ((call: number) => Mood) | null = null;
  requests = 0;
  /** Why signatures did not hold. */
  readonly forged: string[] = [];
  /** Requests that were led astray by a redirect. */
  strays = 0;
  /** By agent, identities in the order of their first arrival. */
  readonly taken = new Map<string, string[]>();
  repetitions = 0;
  readonly #known = new Set<string>();

  private constructor(server: Server) {
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
    server.on('request', (request, response) => void this.#receive(request, response));
    this.stop = untilStopped(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
  }

  static async open(): Promise<MoodyTarget> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MoodyTarget(server);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== '/hook') {
      this.strays += 1;
      response.end();
      return;
    }
    this.requests += 1;
    const mood = this.moodOf?.(this.requests) ?? this.mood;
    const body = await text(request);
    this.#verify(body, request);
    if (mood === 'dawdles') await sleep(DAWDLES_MS);
    if (mood === 'takes' || mood === 'dawdles') this.#take(body);
    answer(mood, response);
  }

  #verify(body: string, { headers }: IncomingMessage): void {
    try {
      const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      new Webhook(TARGET_SECRET).verify(body, plain);
    } catch (error) {
      this.forged.push(String(error));
    }
  }

  #take(body: string): void {
    const { data } = agentTransitionMessage.parse(JSON.parse(body));
    if (this.#known.has(data.id)) {
      this.repetitions += 1;
      return;
    }
    this.#known.add(data.id);
    this.taken.set(data.agent.id, [...(this.taken.get(data.agent.id) ?? []), data.id]);
  }

  get count(): number {
    return this.#known.size;
  }
}

const answer = (mood: Mood, response: ServerResponse): void => {
  switch (mood) {
    case 'takes':
    case 'dawdles':
      response.writeHead(204).end();
      return;
    case 'fails':
      response.writeHead(503).end('not now');
      return;
    case 'redirects':
      response.writeHead(307, { location: '/inside' }).end();
      return;
    case 'cuts':
      response.destroy();
      return;
    case 'hangs': // for ever
  }
};
