import {
  idempotencyKey,
  type AgentId,
  type Clock,
  type FactValue,
  type RecordingStore,
  type Transition,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { RecordWriter } from './record-writer.ts';

const MINUTE_MS = 60_000;

/** Everybody's record is compared with the platform's in this time, ms. */
export const RECONCILE_EVERY_MS = 60 * MINUTE_MS;

/** How long the platform's history is given to learn what happened, ms. */
const LAG_MS = 10 * MINUTE_MS;

/** What was compared last time is compared again this far back, ms. */
const OVERLAP_MS = 10 * MINUTE_MS;

/** Agents in one question to the platform (API §9.3). */
const AGENTS_PER_QUESTION = 100;

/** Two services' instants of one change may differ by this much, ms. */
const TOLERANCE_MS = 2000;

export interface ReconciliationOptions {
  readonly store: Pick<RecordingStore, 'readTransitions'>;
  readonly writer: RecordWriter;
  readonly cloud: Pick<GenesysCloud, 'listUserDetails' | 'platformNow'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly agents: () => readonly AgentId[];
}

export interface ReconciliationStatus {
  /** When a batch was last compared, our clock, ms; null before the first. */
  readonly lastAt: number | null;
  readonly comparedAgents: number;
  /** Changes that no event and no reading had told of. */
  readonly found: number;
}

/**
 * The net below the net: an event that is lost on a live socket and followed by another leaves no trace in any reading. So
 * everybody's record is compared with the platform's history in the course of an hour, a hundred agents at a time.
 */
export class Reconciliation {
  readonly #options: ReconciliationOptions;
  readonly #comparedUpTo = new Map<AgentId, number>();
  /** From when on those are compared who were not compared yet, platform clock. */
  readonly #since: number;
  #lastCallAt: number;
  #status: ReconciliationStatus = { lastAt: null, comparedAgents: 0, found: 0 };

  /** @param since platform clock, ms */
  constructor(options: ReconciliationOptions, since: number) {
    this.#options = options;
    this.#since = since;
    this.#lastCallAt = options.clock.now();
  }

  status(): ReconciliationStatus {
    return this.#status;
  }

  /** Compares those who are due: as many as keep everybody within the hour, by the time since the last call. */
  async compareDue(signal: AbortSignal): Promise<void> {
    const { agents, cloud, clock } = this.#options;
    const everybody = agents();
    const share = Math.min(1, (clock.now() - this.#lastCallAt) / RECONCILE_EVERY_MS);
    const questions = Math.ceil(Math.ceil(everybody.length / AGENTS_PER_QUESTION) * share);
    this.#lastCallAt = clock.now();
    const upTo = cloud.platformNow() - LAG_MS;
    const due = everybody
      .filter((id) => (this.#comparedUpTo.get(id) ?? this.#since) <= upTo - RECONCILE_EVERY_MS + OVERLAP_MS)
      .toSorted((a, b) => (this.#comparedUpTo.get(a) ?? this.#since) - (this.#comparedUpTo.get(b) ?? this.#since));
    for (let asked = 0; asked < questions && asked * AGENTS_PER_QUESTION < due.length; asked += 1) {
      const some = due.slice(asked * AGENTS_PER_QUESTION, (asked + 1) * AGENTS_PER_QUESTION);
      await this.compare(some, upTo, signal);
    }
  }

  /** Compares these agents (a hundred at most) up to an instant of the platform's clock. */
  async compare(agentIds: readonly AgentId[], upTo: number, signal: AbortSignal): Promise<void> {
    const { store, writer, cloud, clock, log } = this.#options;
    const since = Math.min(...agentIds.map((id) => this.#comparedUpTo.get(id) ?? this.#since)) - OVERLAP_MS;
    if (since >= upTo) return;
    const interval = { from: since, to: upTo };
    const answers = await cloud.listUserDetails(agentIds, interval, { priority: 'history', signal });
    const past = await store.readTransitions({ agentIds, from: since - TOLERANCE_MS, to: upTo + TOLERANCE_MS });
    const missing = answers.flatMap(({ agentId, transitions }) => {
      const own = past.get(agentId) ?? [];
      // Before the first record nothing was missed: nobody recorded, and that is a gap.
      const began = Math.min(...own.map(({ at }) => at));
      const unknown = missingFrom(own, transitions);
      return unknown.filter(({ exact, at }) => exact && at > Math.max(since, began));
    });
    if (missing.length > 0) {
      await writer.write({ gaps: [], transitions: missing });
      log.info({ event: 'changes-found', changes: missing.length }, 'the platform remembers changes nobody told of');
    }
    for (const id of agentIds) this.#comparedUpTo.set(id, upTo);
    const comparedAgents = this.#status.comparedAgents + agentIds.length;
    this.#status = { lastAt: clock.now(), comparedAgents, found: this.#status.found + missing.length };
  }
}

/** What is told and not known: neither by its instant, nor by a change to the same that nothing else is told to be. */
const missingFrom = (own: readonly Transition[], told: readonly Transition[]): Transition[] => {
  const toldKeys = new Set(told.map(idempotencyKey));
  const ownKeys = new Set(own.map(idempotencyKey));
  const unmatched = own.filter((change) => !toldKeys.has(idempotencyKey(change)));
  const isNear = (a: Transition, b: Transition): boolean =>
    Math.abs(a.at - b.at) <= TOLERANCE_MS && sameStatus(a.fact, b.fact);
  return told.filter((change) => !ownKeys.has(idempotencyKey(change)) && !unmatched.some((one) => isNear(one, change)));
};

/** The platform's history knows no presence message. */
const sameStatus = (a: FactValue, b: FactValue): boolean => {
  if (a.kind === 'presence' && b.kind === 'presence')
    return a.presence === b.presence && (a.definitionId === b.definitionId || b.definitionId === null);
  return a.kind === 'routing' && b.kind === 'routing' && a.routing === b.routing;
};
