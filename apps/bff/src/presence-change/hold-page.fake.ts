import { randomUUID } from 'node:crypto';
import { listHolds, presenceHold, type PresenceHoldView } from '@floorwatch/contracts';
import { expect } from 'vitest';
import type { Answer } from '../sessions/signed-in-floor.fake.ts';
import type { Supervisor, Wish } from './supervisor.fake.ts';

/** What a page does with holds, over HTTP. */
export class HoldPage {
  readonly #person: Supervisor;

  constructor(person: Supervisor) {
    this.#person = person;
  }

  /** Asks for a hold of what is there now; whatever comes back. */
  async ask(agent: string, wish: Wish & { minutes: number }, key: string = randomUUID()): Promise<Answer> {
    const headers = { 'if-match': await this.#person.etagOf(agent), 'idempotency-key': key };
    return this.#person.send('POST', `/api/agents/${agent}/presence-hold`, { headers, body: wish });
  }

  async start(agent: string, wish: Wish & { minutes: number }): Promise<PresenceHoldView> {
    const { status, text } = await this.ask(agent, wish);
    expect(status, text).toBe(201);
    return presenceHold.parse(JSON.parse(text));
  }

  /** Holds of an agent, the latest first. */
  async of(agent: string): Promise<PresenceHoldView[]> {
    const { status, text } = await this.#person.send('GET', `${listHolds.path}?agent=${agent}`);
    expect(status, text).toBe(200);
    return listHolds.reply.parse(JSON.parse(text)).holds;
  }

  async look(agent: string): Promise<PresenceHoldView> {
    const [hold] = await this.of(agent);
    return hold ?? expect.fail('there is no hold');
  }

  letGo(id: string): Promise<Answer> {
    return this.#person.send('DELETE', `/api/presence-holds/${id}`);
  }
}
