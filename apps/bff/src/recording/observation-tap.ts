import type { AgentId, AgentObservation, Clock, GapReason, RowChange, Transition } from '@floorwatch/domain';
import type { ObservationListener } from '../ingest/intake.ts';
import { AgentTrace } from './agent-trace.ts';
import { NEVER, type DatedFact, type Doubt, type RecordOutlet } from './dated-fact.ts';

/** A process that was killed may have had that much in its hands that was told before its last sign of life, ms. */
const RESTART_MARGIN_MS = 30_000;

export interface ObservationTapOptions extends Pick<RecordOutlet, 'onTransition' | 'onGap' | 'onCertain'> {
  readonly clock: Clock;
  /** The platform's clock, ms. */
  readonly platformNow: () => number;
  /** How far back the past of an agent without any record is asked for, ms. */
  readonly backfillMs: number;
  readonly isOnBoard: (id: AgentId) => boolean;
}

/** What is recorded already: the latest of each agent and kind, and when recording last gave a sign of life. */
export interface KnownPast {
  readonly latest: readonly Transition[];
  readonly aliveAt: number | null;
}

/** Turns what is seen into what is recorded. It is on the live path: it compares instants, and pushes what is news. */
export class ObservationTap implements ObservationListener {
  readonly #options: ObservationTapOptions;
  readonly #outlet: RecordOutlet;
  readonly #traces = new Map<AgentId, AgentTrace>();

  constructor(options: ObservationTapOptions) {
    this.#options = options;
    this.#outlet = { ...options, isPastKnown: false, holding: new Set() };
  }

  taken(seen: AgentObservation, change: RowChange | null): void {
    const trace = this.#traces.get(seen.agentId) ?? this.#begin(seen.agentId);
    trace?.take(seen, change === null ? null : change.after);
  }

  unheard(ids: readonly AgentId[]): void {
    this.#tellUnheard(ids, 'events-lost');
  }

  heard(ids: readonly AgentId[]): void {
    const since = this.#options.clock.now();
    for (const id of ids) {
      const trace = this.#traces.get(id);
      trace?.presence.doubtNow('events-lost', since);
      trace?.routing.doubtNow('events-lost', since);
    }
  }

  left(ids: readonly AgentId[]): void {
    this.#tellUnheard(ids, 'not-recording');
  }

  /** From when on something may be missing that is not written as a gap yet; null where there is no such thing. */
  get heldBackFrom(): number | null {
    let from = Infinity;
    for (const fact of this.#outlet.holding) from = Math.min(from, fact.heldBackFrom);
    return Number.isFinite(from) ? from : null;
  }

  /** Lets go of changes whose event has not come in time, or of all that wait for one. */
  release({ all }: { all: boolean }): void {
    const now = all ? Infinity : this.#options.clock.now();
    for (const fact of this.#outlet.holding) fact.letGo(now);
  }

  /** What is recorded is known now: agents who were seen before are judged by it, the others when they are seen. */
  knowPast({ latest, aliveAt }: KnownPast): void {
    this.#outlet.isPastKnown = true;
    const recorded = new Map<DatedFact, Transition>();
    for (const transition of latest) {
      const { agentId, fact } = transition;
      const trace = this.#traces.get(agentId) ?? this.#add(agentId, null);
      trace.recall(transition);
      if (fact.kind === 'presence' || fact.kind === 'routing') recorded.set(trace[fact.kind], transition);
    }
    const unrecorded = this.#unrecorded();
    for (const { presence, routing } of this.#traces.values())
      for (const fact of [presence, routing]) {
        const last = recorded.get(fact) ?? null;
        fact.judgeBy(last === null ? unrecorded : doubtAfter(last, aliveAt), last);
      }
  }

  /** Null where the agent is not one of ours. */
  #begin(id: AgentId): AgentTrace | null {
    if (!this.#options.isOnBoard(id)) return null;
    return this.#add(id, this.#outlet.isPastKnown ? this.#unrecorded() : null);
  }

  #add(id: AgentId, doubt: Doubt | null): AgentTrace {
    const trace = new AgentTrace(id, this.#outlet, doubt);
    this.#traces.set(id, trace);
    return trace;
  }

  /** Of an agent of whom nothing is recorded, everything may be missing that is worth asking for. */
  #unrecorded(): Doubt {
    const { platformNow, backfillMs } = this.#options;
    return { at: NEVER, certainUpTo: platformNow() - backfillMs, since: NEVER, reason: 'not-recording' };
  }

  #tellUnheard(ids: readonly AgentId[], reason: GapReason): void {
    const since = this.#options.clock.now();
    for (const id of ids) {
      const trace = this.#traces.get(id);
      trace?.presence.unheardNow(reason, since);
      trace?.routing.unheardNow(reason, since);
    }
  }
}

/** What an earlier run has recorded holds until the process ended, or a little less. */
const doubtAfter = ({ at }: Transition, aliveAt: number | null): Doubt => ({
  at,
  certainUpTo: Math.max(at, (aliveAt ?? NEVER) - RESTART_MARGIN_MS),
  since: NEVER,
  reason: 'not-recording',
});
