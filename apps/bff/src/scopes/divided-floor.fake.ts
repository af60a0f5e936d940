import { listAgents, PROTOCOL_VERSION, serverToClient, type ServerToClient } from '@floorwatch/contracts';
import { FakeAuditLog } from '@floorwatch/domain/testing';
import { Secret } from '@floorwatch/genesys';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { WebSocket } from 'ws';
import { compose, type Floorwatch } from '../compose.ts';
import { hastyClock } from '../hasty-clock.fake.ts';
import { Browser, openTheStore, type PersonaName } from '../sessions/signed-in-floor.fake.ts';

const place = listAgents.reply.pick({ epoch: true, version: true });

const NEVER_MS = 24 * 3_600_000;

/** A minute in which rights are read again takes three seconds. */
const TIMES = 20;

const PATIENT = { timeout: 15_000, interval: 20 };

/** An agent as somebody knows it who may see everything. */
export interface SomeAgent {
  readonly id: string;
  readonly name: string;
  readonly divisionId: string;
}

/** A simulated organisation of several divisions and a Floorwatch on it that people sign in to; both in a hurry. */
export class DividedFloor {
  readonly simulator: RunningSimulator;
  readonly control: SimulatorControl;
  readonly floorwatch: Floorwatch;
  readonly url: string;

  private constructor(simulator: RunningSimulator, floorwatch: Floorwatch, url: string) {
    this.simulator = simulator;
    this.control = new SimulatorControl(simulator.url);
    this.floorwatch = floorwatch;
    this.url = url;
  }

  /** Waits until every agent's events arrive, and until who is in which queue is known. */
  static async open({ agents = 40, speed = 0 }: { agents?: number; speed?: number } = {}): Promise<DividedFloor> {
    const clock = hastyClock(TIMES);
    const simulator = await startSimulator({ agents, speed, realClock: clock, requestsPerMinute: 100_000 });
    const store = await openTheStore();
    const floorwatch = await compose({
      audit: new FakeAuditLog(),
      log: pino({ level: 'silent' }),
      release: 'test',
      clock,
      sweepMs: NEVER_MS,
      registryRefreshMs: NEVER_MS,
      store: store.recording,
      organisation: { name: 'Test', isDemo: true },
      platform: {
        hosts: { loginUrl: simulator.url, apiUrl: simulator.url },
        clientId: simulator.clientId,
        clientSecret: new Secret(simulator.clientSecret),
      },
      signIn: {
        client: { clientId: simulator.signInClient.id, clientSecret: new Secret(simulator.signInClient.secret) },
        store: store.sessions,
        key: 'a key of a test, with 32 characters',
        publicUrl: null,
        trustedProxies: [],
        idleMs: NEVER_MS,
        longestMs: NEVER_MS,
      },
    });
    floorwatch.feed.start();
    const floor = new DividedFloor(simulator, floorwatch, await floorwatch.app.listen({ host: '127.0.0.1', port: 0 }));
    await vi.waitFor(() => {
      expect(floorwatch.feed.health().state).toBe('live');
      expect([...floorwatch.board.rows()].map(({ queueIds }) => queueIds)).not.toContain(null);
    }, PATIENT);
    return floor;
  }

  async signedIn(persona: PersonaName): Promise<Browser> {
    const browser = new Browser(this);
    await browser.signIn(persona);
    return browser;
  }

  /** Agents on the board: those of the division that the team lead may see, and all others. */
  get agents(): { readonly own: readonly SomeAgent[]; readonly foreign: readonly SomeAgent[] } {
    const agents = [...this.floorwatch.board.rows()].map(({ profile: { id, name, divisionId } }) => ({
      id,
      name,
      divisionId: divisionId ?? '',
    }));
    const division = this.divisionOfTeamLead;
    return {
      own: agents.filter(({ divisionId }) => divisionId === division),
      foreign: agents.filter(({ divisionId }) => divisionId !== division),
    };
  }

  get divisionOfTeamLead(): string {
    return this.#teamLead.grants[0]?.divisionId ?? expect.fail('the team lead has no grant');
  }

  /** An administrator of the platform gives the team lead's role in another division, in place of the one so far. */
  moveTeamLeadTo(divisionId: string): void {
    const grants = this.#teamLead.grants.map(({ role }) => ({ role, divisionId }));
    Reflect.set(this.#teamLead, 'grants', grants);
  }

  get #teamLead() {
    const persona = this.simulator.world.personas.find(({ key }) => key === 'team-lead');
    return persona?.subject ?? expect.fail('there is no team lead');
  }

  eventually(check: () => void | Promise<void>): Promise<void> {
    return vi.waitFor(check, PATIENT);
  }

  async close(): Promise<void> {
    await this.floorwatch.app.close();
    await this.floorwatch.feed.stop();
    await this.simulator.close();
  }
}

/** A page's side of the live socket: loads the list whenever the greeting is of another epoch, as the page does. */
export class LivePage {
  readonly frames: ServerToClient[] = [];
  /** Every byte that came over the socket. */
  readonly received: Buffer[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket, browser: Browser) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.#socket = socket;
    const subscribe = async (epoch: string): Promise<void> => {
      const list = place.parse(JSON.parse((await browser.get('/api/agents')).text));
      if (list.epoch === epoch) socket.send(JSON.stringify({ type: 'subscribe', ...list }));
    };
    socket.on('message', (data: Buffer) => {
      this.received.push(data);
      const frame = serverToClient.parse(JSON.parse(data.toString('utf8')));
      this.frames.push(frame);
      if (frame.type === 'hello') void subscribe(frame.epoch);
    });
  }

  static open({ url }: { readonly url: string }, browser: Browser): LivePage {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const address = `${url.replace('http', 'ws')}/api/live?protocol=${String(PROTOCOL_VERSION)}`;
    return new LivePage(new WebSocket(address, { headers: { cookie } }), browser);
  }

  /** Frames of one kind, oldest first. */
  of<Type extends ServerToClient['type']>(type: Type): Extract<ServerToClient, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<ServerToClient, { type: Type }> => frame.type === type);
  }

  /** Says that it stands where no board of this Floorwatch ever stood. */
  subscribeWrongly(): void {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ type: 'subscribe', epoch: 'another', version: 0 }));
  }
}
