import { summarise, type Contact } from './contact.ts';
import type { ConversationSummaryPart } from './live-state.ts';

/** What one agent has in hand: contacts from queues, ringing or not, and at most one call of the agent's own. */
export class WorkInHand {
  readonly #contacts: Contact[] = [];
  isOnPrivateCall = false;

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
  }

  /** @returns false when the agent did not have it any more */
  drop(contact: Contact): boolean {
    const index = this.#contacts.indexOf(contact);
    if (index < 0) return false;
    this.#contacts.splice(index, 1);
    return true;
  }

  dropEverything(): void {
    this.#contacts.length = 0;
    this.isOnPrivateCall = false;
  }
}
