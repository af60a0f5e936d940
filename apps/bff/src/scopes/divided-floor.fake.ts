import { listAgents, PROTOCOL_VERSION, serverToClient, type ServerToClient } from '@floorwatch/contracts';
import { FakeAuditLog } from '@floorwatch/domain/testing';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import type { Store } from '@floorwatch/store';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { compose, type Composition, type Floorwatch } from '../compose.ts';
import { hastyClock } from '../hasty-clock.fake.ts';
import { Browser, openTheStore, type PersonaName } from '../sessions/signed-in-floor.fake.ts';
import { platformOf, signInAt, TEST_KEY } from '../simulated-platform.fake.ts';
import { systemClock } from '../system-clock.ts';

const place = listAgents.reply.pick({ epoch: true, version: true });

const NEVER_MS = 24 * 3_600_000;

/** A minute in which rights are read again takes three seconds. */
const TIMES = 20;

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 20;

/** An agent as somebody knows it who may see everything. */
export interface SomeAgent {
  readonly id: string;
  readonly name: string;
  readonly divisionId: string;
}

interface DividedFloorParts {
  readonly simulator: RunningSimulator;
  readonly floorwatch: Floorwatch;
  readonly url: string;
  readonly store: Store;
  readonly audit: FakeAuditLog;
  readonly logged: readonly string[];
}

export interface DividedFloorOptions extends Pick<
  Partial<Composition>,
  'audit' | 'changes' | 'orders' | 'scheduleUnknown'
> {
  readonly agents?: number;
  readonly speed?: number;
  /** How many times as fast as in reality all clocks run. */
  readonly times?: number;
}

/** A simulated organisation of several divisions and a Floorwatch on it that people sign in to; both in a hurry. */
export class DividedFloor {
  readonly simulator: RunningSimulator;
  readonly control: SimulatorControl;
  readonly floorwatch: Floorwatch;
  readonly url: string;
  readonly store: Store;
  readonly audit: FakeAuditLog;
  /** All that was logged, to look for what must not be there. */
  readonly logged: readonly string[];

  private constructor({ simulator, floorwatch, url, store, audit, logged }: DividedFloorParts) {
    this.simulator = simulator;
    this.control = new SimulatorControl(simulator.url);
    this.floorwatch = floorwatch;
    this.url = url;
    this.store = store;
    this.audit = audit;
    this.logged = logged;
  }

  /** Waits until every agent's events arrive, and until who is in which queue is known. */
  static async open({
    agents = 40,
    speed = 0,
    times = TIMES,
    ...more
  }: DividedFloorOptions = {}): Promise<DividedFloor> {
    const clock = hastyClock(times);
    const simulator = await startSimulator({ agents, speed, realClock: clock, requestsPerMinute: 100_000 });
    const store = await openTheStore();
    const audit = new FakeAuditLog();
    const logged: string[] = [];
    const floorwatch = await compose({
      audit,
      changes: store.changes,
      orders: store,
      automation: store.automation,
      ...more,
      log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
      release: 'test',
      clock,
      sweepMs: NEVER_MS,
      registryRefreshMs: NEVER_MS,
      store: store.recording,
      stream: store.stream,
      apiKeys: store.apiKeys,
      webhooks: { store, key: TEST_KEY, allowedHosts: ['127.0.0.1'], endpoint: null },
      organisation: { name: 'Test', isDemo: true },
      platform: platformOf(simulator),
      signIn: signInAt(simulator, store.sessions),
    });
    floorwatch.feed.start();
    const url = await floorwatch.app.listen({ host: '127.0.0.1', port: 0 });
    const floor = new DividedFloor({ simulator, floorwatch, url, store, audit, logged });
    await floor.eventually(() => {
      const { state } = floorwatch.feed.health();
      const isWhole = [...floorwatch.board.rows()].every(({ queueIds }) => queueIds !== null);
      if (state !== 'live' || !isWhole) throw new Error(`the floor is not there yet: ${state}`);
    });
    return floor;
  }

  async signedIn(persona: PersonaName): Promise<Browser> {
    const browser = new Browser(this);
    await browser.signIn(persona);
    return browser;
  }

