import {
  stepOfHold,
  type AgentId,
  type AuditActor,
  type Board,
  type ChangeRecord,
  type Clock,
  type DivisionId,
  type HeldPresence,
  type Presence,
  type PresenceHold,
} from '@floorwatch/domain';
import type { HoldTable } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { DirectoryNames } from '../ingest/directory.ts';
import type { ChangeWay } from './change-order.ts';
import { noteHold } from './hold-deed.ts';
import { ownerOf, type FindPerson } from './order-owner.ts';

/** How often every hold is looked at, ms; whatever an agent does is looked at when it happens. */
const LOOK_EVERY_MS = 5000;

/** How often holds are read from the store, ms: another process may have started or ended some. */
const READ_EVERY_MS = 30_000;

/** How often it is asked whether the owner still is there, ms. */
const OWNER_EVERY_MS = 60_000;

export interface HoldsOptions {
  readonly way: ChangeWay;
  readonly holds: HoldTable;
  readonly board: Board;
  readonly names: () => DirectoryNames;
  readonly find: FindPerson;
  readonly trail: AuditTrail;
  readonly clock: Clock;
  readonly log: Logger;
}

type End = Pick<NonNullable<PresenceHold['ended']>, 'why' | 'reason'>;

/** Watches over every hold: sets again what drifts, and lets go where the agent has chosen, the time is up or somebody says no. */
export class Holds {
  readonly #options: HoldsOptions;
  readonly #held = new Map<AgentId, PresenceHold>();
  /** Agents whose hold is being looked at, so that one look does not overtake another. */
  readonly #looking = new Map<AgentId, Promise<void>>();
  readonly #changedMeanwhile = new Set<AgentId>();
  #stop: () => void = () => undefined;
  #readAt = -Infinity;
  #ownersAskedAt = -Infinity;

  constructor(options: HoldsOptions) {
    this.#options = options;
  }

