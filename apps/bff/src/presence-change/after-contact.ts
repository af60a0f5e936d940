import { randomUUID } from 'node:crypto';
import {
  AFTER_CONTACT_LIMIT_MS,
  isOnContact,
  stepOfAwaited,
  type AgentId,
  type Board,
  type ChangeRecord,
  type ChangeStore,
  type Clock,
  type DropReason,
  type Presence,
} from '@floorwatch/domain';
import type { WaitingChange, WaitTable } from '@floorwatch/store';
import type { Logger } from 'pino';
import { agentNotFound, ApiError } from '../plugins/api-error.ts';
import type { ChangeOrder, ChangeWay, Ticket } from './change-order.ts';
import { ownerOf, type FindPerson } from './order-owner.ts';
import type { PresenceChanger } from './presence-changer.ts';
import { presenceEtag } from './presence-etag.ts';

/** How often every change that waits is looked at, ms; what an agent does is looked at when it happens. */
const LOOK_EVERY_MS = 5000;

/** How often it is asked whether whoever asked still is there, and what other processes keep, ms. */
const READ_EVERY_MS = 60_000;

/** Until a wait whose change is missing is taken for a leftover, ms: it is kept a moment before the change is. */
const LEFTOVER_MS = 60_000;

export interface AfterContactOptions {
  readonly changer: Pick<PresenceChanger, 'request' | 'reserve' | 'perform' | 'drop' | 'previews'>;
  readonly changes: Pick<ChangeStore, 'find' | 'findByKey'>;
  readonly waits: WaitTable;
  readonly board: Board;
  /** Before it is, an agent who is not on the board may still come. */
  readonly isBoardComplete: () => boolean;
  readonly find: FindPerson;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Waiting {
  readonly wait: WaitingChange;
  readonly record: ChangeRecord;
}

const DROPPED: Readonly<Record<DropReason, string>> = {
  'agent-changed': 'The agent has set another presence meanwhile: it was left as it is',
  'agent-offline': 'The agent has gone offline meanwhile',
  'agent-gone': 'There is no such agent any more',
  'too-long': 'The contact did not end within two hours',
};

/** Changes that wait for the end of a contact: made when it is over, dropped when they have lost their meaning; also after a restart. */
export class AfterContact implements ChangeWay {
  readonly #options: AfterContactOptions;
  readonly #waiting = new Map<AgentId, Waiting>();
  readonly #acting = new Set<Promise<void>>();
  /** Orders that are being kept, by whose and which try it is. */
  readonly #asking = new Map<string, Promise<unknown>>();
  #stop: () => void = () => undefined;
  #readAt = -Infinity;

  constructor(options: AfterContactOptions) {
    this.#options = options;
  }

  start(): void {
    const { board, clock } = this.#options;
    const stopTicks = clock.every(LOOK_EVERY_MS, () => this.#tick());
    const stopWatch = board.onChange(({ before, after }) => {
      const id = (after ?? before)?.profile.id;
      if (id !== undefined) this.#look(id);
    });
    this.#stop = () => {
      stopTicks();
      stopWatch();
    };
    this.#tick();
  }

  /** What waits goes on waiting with the next start. */
  async stop(): Promise<void> {
    this.#stop();
    await Promise.all(this.#acting);
  }

  /**
   * Keeps the change until the contact in hand is over; makes it at once where there is none.
   * @throws ApiError as `PresenceChanger.request`, and for whatever can be told already: nobody waits for hours for a no
   */
  request(asked: ChangeOrder): Promise<Ticket> {
    const order: ChangeOrder = { ...asked, cause: 'after-contact' };
    const name = JSON.stringify([order.asker.actor, order.key]);
    const asking = this.#asking.get(name) ?? Promise.resolve();
    // One after the other: the same try again finds what the first has kept.
    const ticket = asking.then(
      () => this.#request(order),
      () => this.#request(order),
    );
    this.#asking.set(name, ticket);
    const forget = (): void => {
      if (this.#asking.get(name) === ticket) this.#asking.delete(name);
    };
    ticket.then(forget, forget);
    return ticket;
  }

  async #request(order: ChangeOrder): Promise<Ticket> {
    const { changer, changes, board } = this.#options;
    const known = await changes.findByKey(order.asker.actor, order.key);
    if (known !== null) return ticketOf(await changer.reserve(order));
    const state = board.rowOf(order.change.agentId)?.state ?? null;
    if (state === null || state.routing === null || !isOnContact(state)) return changer.request(order);
    const wait = await this.#add(order, state.routing.since.at);
    const record = await this.#reserve({ ...order, id: wait.changeId });
    if (record.progress.state === 'waiting') {
      this.#waiting.set(wait.agentId, { wait, record });
      this.#look(wait.agentId);
    }
    return ticketOf(record);
  }

  /** What would be refused now is refused now. */
  async #reserve(order: ChangeOrder & { readonly id: string }): Promise<ChangeRecord> {
    const { changer, waits } = this.#options;
    try {
      const record = await changer.reserve(order, { isChecked: true });
      if (record.progress.state !== 'waiting') await waits.remove(order.id);
      return record;
    } catch (error) {
      await waits.remove(order.id);
      throw error;
    }
  }

