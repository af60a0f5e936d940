import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { agentTransitionMessage, pingMessage, type AgentTransitionMessage } from '@floorwatch/contracts';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { systemClock } from '../system-clock.ts';

/** How a target behaves: what a test asks for is what it does to the next request, and those after. */
export type Mood = 'takes' | 'fails' | 'hangs' | 'redirects' | 'dawdles' | 'cuts' | 'gone' | 'babbles';

/** How long one that dawdles takes, ms: within the time that a call has. */
const DAWDLES_MS = 120;

/** A target of webhooks that checks signatures with the library's own verifier, as receivers do. */
export class Receiver {
  readonly url: string;
  /** What it took, in the order in which it came. */
  readonly taken: AgentTransitionMessage[] = [];
  readonly pings: string[] = [];
  /** Requests of any outcome. */
  requests = 0;
  /** Signatures that did not hold. */
  readonly forged: string[] = [];
  /** Requests that a redirect has led here. */
  strays = 0;
  mood: Mood | ((agentId: string) => Mood) = 'takes';
  secret = '';
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
  }

  static async open(): Promise<Receiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new Receiver(server);
    server.on('request', (request, response) => void receiver.#answer(request, response));
    return receiver;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Identities of what was taken about an agent, without repetitions, in the order of their first arrival. */
  ofAgent(id: string): string[] {
    return [...new Set(this.taken.filter(({ data }) => data.agent.id === id).map(({ data }) => data.id))];
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/hook') !== true) {
      this.strays += 1;
      response.end('you should not be here');
      return;
    }
    this.requests += 1;
    const body = await text(request);
    const message = z.union([agentTransitionMessage, pingMessage]).parse(JSON.parse(body));
    try {
      new Webhook(this.secret).verify(body, z.record(z.string(), z.string()).parse(request.headers));
    } catch (error) {
      this.forged.push(String(error));
    }
    const mood = this.#moodFor(message.type === 'agent.transition' ? message.data.agent.id : '');
    if (mood === 'takes' || mood === 'dawdles' || mood === 'babbles') this.#take(message);
    await this.#behave(mood, response);
  }

  #moodFor(agentId: string): Mood {
    return typeof this.mood === 'function' ? this.mood(agentId) : this.mood;
  }

  #take(message: z.infer<typeof agentTransitionMessage> | z.infer<typeof pingMessage>): void {
    if (message.type === 'agent.transition') this.taken.push(message);
    else this.pings.push(message.data.name);
  }

  async #behave(mood: Mood, response: ServerResponse): Promise<void> {
    switch (mood) {
      case 'takes':
        response.writeHead(204).end();
        return;
      case 'dawdles':
        await systemClock.sleep(DAWDLES_MS);
        response.writeHead(200).end('at last');
        return;
      case 'fails':
        response.writeHead(500).end('out of order\0');
        return;
      case 'redirects':
        response.writeHead(307, { location: this.url.replace('/hook', '/inside') }).end();
        return;
      case 'cuts':
        response.destroy();
        return;
      case 'gone':
        response.writeHead(410).end();
        return;
      case 'babbles':
        response.writeHead(200);
        for (let part = 0; part < 1000 && !response.destroyed; part += 1) response.write('b'.repeat(4096));
        response.end();
        return;
      case 'hangs': // for ever
    }
  }
}
