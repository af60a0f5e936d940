import type { QueueProfile } from '../org/queue-profile.ts';
import { Random } from '../time/random.ts';
import { meanHandlingMs, type Contact } from './contact.ts';
import type { Timeline } from './timeline.ts';

/** An agent, as far as the distribution of contacts is concerned. */
export interface Receiver {
  /** Joined queues. Leave the queues before changing them, and enter them again after. */
  readonly activeQueueIds: readonly string[];
  /** The contact is this agent's now: it alerts. */
  receive(contact: Contact): void;
}

interface QueueDesk {
  readonly profile: QueueProfile;
  readonly random: Random;
  readonly meanHandlingMs: number;
  /** Ready agents, the longest waiting one first. */
  readonly ready: Set<Receiver>;
  readonly waiting: { contact: Contact; givesUpAt: number }[];
  /** Agents on queue here, each counted by the share of its time this queue may have. */
  agents: number;
}

/**
 * Customers arrive as fast as keeps agents this busy, whatever the number on queue: no queue runs full over night, and no
 * agent sits idle for hours.
 */
const OCCUPANCY = 0.8;
const MEAN_PATIENCE_MS = 150_000;
const MOST_WAITING = 200;
const CLOSED_QUEUE_RECHECK_MS = 30_000;
const FIRST_MEDIUM_SHARE = 0.7;

/** Brings arriving contacts to the longest-idle agent that has joined their queue. */
export class ContactRouter {
  readonly #desks = new Map<string, QueueDesk>();
  readonly #timeline: Timeline;

  constructor(queues: readonly QueueProfile[], timeline: Timeline, seed: string) {
    this.#timeline = timeline;
    for (const profile of queues) {
      const desk: QueueDesk = {
        profile,
        random: new Random(`${seed}/queue/${profile.id}`),
        meanHandlingMs: meanHandlingMs(profile.media[0]),
        ready: new Set(),
        waiting: [],
        agents: 0,
      };
      this.#desks.set(profile.id, desk);
    }
  }

  /** Opens the doors; the agents that are on queue should have entered. */
  start(): void {
    for (const desk of this.#desks.values()) this.#awaitNextArrival(desk);
  }

  enter(agent: Receiver): void {
    for (const desk of this.#desksOf(agent)) desk.agents += 1 / agent.activeQueueIds.length;
  }

  leave(agent: Receiver): void {
    for (const desk of this.#desksOf(agent)) desk.agents = Math.max(0, desk.agents - 1 / agent.activeQueueIds.length);
    this.unready(agent);
  }

  /** The agent can take a contact now, and may get one at once. */
  ready(agent: Receiver): void {
    let oldest: QueueDesk | null = null;
    for (const desk of this.#desksOf(agent)) {
      this.#dropThoseWhoGaveUp(desk);
      const first = desk.waiting[0];
      if (first !== undefined && (oldest?.waiting[0]?.givesUpAt ?? Infinity) > first.givesUpAt) oldest = desk;
    }
    const next = oldest?.waiting.shift();
    if (next !== undefined) agent.receive(next.contact);
    else for (const desk of this.#desksOf(agent)) desk.ready.add(agent);
  }

  /** Customers who have not given up yet. */
  waitingIn(queueId: string): Contact[] {
    const desk = this.#desks.get(queueId);
    if (desk === undefined) return [];
    this.#dropThoseWhoGaveUp(desk);
    return desk.waiting.map(({ contact }) => contact);
  }

  unready(agent: Receiver): void {
    for (const desk of this.#desksOf(agent)) desk.ready.delete(agent);
  }

  *#desksOf(agent: Receiver): Generator<QueueDesk> {
    for (const id of agent.activeQueueIds) {
      const desk = this.#desks.get(id);
      if (desk !== undefined) yield desk;
    }
  }

  #awaitNextArrival(desk: QueueDesk): void {
    const isOpen = desk.agents > 0.01;
    const meanGapMs = isOpen ? desk.meanHandlingMs / (OCCUPANCY * desk.agents) : CLOSED_QUEUE_RECHECK_MS;
    this.#timeline.in(desk.random.exponential(meanGapMs), () => {
      if (isOpen) this.#arrive(desk);
      this.#awaitNextArrival(desk);
    });
  }

  #arrive(desk: QueueDesk): void {
    const { random, profile } = desk;
    const medium = random.chance(FIRST_MEDIUM_SHARE) ? profile.media[0] : random.pick(profile.media);
    const now = this.#timeline.virtualNow;
    const contact: Contact = {
      id: random.uuid(),
      queueId: profile.id,
      medium,
      phase: 'waiting',
      alertedAt: now,
      phaseAt: now,
      answeredAt: null,
    };
    for (const agent of desk.ready) {
      this.unready(agent);
      agent.receive(contact);
      return;
    }
    if (desk.waiting.length < MOST_WAITING)
      desk.waiting.push({ contact, givesUpAt: this.#timeline.modelNow + random.exponential(MEAN_PATIENCE_MS) });
  }

  #dropThoseWhoGaveUp(desk: QueueDesk): void {
    const now = this.#timeline.modelNow;
    while (desk.waiting[0] !== undefined && desk.waiting[0].givesUpAt <= now) desk.waiting.shift();
  }
}