  /** @throws ApiError where another one waits for this agent */
  async #add(order: ChangeOrder, heldSince: number): Promise<WaitingChange> {
    const { waits, changes, clock } = this.#options;
    const presence = await this.#presenceOf(order);
    const wait: WaitingChange = {
      changeId: randomUUID(),
      agentId: order.change.agentId,
      etag: order.expects ?? presenceEtag(presence),
      presence,
      heldSince,
      waitsUntil: Math.floor(clock.now()) + AFTER_CONTACT_LIMIT_MS,
    };
    for (;;) {
      const there = await waits.add(wait);
      if (there === wait.changeId) return wait;
      const other = await changes.find(there);
      if (other === null || other.progress.state === 'waiting')
        throw new ApiError(
          409,
          'change-impossible',
          'Another change waits for the end of this agent’s contact already: take that one back first',
        );
      await waits.remove(there);
    }
  }

  /** What the platform has now, read as the board will see it. */
  async #presenceOf({ asker, change }: ChangeOrder): Promise<Presence> {
    const [preview] = await this.#options.changer.previews(asker, [change.agentId], change.wanted);
    if (preview?.current) return preview.current;
    throw agentNotFound(change.agentId);
  }

  #tick(): void {
    const now = this.#options.clock.now();
    for (const agent of this.#waiting.keys()) this.#look(agent);
    if (now - this.#readAt < READ_EVERY_MS) return;
    this.#readAt = now;
    this.#follow(this.#read());
    for (const waiting of this.#waiting.values()) this.#follow(this.#askOwner(waiting));
  }

  /** What an earlier run has left, and what other processes keep. */
  async #read(): Promise<void> {
    const { waits, changes, clock } = this.#options;
    for (const wait of await waits.list()) {
      if (this.#waiting.has(wait.agentId)) continue;
      const record = await changes.find(wait.changeId);
      if (record?.progress.state === 'waiting') this.#waiting.set(wait.agentId, { wait, record });
      else if (record !== null || clock.now() > wait.waitsUntil - AFTER_CONTACT_LIMIT_MS + LEFTOVER_MS)
        await waits.remove(wait.changeId);
    }
  }

  #look(agent: AgentId): void {
    const { board, clock, isBoardComplete } = this.#options;
    const waiting = this.#waiting.get(agent);
    if (waiting === undefined || !isBoardComplete()) return;
    const step = stepOfAwaited(waiting.wait, board.rowOf(agent)?.state ?? null, clock.now());
    if (step === 'wait') return;
    this.#act(waiting, step === 'go' ? () => this.#make(waiting) : () => this.#drop(waiting, DROPPED[step.drop]));
  }

  /** Once; and again with the next look where it could not be done now. */
  #act(waiting: Waiting, action: () => Promise<void>): void {
    const { agentId } = waiting.wait;
    this.#waiting.delete(agentId);
    this.#follow(
      action().catch((error: unknown) => {
        this.#waiting.set(agentId, waiting);
        throw error;
      }),
    );
  }

  async #make({ wait, record }: Waiting): Promise<void> {
    const { changer, waits, find } = this.#options;
    const { agentId, wanted, overrideReason, key, correlationId } = record;
    const owner = await ownerOf(ownedBy(record), find);
    if (typeof owner === 'string') return this.#drop({ wait, record }, owner);
    if (wanted === null) throw new Error(`the change ${record.id} waits, and wants no presence`);
    await changer.perform(record.id, {
      asker: owner,
      change: { agentId, wanted: { definitionId: wanted.definitionId, message: wanted.message } },
      expects: wait.etag,
      override: overrideReason === null ? null : { reason: overrideReason },
      cause: 'after-contact',
      key,
      correlationId,
    });
    await waits.remove(wait.changeId);
  }

  async #drop({ wait }: Waiting, reason: string): Promise<void> {
    await this.#options.changer.drop(wait.changeId, reason);
    await this.#options.waits.remove(wait.changeId);
  }

  async #askOwner(waiting: Waiting): Promise<void> {
    const owner = await ownerOf(ownedBy(waiting.record), this.#options.find);
    if (typeof owner === 'string' && this.#waiting.get(waiting.wait.agentId) === waiting)
      this.#act(waiting, () => this.#drop(waiting, owner));
  }

  #follow(work: Promise<void>): void {
    const followed = work
      .catch((error: unknown) => {
        this.#options.log.warn(
          { event: 'waiting-change-failed', err: error },
          'a change that waits is looked at again',
        );
      })
      .finally(() => this.#acting.delete(followed));
    this.#acting.add(followed);
  }
}

const ticketOf = (record: ChangeRecord): Ticket => ({ record, settled: Promise.resolve(record) });

const ownedBy = ({ actor }: ChangeRecord) => ({
  owner: { userId: actor.id ?? '', name: actor.name ?? 'Whoever asked' },
});
