import {
  sameQueues,
  workKind,
  type AgentId,
  type AgentObservation,
  type AgentRow,
  type Contacts,
  type FactValue,
  type JoinedQueues,
  type Transition,
  type WorkKind,
} from '@floorwatch/domain';
import { DatedFact, NEVER, transitionOf, type Doubt, type RecordOutlet } from './dated-fact.ts';

/** What is remembered of one agent, to record nothing twice and to miss nothing. */
export class AgentTrace {
  readonly agentId: AgentId;
  readonly presence: DatedFact;
  readonly routing: DatedFact;
  readonly #outlet: RecordOutlet;
  #work: WorkKind | null = null;
  #workAt = NEVER;
  #outOfOffice: boolean | null = null;
  #outOfOfficeAt = NEVER;
  #queueIds: JoinedQueues = null;
  #queuesAt = NEVER;

  /** @param doubt of presence and routing from the start; null while it is not known what is recorded */
  constructor(agentId: AgentId, outlet: RecordOutlet, doubt: Doubt | null) {
    this.agentId = agentId;
    this.#outlet = outlet;
    this.presence = new DatedFact({ agentId, kind: 'presence' }, outlet, doubt);
    this.routing = new DatedFact({ agentId, kind: 'routing' }, outlet, doubt);
  }

  /** @param after the row, where the board took the observation for news */
  take(seen: AgentObservation, after: AgentRow | null): void {
    const { presence, routing, outOfOffice, queues } = seen;
    if (presence?.since.exact) this.presence.take(seen, presence.since);
    if (routing?.since.exact) this.routing.take(seen, routing.since);
    if (outOfOffice && outOfOffice.modifiedAt !== null) this.#takeOutOfOffice(seen, outOfOffice.modifiedAt);
    if (queues && queues.modifiedAt !== null) this.#takeQueues(seen, queues.modifiedAt);
    if (after !== null) this.#takeUndated(seen, after);
  }

  /** Remembers what is recorded of the facts without doubts; what was heard since is newer. */
  recall({ fact, at }: Transition): void {
    if (fact.kind === 'work' && this.#work === null) {
      this.#work = fact.work;
      this.#workAt = at;
    } else if (fact.kind === 'outOfOffice' && this.#outOfOffice === null) {
      this.#outOfOffice = fact.active;
      this.#outOfOfficeAt = at;
    } else if (fact.kind === 'queues' && this.#queueIds === null) {
      this.#queueIds = fact.queueIds;
      this.#queuesAt = at;
    }
  }

  /** Where the platform gives no instant, what the board made of it is what happened, when we were told. */
  #takeUndated(seen: AgentObservation, after: AgentRow): void {
    const { presence, routing, contacts, outOfOffice } = after.state;
    if (seen.presence?.since.exact === false && presence?.since.exact === false)
      this.presence.takeUndated(seen, presence.since.at);
    if (seen.routing?.since.exact === false && routing?.since.exact === false)
      this.routing.takeUndated(seen, routing.since.at);
    if (contacts !== null) this.#takeWork(seen, contacts);
    // Two changes within a millisecond would be one to the record.
    if (seen.outOfOffice?.modifiedAt === null && outOfOffice !== this.#outOfOffice)
      this.#takeOutOfOffice(seen, Math.max(seen.platformNow, this.#outOfOfficeAt + 1));
    if (seen.queues?.modifiedAt === null && !sameQueues(after.queueIds, this.#queueIds))
      this.#takeQueues(seen, Math.max(seen.platformNow, this.#queuesAt + 1));
  }

  #takeWork(seen: AgentObservation, contacts: Contacts): void {
    const work = workKind(contacts);
    if (work === this.#work) return;
    this.#work = work;
    this.#workAt = Math.max(contacts.since.at, this.#workAt + 1);
    this.#push(seen, { kind: 'work', work }, { at: this.#workAt, exact: contacts.since.exact });
  }

  #takeOutOfOffice(seen: AgentObservation, at: number): void {
    if (seen.outOfOffice === undefined || at === this.#outOfOfficeAt) return;
    const { active, modifiedAt } = seen.outOfOffice;
    this.#push(seen, { kind: 'outOfOffice', active }, { at, exact: modifiedAt !== null || seen.kind === 'event' });
    if (at < this.#outOfOfficeAt) return;
    this.#outOfOfficeAt = at;
    this.#outOfOffice = active;
  }

  #takeQueues(seen: AgentObservation, at: number): void {
    if (seen.queues === undefined || at === this.#queuesAt) return;
    const { ids, modifiedAt } = seen.queues;
    const queueIds = ids.toSorted();
    this.#push(seen, { kind: 'queues', queueIds }, { at, exact: modifiedAt !== null || seen.kind === 'event' });
    if (at < this.#queuesAt) return;
    this.#queuesAt = at;
    this.#queueIds = queueIds;
  }

  #push(seen: AgentObservation, fact: FactValue, instant: { at: number; exact: boolean }): void {
    this.#outlet.onTransition(transitionOf(seen, fact, instant));
  }
}
