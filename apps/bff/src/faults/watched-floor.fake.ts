import { agentId, type AgentRow, type Clock } from '@floorwatch/domain';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import {
  SimulatorControl,
  type AgentChange,
  type AgentTruth,
  type FaultName,
} from '@floorwatch/genesys-simulator/client';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { compose, type Composition, type Floorwatch } from '../compose.ts';
import { hastyClock } from '../hasty-clock.fake.ts';
import { platformOf } from '../simulated-platform.fake.ts';

/** A deadline, not a wait. */
const PATIENT = { timeout: 15_000, interval: 20 };

const NEVER_MS = 24 * 3_600_000;

export interface FloorToWatch {
  readonly agents?: number;
  /** How many times as fast both sides live: silence that is noticed after 45 s is noticed after 45 s / times. */
  readonly times?: number;
  /** Never, unless the sweep is what a test is about: whatever is right was made right by something else. */
  readonly sweepMs?: number;
  readonly registryRefreshMs?: number;
  /** Where it is recorded what happens; nowhere where it is left out. */
  readonly record?: Pick<Composition, 'store' | 'recording'>;
}

/** Two wordings of one presence and one routing status, in the same spelling. */
const inOneSpelling = (word = ''): string => word.toUpperCase().replaceAll(/[ _]/g, '');

const wordsOfRow = ({ profile, state: { presence, routing, contacts, outOfOffice } }: AgentRow) => ({
  userId: String(profile.id),
  presence: [inOneSpelling(presence?.system), presence?.definitionId, presence?.message ?? '', presence?.since.at],
  routing: [inOneSpelling(routing?.state), routing?.since.at],
  contacts: [contacts?.active, contacts?.afterCallWork],
  outOfOffice,
});

const wordsOfTruth = ({ userId, presence, routingStatus, conversationSummary, outOfOffice }: AgentTruth) => {
  const work = Object.values(conversationSummary).map(({ contactCenter }) => contactCenter);
  const { systemPresence, definitionId, message, modifiedDate } = presence;
  return {
    userId,
    presence: [inOneSpelling(systemPresence), definitionId, message, Date.parse(modifiedDate)],
    routing: [inOneSpelling(routingStatus.status), Date.parse(routingStatus.startTime)],
    contacts: [work.reduce((sum, { active }) => sum + active, 0), work.reduce((sum, { acw }) => sum + acw, 0)],
    outOfOffice: outOfOffice.active,
  };
};

const byUser = (a: { readonly userId: string }, b: { readonly userId: string }): number =>
  a.userId < b.userId ? -1 : 1;

interface Platform {
  readonly clock: Clock;
  readonly simulator: RunningSimulator;
  readonly logged: Record<string, unknown>[];
}

/** Starts a simulated organisation, which stands still. */
const openPlatform = async ({ agents = 40, times = 20 }: FloorToWatch): Promise<Platform> => {
  const clock = hastyClock(times);
  const simulator = await startSimulator({ agents, speed: 0, realClock: clock, requestsPerMinute: 100_000 });
  return { clock, simulator, logged: [] };
};

/** Starts Floorwatch on it; both sides live on the same clock. */
const start = async (
  { clock, simulator, logged }: Platform,
  { sweepMs = NEVER_MS, registryRefreshMs = NEVER_MS, record = {} }: FloorToWatch,
): Promise<Floorwatch> => {
  const write = (line: string): void => void logged.push(JSON.parse(line) as Record<string, unknown>);
  const floorwatch = await compose({
    log: pino({ level: 'info' }, { write }),
    release: 'test',
    clock,
    sweepMs,
    registryRefreshMs,
    ...record,
    organisation: { name: 'Test', isDemo: true },
    platform: platformOf(simulator),
  });
  floorwatch.recording?.start();
  floorwatch.feed.start();
  return floorwatch;
};

/** A floor that stands still but for what a test does to it, and a Floorwatch that watches it; both in a hurry. */
export class WatchedFloor {
  readonly control: SimulatorControl;
  readonly #platform: Platform;
  readonly #settings: FloorToWatch;
  #floorwatch: Floorwatch;