  /** Everybody on the board. */
  get everybody(): readonly SomeAgent[] {
    return [...this.floorwatch.board.rows()].map(({ profile: { id, name, divisionId } }) => ({
      id,
      name,
      divisionId: divisionId ?? '',
    }));
  }

  /** Agents on the board: those of the division that the team lead may see, and all others. */
  get agents(): { readonly own: readonly SomeAgent[]; readonly foreign: readonly SomeAgent[] } {
    const division = this.divisionOfTeamLead;
    return {
      own: this.everybody.filter(({ divisionId }) => divisionId === division),
      foreign: this.everybody.filter(({ divisionId }) => divisionId !== division),
    };
  }

  get divisionOfTeamLead(): string {
    const [grant] = this.#subjectOf('team-lead').grants;
    if (grant === undefined) throw new Error('the team lead has no grant');
    return grant.divisionId;
  }

  /** An administrator of the platform gives the team lead's role in another division, in place of the one so far. */
  moveTeamLeadTo(divisionId: string): void {
    this.grantIn('team-lead', [divisionId]);
  }

  /** An administrator of the platform gives somebody's role in these divisions, in place of those so far. */
  grantIn(persona: PersonaName, divisionIds: readonly string[]): void {
    const subject = this.#subjectOf(persona);
    const grants = subject.grants
      .slice(0, 1)
      .flatMap(({ role }) => divisionIds.map((divisionId) => ({ role, divisionId })));
    Reflect.set(subject, 'grants', grants);
  }

  /** Whether this is one of those who sign in. */
  isPersona(userId: string): boolean {
    return this.simulator.world.personas.some(({ subject }) => subject.userId === userId);
  }

  #subjectOf(persona: PersonaName) {
    const found = this.simulator.world.personas.find(({ key }) => key === persona);
    if (found === undefined) throw new Error(`there is no ${persona}`);
    return found.subject;
  }

  /** Checks again and again until nothing is thrown; what is thrown last, when that takes too long. */
  async eventually(check: () => void | Promise<void>): Promise<void> {
    const giveUpAt = systemClock.now() + PATIENCE_MS;
    for (;;)
      try {
        await check();
        return;
      } catch (error) {
        if (systemClock.now() >= giveUpAt) throw error;
        await systemClock.sleep(LOOK_EVERY_MS);
      }
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

  private constructor(socket: WebSocket, browser: Browser, onBytes: (bytes: Buffer) => void) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.#socket = socket;
    socket.on('error', () => undefined); // a socket that is cut while it opens
    const subscribe = async (epoch: string): Promise<void> => {
      const { status, text } = await browser.get('/api/agents');
      if (status !== 200) return;
      const list = place.parse(JSON.parse(text));
      if (list.epoch === epoch && socket.readyState === WebSocket.OPEN)
        socket.send(JSON.stringify({ type: 'subscribe', ...list }));
    };
    socket.on('message', (data: Buffer) => {
      this.received.push(data);
      onBytes(data);
      const frame = serverToClient.parse(JSON.parse(data.toString('utf8')));
      this.frames.push(frame);
      if (frame.type === 'hello') void subscribe(frame.epoch);
    });
  }

  /** @param onBytes told of every frame as it comes */
  static open(
    { url }: { readonly url: string },
    browser: Browser,
    onBytes: (bytes: Buffer) => void = () => undefined,
  ): LivePage {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const address = `${url.replace('http', 'ws')}/api/live?protocol=${String(PROTOCOL_VERSION)}`;
    return new LivePage(new WebSocket(address, { headers: { cookie } }), browser, onBytes);
  }

  /** Frames of one kind, oldest first. */
  of<Type extends ServerToClient['type']>(type: Type): Extract<ServerToClient, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<ServerToClient, { type: Type }> => frame.type === type);
  }

  /** The person goes away, or the line is cut. */
  close(): void {
    this.#socket.terminate();
  }

  /** Says that it stands where no board of this Floorwatch ever stood. */
  subscribeWrongly(): void {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify({ type: 'subscribe', epoch: 'another', version: 0 }));
  }
}
