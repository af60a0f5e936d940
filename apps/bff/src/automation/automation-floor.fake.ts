import type { AutomationRuleSent } from '@floorwatch/contracts';
import { agentId, type Clock, type SystemPresence } from '@floorwatch/domain';
import { FakeAuditLog } from '@floorwatch/domain/testing';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import type { Store } from '@floorwatch/store';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { compose, type Floorwatch } from '../compose.ts';
import { hastyClock } from '../hasty-clock.fake.ts';
import { PRESENCES } from '../presence-change/supervisor.fake.ts';
import { Browser, openTheStore, type PersonaName } from '../sessions/signed-in-floor.fake.ts';
import { platformOf, signInAt } from '../simulated-platform.fake.ts';
import { AutomationPerson } from './automation-person.fake.ts';

const NEVER_MS = 24 * 3_600_000;

/** A minute, the grain of plans, takes three seconds. */
const TIMES = 20;

const PATIENT = { timeout: 40_000, interval: 100 };

const MINUTE_MS = 60_000;

/** A simulated organisation in which nothing happens by itself, and a Floorwatch on it that can be ended and started again. */
export class AutomationFloor {
  readonly clock: Clock;
  readonly audit = new FakeAuditLog();
  readonly simulator: RunningSimulator;
  readonly control: SimulatorControl;
  readonly store: Store;
  #floorwatch: Floorwatch | null = null;
  #url = '';
  /** Ends up where browsers look: they outlive a restart. */
  readonly #place = { url: '' };

  private constructor({ clock, simulator, store }: Pick<AutomationFloor, 'clock' | 'simulator' | 'store'>) {
    this.clock = clock;
    this.simulator = simulator;
    this.store = store;
    this.control = new SimulatorControl(simulator.url);
  }

  static async open(): Promise<AutomationFloor> {
    const store = await openTheStore();
    const clock = hastyClock(TIMES);
    const simulator = await startSimulator({ agents: 40, speed: 0, realClock: clock, requestsPerMinute: 100_000 });
    const floor = new AutomationFloor({ clock, simulator, store });
    await floor.start();
    return floor;
  }

  get url(): string {
    return this.#url;
  }

  get floorwatch(): Floorwatch {
    return this.#floorwatch ?? expect.fail('Floorwatch is not running');
  }

  async start(): Promise<void> {
    const { simulator, store, clock, audit } = this;
    this.#floorwatch = await compose({
      audit,
      changes: store.changes,
      automation: store.automation,
      apiKeys: store.apiKeys,
      log: pino({ level: 'silent' }),
      release: 'test',
      clock,
      sweepMs: NEVER_MS,
      registryRefreshMs: NEVER_MS,
      store: null,
      organisation: { name: 'Test', isDemo: true },
      platform: platformOf(simulator),
      signIn: signInAt(simulator, store.sessions),
    });
    this.floorwatch.feed.start();
    this.#url = await this.floorwatch.app.listen({ host: '127.0.0.1', port: 0 });
    this.#place.url = this.#url;
    await this.eventually(() => {
      expect(this.floorwatch.feed.health().state).toBe('live');
      expect([...this.floorwatch.board.rows()].map(({ queueIds }) => queueIds)).not.toContain(null);
    });
  }

  async stop(): Promise<void> {
    await this.#floorwatch?.app.close();
    await this.#floorwatch?.feed.stop();
    this.#floorwatch = null;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.simulator.close();
    for (const { id } of await this.store.automation.rules.list()) await this.store.automation.rules.remove(id, 0);
  }

  eventually(check: () => void | Promise<void>): Promise<void> {
    return vi.waitFor(check, PATIENT);
  }

  /** Somebody with a page; it is at home wherever Floorwatch listens now. */
  async person(persona: PersonaName): Promise<AutomationPerson> {
    const browser = new Browser(this.#place);
    await browser.signIn(persona);
    return new AutomationPerson(this, browser);
  }

  /** Agents of the team lead's division, or of all others. */
  agentsOf(whose: 'own' | 'foreign'): string[] {
    const lead = this.persona('team-lead').subject.grants[0]?.divisionId;
    return [...this.floorwatch.board.rows()]
      .filter(({ profile }) => (profile.divisionId === lead) === (whose === 'own'))
      .map(({ profile }) => profile.id);
  }

  persona(key: PersonaName): RunningSimulator['world']['personas'][number] {
    return this.simulator.world.personas.find((one) => one.key === key) ?? expect.fail(`no ${key}`);
  }

  /** So many agents who have nothing in hand, of those or of all. */
  idlers(count: number, among: readonly string[] | null = null): string[] {
    const found = [...this.floorwatch.board.rows()]
      .filter(({ profile }) => among === null || among.includes(profile.id))
      .filter(({ activity }) => !['interacting', 'afterCallWork', 'communicating', 'notResponding'].includes(activity))
      .map(({ profile }) => profile.id)
      .slice(0, count);
    expect(found).toHaveLength(count);
    return found;
  }

  get breakId(): string {
    return PRESENCES.break;
  }

  /** Somebody in the middle of a shift, with nothing in hand. */
  onShift(): string {
    const { world } = this.simulator;
    const now = world.virtualClock.now();
    const [from, to] = [now - 5 * MINUTE_MS, now + 60 * MINUTE_MS];
    const working = world.organisation.agents.filter((user) =>
      world.schedule.shiftsBetween(user, { from, to }).some((one) => one.startsAt <= from && one.endsAt >= to),
    );
    const [first] = this.idlers(
      1,
      working.map(({ id }) => id),
    );
    return first ?? expect.fail('nobody is on shift');
  }

  /** Plans a break for the agent that has just begun. */
  async planBreak(userId: string): Promise<void> {
    const startDate = new Date(this.simulator.world.virtualClock.now() - MINUTE_MS).toISOString();
    await this.control.editSchedule({ userId, startDate, lengthMinutes: 55, activityCodeId: '1' });
  }

  /** Sets what agents do, and waits until the board shows it. */
  async put(ids: readonly string[], systemPresence: 'Available' | 'Busy' | 'Break' | 'Offline'): Promise<void> {
    for (const userId of ids) await this.control.push({ userId, presence: { systemPresence } });
    const system = systemPresence.toLowerCase();
    await this.eventually(() => expect(ids.map((id) => this.presenceOf(id))).toEqual(ids.map(() => system)));
  }

  presenceOf(id: string): SystemPresence | null {
    return this.floorwatch.board.rowOf(agentId(id))?.state.presence?.system ?? null;
  }

  /** Writes the platform has taken of presences. */
  async writes(): Promise<number> {
    return (await this.control.state()).calls['patchUserPresencesPurecloud'] ?? 0;
  }

  /** A plan for once: the next whole minute that is not upon us before it is made, or some minutes later. */
  inMinutes(minutes: number): Extract<AutomationRuleSent['start'], { kind: 'planned' }> {
    const soonest = this.clock.now() + MINUTE_MS / 2;
    const at = Math.ceil(soonest / MINUTE_MS) * MINUTE_MS + (minutes - 1) * MINUTE_MS;
    const shown = new Date(at).toISOString();
    return {
      kind: 'planned',
      plan: { kind: 'once', day: shown.slice(0, 10), time: shown.slice(11, 16), zone: 'UTC' },
    };
  }
}
