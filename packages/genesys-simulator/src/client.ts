import { z } from 'zod';
import type { IssuedSecret } from './oauth/issued-secrets.ts';
import type { ScheduleEdit } from './control/administration.ts';
import type { FaultName, FaultWish } from './faults/fault-catalogue.ts';
import {
  faultState,
  journalEntry,
  journalPage,
  secretList,
  sent,
  simulatorState,
  truthPage,
  type AgentChange,
  type AgentTruth,
  type FaultState,
  type JournalEntryWire,
  type JournalPage,
  type RawFrame,
  type RestartRequest,
  type SimulatorState,
  type TruthPage,
} from './control/control-contract.ts';

export type { IssuedSecret } from './oauth/issued-secrets.ts';
export { FAULT_NAMES, type FaultName, type FaultWish } from './faults/fault-catalogue.ts';
export type {
  AgentChange,
  AgentTruth,
  FaultState,
  JournalEntryWire,
  JournalPage,
  RawFrame,
  RestartRequest,
  SimulatorState,
} from './control/control-contract.ts';

/** The truth of every agent at one instant. */
export interface Truth {
  readonly at: string;
  /** The journal's last entry at that instant. */
  readonly seq: number;
  readonly agents: readonly AgentTruth[];
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

const faultList = z.object({ faults: z.array(faultState) });

const TRUTH_ATTEMPTS = 10;

/** Drives a running simulator over its control API, from any process. Every call throws when the simulator refuses it. */
export class SimulatorControl {
  readonly #url: string;

  /** @param url `http://host:port` of the simulator */
  constructor(url: string) {
    this.#url = url;
  }

  state(): Promise<SimulatorState> {
    return this.#call(simulatorState, { method: 'GET', path: '/control/state' });
  }

  /** Every secret that the login has seen or given since the simulator started: none of them may be anywhere else. */
  async secrets(): Promise<IssuedSecret[]> {
    return (await this.#call(secretList, { method: 'GET', path: '/control/secrets' })).secrets;
  }

  /** @param speed 0 freezes the floor, 3600 is the fastest */
  setSpeed(speed: number): Promise<SimulatorState> {
    return this.#call(simulatorState, { method: 'POST', path: '/control/clock', body: { speed } });
  }

  freeze(): Promise<SimulatorState> {
    return this.setSpeed(0);
  }

  /** Lives through so many ms at once; done when every open socket has taken what happened. At most a day. */
  advance(ms: number): Promise<SimulatorState> {
    return this.#call(simulatorState, { method: 'POST', path: '/control/clock/advance', body: { ms } });
  }

  /** Asks for about so many agents' transitions a second; null goes back to the floor's own pace. */
  setRate(eventsPerSecond: number | null): Promise<SimulatorState> {
    return this.#call(simulatorState, { method: 'POST', path: '/control/rate', body: { eventsPerSecond } });
  }

  /** Opens a new organisation: tokens and channels of the old one are gone. */
  restart(request: RestartRequest = {}): Promise<SimulatorState> {
    return this.#call(simulatorState, { method: 'POST', path: '/control/restart', body: request });
  }

  /** Makes something happen to an agent. @returns the journal entries it led to at once */
  async push(change: AgentChange): Promise<JournalEntryWire[]> {
    const answer = z.object({ entries: z.array(journalEntry) });
    return (await this.#call(answer, { method: 'POST', path: '/control/events', body: change })).entries;
  }

  /** Puts a frame on the wire as it is. @returns how many sockets got it */
  async sendFrame(frame: RawFrame): Promise<number> {
    return (await this.#call(sent, { method: 'POST', path: '/control/frames', body: frame })).sockets;
  }

  /** Changes how many requests a minute a token may make; a huge number switches the limit off. */
  setRequestsPerMinute(requestsPerMinute: number): Promise<SimulatorState> {
    return this.#call(simulatorState, { method: 'POST', path: '/control/limits', body: { requestsPerMinute } });
  }

  /** Every fault there is: what it does, whether it is on and how often it has struck. */
  async faults(): Promise<FaultState[]> {
    return (await this.#call(faultList, { method: 'GET', path: '/control/faults' })).faults;
  }

  /** Makes the platform do something wrong; what is left out of the wish has its default (see the fault catalogue). */
  switchOn<Name extends FaultName>(name: Name, wish?: FaultWish<Name>): Promise<FaultState> {
    return this.#call(faultState, { method: 'PUT', path: `/control/faults/${name}`, body: wish ?? {} });
  }

  switchOff(name: FaultName): Promise<FaultState> {
    return this.#call(faultState, { method: 'DELETE', path: `/control/faults/${name}` });
  }

  async switchAllOff(): Promise<void> {
    await this.#call(faultList, { method: 'DELETE', path: '/control/faults' });
  }

  /** Takes permissions away from everybody, whatever their roles say; an empty list gives them back. */
  async withdrawPermissions(withdrawn: readonly string[]): Promise<void> {
    const body = { withdrawn: [...withdrawn] };
    await this.#call(z.unknown(), { method: 'PUT', path: '/control/permissions', body });
  }

  /** Plans something else for an agent, inside one of the agent's shifts. */
  async editSchedule(edit: ScheduleEdit): Promise<void> {
    await this.#call(z.unknown(), { method: 'POST', path: '/control/schedule', body: edit });
  }

  /** @param page entries after `after` (from 0), at most `limit` (5000) */
  journal({ after = 0, limit = 5000 }: { after?: number; limit?: number } = {}): Promise<JournalPage> {
    return this.#call(journalPage, { method: 'GET', path: `/control/journal?after=${after}&limit=${limit}` });
  }

  /** The state of every agent at one instant. Freeze a busy floor first: a large one changes between two pages. */
  async truth(): Promise<Truth> {
    for (let attempt = 0; attempt < TRUTH_ATTEMPTS; attempt += 1) {
      const truth = await this.#readTruth();
      if (truth !== null) return truth;
    }
    throw new Error('the floor keeps changing while its truth is read: set its speed to 0 first');
  }

  /** @returns null when the floor changed between two pages */
  async #readTruth(): Promise<Truth | null> {
    const pages: TruthPage[] = [];
    for (let after: number | null = 0; after !== null; after = pages.at(-1)?.nextAfter ?? null)
      pages.push(await this.#call(truthPage, { method: 'GET', path: `/control/truth?after=${after}` }));
    const [first] = pages;
    if (first === undefined || pages.some(({ seq }) => seq !== first.seq)) return null;
    return { at: first.at, seq: first.seq, agents: pages.flatMap(({ agents }) => agents) };
  }

  async #call<Answer>(answer: z.ZodType<Answer>, { method, path, body }: Call): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return answer.parse(JSON.parse(text));
  }
}
