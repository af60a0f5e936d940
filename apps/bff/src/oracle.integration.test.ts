import { fromDeltaBody, listAgents, PROTOCOL_VERSION, serverToClient, type AgentList } from '@floorwatch/contracts';
import { Board, type AgentRow } from '@floorwatch/domain';
import { startSimulator, type RunningSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl, type AgentTruth } from '@floorwatch/genesys-simulator/client';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { compose, type Floorwatch } from './compose.ts';
import { platformOf } from './simulated-platform.fake.ts';

const AGENTS = 300;
const EVENTS = 10_000;
const SWEEP_MS = 2000;
const PATIENT = { timeout: 60_000, interval: 100 };

/** A browser without a screen: the same list, socket and reducer, and nothing else. */
class Replica {
  readonly #url: string;
  #board: Board | null = null;
  #socket: WebSocket | null = null;
  /** Why the BFF would not go on. */
  readonly refusals: string[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  get rows(): readonly AgentRow[] {
    return [...(this.#board?.rows() ?? [])];
  }

  get version(): number {
    return this.#board?.version ?? 0;
  }

  async load(): Promise<void> {
    this.#board = boardOf(await fetchList(this.#url));
  }

  /** Goes on from where it stands, without a new list. */
  connect(): void {
    const socket = new WebSocket(`${this.#url.replace('http', 'ws')}/api/live?protocol=${String(PROTOCOL_VERSION)}`);
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#hear(data.toString('utf8'), socket);
    });
  }

  disconnect(): void {
    this.#socket?.terminate();
    this.#socket = null;
  }

  #hear(text: string, socket: WebSocket): void {
    const board = this.#board;
    const frame = serverToClient.parse(JSON.parse(text));
    if (board === null || socket !== this.#socket) return;
    switch (frame.type) {
      case 'hello':
        expect(frame.epoch).toBe(board.epoch);
        socket.send(JSON.stringify({ type: 'subscribe', epoch: board.epoch, version: board.version }));
        return;
      case 'delta': {
        const patch = fromDeltaBody(frame, (ref) => board.rowAt(ref));
        expect(patch === 'gap' ? patch : board.applyPatch(patch)).not.toBe('gap');
        return;
      }
      case 'heartbeat':
        return;
      case 'refused':
        this.refusals.push(frame.code);
    }
  }
}

const fetchList = async (url: string): Promise<AgentList> =>
  listAgents.reply.parse(await (await fetch(`${url}${listAgents.path}`)).json());

const boardOf = ({ epoch, version, cards, rows }: AgentList): Board => {
  const board = new Board(epoch);
  const patch = fromDeltaBody({ from: 0, to: version, cards, rows, removed: [] }, () => null);
  if (patch === 'gap') throw new Error('the list names an agent without a card');
  board.applyPatch(patch);
  return board;
};

/** What can be compared of an agent, in words that both sides have. */
interface Facts {
  readonly id: string;
  readonly presence: readonly [system: string, definitionId: string, message: string, since: string];
  readonly routing: readonly [status: string, since: string];
  readonly contacts: readonly [active: number, afterCallWork: number];
  readonly outOfOffice: boolean;
  readonly queueIds: readonly string[];
}

/** `On Queue`, `onQueue` and `ON_QUEUE` are the same word. */
const inOneSpelling = (word = 'not seen'): string => word.toUpperCase().replaceAll(/[ _]/g, '');

const isoOf = (at: number | undefined): string => (at === undefined ? 'not seen' : new Date(at).toISOString());

const truthFacts = (truth: AgentTruth): Facts => {
  const { presence, routingStatus, conversationSummary, outOfOffice, activeQueues } = truth;
  const counts = Object.values(conversationSummary).map(({ contactCenter }) => contactCenter);
  return {
    id: truth.userId,
    presence: [inOneSpelling(presence.systemPresence), presence.definitionId, presence.message, presence.modifiedDate],
    routing: [inOneSpelling(routingStatus.status), routingStatus.startTime],
    contacts: [counts.reduce((sum, { active }) => sum + active, 0), counts.reduce((sum, { acw }) => sum + acw, 0)],
    outOfOffice: outOfOffice.active,
    queueIds: activeQueues.ids.toSorted(),
  };
};

const rowFacts = ({ profile, queueIds, state: { presence, routing, contacts, outOfOffice } }: AgentRow): Facts => ({
  id: profile.id,
  presence: [
    inOneSpelling(presence?.system),
    presence?.definitionId ?? '',
    presence?.message ?? '',
    isoOf(presence?.since.at),
  ],
  routing: [inOneSpelling(routing?.state), isoOf(routing?.since.at)],
  contacts: [contacts?.active ?? NaN, contacts?.afterCallWork ?? NaN],
  outOfOffice: outOfOffice ?? false,
  queueIds: queueIds ?? [],
});

const byId = (a: Facts, b: Facts): number => (a.id < b.id ? -1 : 1);

const factsOf = (rows: Iterable<AgentRow>): Facts[] => [...rows].map(rowFacts).toSorted(byId);

const NEVER_MS = 3_600_000;

describe('the board against the oracle', () => {
  let simulator: RunningSimulator;
  let control: SimulatorControl;
  let floorwatch: Floorwatch;
  let url: string;
  const replicas: Replica[] = [];

  beforeEach(async () => {
    simulator = await startSimulator({ agents: AGENTS, speed: 1, requestsPerMinute: 100_000 });
    control = new SimulatorControl(simulator.url);
  });

  afterEach(async () => {
    for (const replica of replicas.splice(0)) replica.disconnect();
    await floorwatch.app.close();
    await floorwatch.feed.stop();
    await simulator.close();
  });

  const watch = async (sweepMs: number): Promise<void> => {
    floorwatch = await compose({
      log: pino({ level: 'silent' }),
      release: 'test',
      sweepMs,
      registryRefreshMs: sweepMs, // who has joined which queue is read with the registry
      organisation: { name: 'test', isDemo: true },
      platform: platformOf(simulator),
    });
    url = await floorwatch.app.listen({ host: '127.0.0.1', port: 0 });
    floorwatch.feed.start();
    await isLive();
  };

  const isLive = (): Promise<void> =>
    vi.waitFor(() => {
      expect(floorwatch.feed.health()).toMatchObject({ state: 'live', agentsLive: AGENTS });
    }, PATIENT);

  const openReplica = async (): Promise<Replica> => {
    const replica = new Replica(url);
    replicas.push(replica);
    await replica.load();
    replica.connect();
    return replica;
  };

  /**
   * Lets `EVENTS` things happen on the floor, with every socket cut five times meanwhile, and stops the floor.
   * @param afterCut told the number of the cut, from 1
   */
  const liveThroughABadDay = async (
    afterCut: (cut: number) => Promise<void> | void = () => undefined,
  ): Promise<void> => {
    const startsAfter = simulator.engine.journal.lastSeq;
    const happened = (events: number): Promise<void> =>
      vi.waitFor(() => {
        expect(simulator.engine.journal.lastSeq - startsAfter).toBeGreaterThan(events);
      }, PATIENT);
    await control.switchOn('events-duplicated', { share: 0.1, delayMs: 1500 });
    await control.switchOn('events-reordered', { share: 0.3, delayMs: 1500 });
    await control.setRate(1000);
    for (let cut = 1; cut <= 5; cut += 1) {
      await happened((cut * EVENTS) / 6);
      expect((await control.switchOn('socket-cut')).struck).toBeGreaterThan(0);
      await afterCut(cut);
      await vi.waitFor(async () => {
        expect((await control.state()).channels.some(({ isConnected }) => isConnected)).toBe(true);
      }, PATIENT);
    }
    await isLive();
    const quietFrom = simulator.engine.journal.lastSeq - startsAfter;
    await happened(Math.max(EVENTS, quietFrom + EVENTS / 5)); // nothing is re-read after these: late ones must be told apart
    await control.freeze();
    await control.switchAllOff();
  };

  /** Waits until every agent has been read from the platform `times` more: by the sweep and, as often, with the registry. */
  const roundsOfTheSweep = async (times: number): Promise<void> => {
    const callsSoFar = async (): Promise<number> => (await control.state()).calls['getUsers'] ?? 0;
    const before = await callsSoFar();
    const callsARound = 2 * Math.ceil(AGENTS / 100);
    await vi.waitFor(async () => {
      expect(await callsSoFar()).toBeGreaterThan(before + (times + 1) * callsARound);
    }, PATIENT);
  };

  const readTruth = async (): Promise<Facts[]> => {
    const truth = (await control.truth()).agents.map(truthFacts).toSorted(byId);
    expect(truth).toHaveLength(AGENTS);
    return truth;
  };

  const whatBrowsersGet = async (): Promise<Facts[]> => factsOf(boardOf(await fetchList(url)).rows());

  it(
    'is the truth for every agent after 10,000 events with cut sockets, doubled and late events, and so is a browser that was away',
    { timeout: 120_000 },
    async () => {
      await watch(SWEEP_MS);
      const [steady, away] = [await openReplica(), await openReplica()];
      await liveThroughABadDay(async (cut) => {
        if (cut === 2) away.disconnect();
        if (cut === 3) await control.switchOn('token-revoked');
        if (cut === 5) away.connect();
      });
      await roundsOfTheSweep(2); // longer than the latest event is late

      const truth = await readTruth();
      expect(await whatBrowsersGet()).toEqual(truth);
      await vi.waitFor(() => {
        expect([steady.version, away.version]).toEqual([floorwatch.board.version, floorwatch.board.version]);
      }, PATIENT);
      expect(factsOf(steady.rows)).toEqual(truth);
      expect(factsOf(away.rows)).toEqual(truth);
      expect([steady.refusals, away.refusals]).toEqual([[], []]);
      await isLive();
    },
  );

  it(
    'needs no sweep for what carries the platform’s instants: gaps are re-read and late events stay late',
    { timeout: 120_000 },
    async () => {
      await watch(NEVER_MS);
      await liveThroughABadDay();
      await isLive();
      const dated = (facts: readonly Facts[]) => facts.map(({ id, presence, routing }) => ({ id, presence, routing }));
      const truth = dated(await readTruth());
      await vi.waitFor(async () => {
        expect(dated(await whatBrowsersGet())).toEqual(truth);
      }, PATIENT);
    },
  );
});