  private constructor(platform: Platform, settings: FloorToWatch, floorwatch: Floorwatch) {
    this.#platform = platform;
    this.#settings = settings;
    this.#floorwatch = floorwatch;
    this.control = new SimulatorControl(platform.simulator.url);
  }

  /** Waits until every agent's events arrive, and until who is in which queue is known: that is read last. */
  static async open(settings: FloorToWatch = {}): Promise<WatchedFloor> {
    const platform = await openPlatform(settings);
    const floor = new WatchedFloor(platform, settings, await start(platform, settings));
    try {
      await floor.isComplete();
    } catch (error) {
      await floor.close();
      throw error;
    }
    return floor;
  }

  /** Ends Floorwatch; the organisation goes on. What the recorder has not written by then is its own matter. */
  async stopWatching({ recorderToo = true }: { recorderToo?: boolean } = {}): Promise<void> {
    const { app, feed, recording } = this.#floorwatch;
    await app.close();
    await feed.stop();
    if (recorderToo) await recording?.stop();
  }

  /** Starts another Floorwatch on the same organisation. */
  async watchAgain(settings: FloorToWatch = this.#settings): Promise<void> {
    this.#floorwatch = await start(this.#platform, settings);
    await this.isComplete();
  }

  get app() {
    return this.#floorwatch.app;
  }

  get feed() {
    return this.#floorwatch.feed;
  }

  /** Throws where nothing is recorded. */
  get recording() {
    return this.#floorwatch.recording ?? expect.fail('this floor is not recorded');
  }

  get board() {
    return this.#floorwatch.board;
  }

  get clock() {
    return this.#platform.clock;
  }

  /** What was logged, from info on. */
  get logged(): readonly Record<string, unknown>[] {
    return this.#platform.logged;
  }

  /** Lines of the log about an event of this name. */
  loggedEvents(event: string): Record<string, unknown>[] {
    return this.logged.filter((line) => line['event'] === event);
  }

  eventually(check: () => void | Promise<void>): Promise<void> {
    return vi.waitFor(check, PATIENT);
  }

  isLive(): Promise<void> {
    const { feed, board } = this;
    return this.eventually(() => {
      expect(feed.health()).toMatchObject({ state: 'live', agentsLive: board.size });
    });
  }

  /** Every agent's events arrive, and it is known who is in which queue. */
  async isComplete(): Promise<void> {
    await this.isLive();
    await this.eventually(() => expect([...this.board.rows()].map(({ queueIds }) => queueIds)).not.toContain(null));
  }

  /** The first agent whose truth fits. */
  async someone(fits: (agent: AgentTruth) => boolean = () => true): Promise<string> {
    const { agents } = await this.control.truth();
    return agents.find(fits)?.userId ?? expect.fail('nobody like that on this floor');
  }

  /** Something happens to the agent. */
  async push(userId: string, change: Omit<AgentChange, 'userId'>): Promise<void> {
    await this.control.push({ userId, ...change });
  }

  rowOf(userId: string): AgentRow {
    return this.board.rowOf(agentId(userId)) ?? expect.fail('no such agent');
  }

  /** The agent's presence message on the board: tests number what they do with it. */
  messageOf(userId: string): string | null | undefined {
    return this.rowOf(userId).state.presence?.message;
  }

  /** What everybody does, in the order of the board. */
  activities(): string[] {
    return [...this.board.rows()].map(({ activity }) => activity);
  }

  /** Waits until the board says of everybody what is true. */
  expectTruth(): Promise<void> {
    return this.eventually(async () => {
      const truth = (await this.control.truth()).agents.map(wordsOfTruth).toSorted(byUser);
      expect([...this.board.rows()].map(wordsOfRow).toSorted(byUser)).toEqual(truth);
    });
  }

  /** How often a fault has struck. */
  async struck(name: FaultName): Promise<number> {
    return (
      (await this.control.faults()).find((fault) => fault.name === name)?.struck ?? expect.fail(`no fault ${name}`)
    );
  }

  /** Calls that the platform has answered. */
  async callsSoFar(): Promise<number> {
    return Object.values((await this.control.state()).calls).reduce((sum, calls) => sum + calls, 0);
  }

  async close(): Promise<void> {
    await this.control.switchAllOff();
    await this.stopWatching();
    await this.#platform.simulator.close();
  }
}
