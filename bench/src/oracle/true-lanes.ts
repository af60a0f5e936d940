import type { AgentTruth, JournalEntryWire } from '@floorwatch/genesys-simulator/client';
import { inOneSpelling } from '../chaos/facts.ts';

/** When something became true of an agent, ms on the platform's clock, in words that both sides have. */
export interface Turn {
  readonly at: number;
  readonly value: string;
}

export const LANES = ['presence', 'routing', 'work'] as const;

export type Lane = (typeof LANES)[number];

/** What truly happened to one agent, oldest first; the first turn of a lane is how the floor found the agent. */
export type TrueLanes = Readonly<Record<Lane, Turn[]>>;

/** Presence and definition in one word, as both are recorded together. */
export const presenceWord = (system: string, definitionId: string | null): string =>
  `${inOneSpelling(system)} ${definitionId ?? ''}`;

const turnOfPresence = ({ systemPresence, definitionId, modifiedDate }: AgentTruth['presence']): Turn => ({
  at: Date.parse(modifiedDate),
  value: presenceWord(systemPresence, definitionId),
});

const turnOfRouting = ({ status, startTime }: AgentTruth['routingStatus']): Turn => ({
  at: Date.parse(startTime),
  value: inOneSpelling(status),
});

/** Work carries no instant of its own on the platform; the journal knows when it changed. */
const workOf = (summary: AgentTruth['conversationSummary']): string => {
  const counts = Object.values(summary).map(({ contactCenter }) => contactCenter);
  if (counts.some(({ active }) => active > 0)) return 'contact';
  return counts.some(({ acw }) => acw > 0) ? 'afterCallWork' : 'none';
};

/** Keeps the truth of every agent as lanes, fed with the journal as it is written. */
export class TrueFloor {
  readonly #lanes = new Map<string, TrueLanes>();
  #lastSeq: number;

  /** @param opening how the floor stood after the journal's entry `seq` */
  constructor({
    at,
    seq,
    agents,
  }: {
    readonly at: string;
    readonly seq: number;
    readonly agents: readonly AgentTruth[];
  }) {
    this.#lastSeq = seq;
    for (const agent of agents)
      this.#lanes.set(agent.userId, {
        presence: [turnOfPresence(agent.presence)],
        routing: [turnOfRouting(agent.routingStatus)],
        work: [{ at: Date.parse(at), value: workOf(agent.conversationSummary) }],
      });
  }

  get agentIds(): string[] {
    return [...this.#lanes.keys()];
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  lanesOf(userId: string): TrueLanes {
    const lanes = this.#lanes.get(userId);
    if (lanes === undefined) throw new Error(`the floor has no agent ${userId}`);
    return lanes;
  }

  /** @throws Error when an entry is missing: the journal forgets what is not read in time */
  add(entry: JournalEntryWire): void {
    if (entry.seq <= this.#lastSeq) return;
    if (entry.seq !== this.#lastSeq + 1)
      throw new Error(`the journal goes from ${String(this.#lastSeq)} to ${String(entry.seq)}: read it more often`);
    this.#lastSeq = entry.seq;
    const lanes = this.lanesOf(entry.userId);
    switch (entry.part) {
      case 'presence':
        lanes.presence.push(turnOfPresence(entry.after));
        return;
      case 'routingStatus':
        lanes.routing.push(turnOfRouting(entry.after));
        return;
      case 'conversationSummary': {
        const value = workOf(entry.after);
        if (value !== lanes.work.at(-1)?.value) lanes.work.push({ at: Date.parse(entry.at), value });
        return;
      }
      case 'outOfOffice':
      case 'activeQueues':
    }
  }
}