  start(): void {
    const { board, clock } = this.#options;
    const stopTicks = clock.every(LOOK_EVERY_MS, () => this.#tick());
    const stopWatch = board.onChange(({ after, before }) => {
      const id = (after ?? before)?.profile.id;
      if (id !== undefined && this.#held.has(id)) this.#look(id);
    });
    this.#stop = () => {
      stopTicks();
      stopWatch();
    };
    this.#ownersAskedAt = clock.now();
    this.#tick();
  }

  /** Holds go on with the next start. */
  async stop(): Promise<void> {
    this.#stop();
    await Promise.all(this.#looking.values());
  }

  /** Watches over a hold from here on. */
  watch(hold: PresenceHold): void {
    if (hold.ended !== null) return;
    this.#held.set(hold.agentId, hold);
    this.#look(hold.agentId);
  }

  /** Lets go because somebody says so. @returns it as it is now; null where there is none */
  async release(id: string, by: AuditActor): Promise<PresenceHold | null> {
    const reason = `${by.name ?? 'Somebody'} let go`;
    return (await this.#end(id, { why: 'person', reason }, by)) ?? this.#options.holds.find(id);
  }

  #tick(): void {
    const now = this.#options.clock.now();
    if (now - this.#readAt >= READ_EVERY_MS) {
      this.#readAt = now;
      this.#options.holds
        .list({ endedSince: now })
        .then((holds) => this.#adopt(holds))
        .catch((error: unknown) => this.#logFailed(error));
    }
    const asksOwners = now - this.#ownersAskedAt >= OWNER_EVERY_MS;
    if (asksOwners) this.#ownersAskedAt = now;
    for (const [agent, hold] of this.#held) {
      this.#look(agent);
      if (asksOwners) this.#askOwner(hold).catch((error: unknown) => this.#logFailed(error));
    }
  }

  #adopt(holds: readonly PresenceHold[]): void {
    const there = new Map(holds.filter(({ ended }) => ended === null).map((hold) => [hold.agentId, hold]));
    for (const [agent, { startedAt }] of this.#held)
      if (!there.has(agent) && startedAt < this.#readAt) this.#held.delete(agent);
    for (const [agent, hold] of there) if (!this.#looking.has(agent)) this.#held.set(agent, hold);
  }

  #look(agent: AgentId): void {
    if (this.#looking.has(agent)) {
      this.#changedMeanwhile.add(agent);
      return;
    }
    const looking = this.#step(agent)
      .catch((error: unknown) => this.#logFailed(error))
      .finally(() => {
        this.#looking.delete(agent);
        if (this.#changedMeanwhile.delete(agent)) this.#look(agent);
      });
    this.#looking.set(agent, looking);
  }

  async #step(agent: AgentId): Promise<void> {
    const hold = this.#held.get(agent);
    if (hold === undefined) return;
    const presence = this.#options.board.rowOf(agent)?.state.presence ?? null;
    const isAnswer = presence !== null && presence.since.at >= hold.heldSince;
    await this.#act(hold, isAnswer ? presence : null);
  }

  async #act(hold: PresenceHold, presence: Presence | null): Promise<void> {
    const now = this.#options.clock.now();
    const step = stepOfHold({ ...hold, definitionId: hold.wanted.definitionId }, this.#seen(presence), now);
    if (step === 'holds') return;
    if (step === 'set-again') return this.#setAgain(hold);
    const reason = step.end === 'time' ? 'The time was up' : `The agent is ${this.#labelOf(presence)} now`;
    await this.#end(hold.id, { why: step.end, reason }, SYSTEM);
  }

  async #setAgain(hold: PresenceHold): Promise<void> {
    const { way, clock, find } = this.#options;
    const owner = await ownerOf(hold, find);
    if (typeof owner === 'string') return this.#letGo(hold, owner);
    const at = Math.floor(clock.now());
    // Whatever comes of it, the next try is a beat away.
    this.#held.set(hold.agentId, { ...hold, setAt: at });
    const { id, agentId, wanted, overrideReason, correlationId } = hold;
    const ticket = await way.request({
      asker: owner,
      change: { agentId, wanted: { definitionId: wanted.definitionId, message: wanted.message } },
      expects: null,
      condition: (there) => this.#whyNot(hold, there),
      override: overrideReason === null ? null : { reason: overrideReason },
      cause: 'hold',
      groupId: id,
      key: `${id}:${String(at)}`,
      correlationId,
    });
    await this.#afterWrite({ ...hold, setAt: at }, ticket.record);
  }

  /** Looked at under the agent's lock: an agent who has chosen since the drift was seen is not overruled. */
  #whyNot(hold: PresenceHold, there: Presence): string | null {
    const asIfDue = { definitionId: hold.wanted.definitionId, setAt: -Infinity, endsAt: hold.endsAt };
    const step = stepOfHold(asIfDue, this.#seen(there), this.#options.clock.now());
    return step === 'set-again' ? null : `The agent is ${this.#labelOf(there)} now: there is nothing to set again`;
  }

  async #afterWrite(hold: PresenceHold, { progress }: ChangeRecord): Promise<void> {
    const { written, now, problem } = progress;
    if (written !== null) {
      const set = await this.#options.holds.noteSet(hold.id, { at: hold.setAt, heldSince: written.since.at });
      if (set === null) this.#held.delete(hold.agentId);
      else this.#held.set(hold.agentId, set);
      return;
    }
    if (progress.state !== 'refused' || problem === null || MAY_PASS.has(problem.code)) return;
    if (now === null) return this.#letGo(hold, problem.message);
    await this.#act(hold, now);
  }

  async #askOwner(hold: PresenceHold): Promise<void> {
    const owner = await ownerOf(hold, this.#options.find);
    if (typeof owner === 'string') await this.#letGo(hold, owner);
  }

  async #letGo({ id }: PresenceHold, reason: string): Promise<void> {
    await this.#end(id, { why: 'refused', reason }, SYSTEM);
  }

  async #end(id: string, end: End, by: AuditActor): Promise<PresenceHold | null> {
    const { holds, clock, trail } = this.#options;
    const ended = await holds.end(id, { ...end, at: Math.floor(clock.now()) });
    for (const [agent, hold] of this.#held) if (hold.id === id) this.#held.delete(agent);
    if (ended !== null) await noteHold(trail, ended, { outcome: 'accepted', by, divisionId: this.#divisionOf(ended) });
    return ended;
  }

  #divisionOf({ agentId }: PresenceHold): DivisionId | null {
    return this.#options.board.rowOf(agentId)?.profile.divisionId ?? null;
  }

  /** With what only the organisation's definitions tell; as if unseen before they were read. */
  #seen(presence: Presence | null): HeldPresence | null {
    const { revision, presenceDefinitions } = this.#options.names();
    if (presence === null || revision === 0) return null;
    const { definitionId } = presence;
    const known = presenceDefinitions.find(({ id }) => id === definitionId);
    return { ...presence, isPrimary: definitionId === null || (known?.isPrimary ?? false) };
  }

  #labelOf(presence: Presence | null): string {
    const definitions = this.#options.names().presenceDefinitions;
    return definitions.find(({ id }) => id === presence?.definitionId)?.label ?? presence?.system ?? 'somewhere else';
  }

  #logFailed(error: unknown): void {
    this.#options.log.warn({ event: 'hold-care-failed', err: error }, 'care of a hold failed; it is looked at again');
  }
}

const SYSTEM: AuditActor = { kind: 'system', id: null, name: null };

/** What is over by the next beat, it may be hoped: nothing was changed, and the hold goes on. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'rate-limited',
  'platform-unavailable',
  'audit-unavailable',
  'not-ready',
]);
