import { summarise, type Contact } from './contact.ts';
import type { ConversationSummaryPart } from './live-state.ts';

/** What one agent has in hand: contacts from queues, ringing or not, and at most one call of the agent's own. */
export class WorkInHand {
  readonly #contacts: Contact[] = [];
  readonly #tell: (contact: Contact, endedAt: number | null) => void;
  isOnPrivateCall = false;

  /** @param tell is told of every contact that comes, turns to another phase, or goes */
  constructor(tell: (contact: Contact, endedAt: number | null) => void) {
    this.#tell = tell;
  }

  /** Nothing from a queue, not even ringing. */
  get isEmpty(): boolean {
    return this.#contacts.length === 0;
  }

  get contacts(): readonly Contact[] {
    return this.#contacts;
  }

  get count(): number {
    return this.#contacts.length;
  }

  /** Handling a contact or in after-call work: what keeps an agent INTERACTING. */
  get isBusy(): boolean {
    return this.#contacts.some(({ phase }) => phase === 'active' || phase === 'acw');
  }

  get summary(): ConversationSummaryPart {
    return summarise(this.#contacts, this.isOnPrivateCall);
  }

  has(contact: Contact): boolean {
    return this.#contacts.includes(contact);
  }

  add(contact: Contact): void {
    this.#contacts.push(contact);
    this.#tell(contact, null);
  }

  /** A phase that goes on keeps its beginning. */
  setPhase(contact: Contact, phase: 'active' | 'acw', at: number): void {
    if (contact.phase === phase) return;
    contact.phase = phase;
    contact.phaseAt = Math.round(at);
    if (phase === 'active') contact.answeredAt = contact.phaseAt;
    if (this.has(contact)) this.#tell(contact, null);
  }

  /** @returns false when the agent did not have it any more */
  drop(contact: Contact, at: number): boolean {
    const index = this.#contacts.indexOf(contact);
    if (index < 0) return false;
    this.#contacts.splice(index, 1);
    this.#tell(contact, Math.round(at));
    return true;
  }

  dropEverything(at: number): void {
    for (const contact of this.#contacts.splice(0)) this.#tell(contact, Math.round(at));
    this.isOnPrivateCall = false;
  }
}
