import type { Organisation } from '../org/organisation.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { Random } from '../time/random.ts';
import { AgentActor, type Workplace } from './agent-actor.ts';
import { AgentDay } from './agent-day.ts';
import type { Contact, ContactListener } from './contact.ts';
import { ContactRouter } from './contact-router.ts';
import type { Journal } from './journal.ts';
import { LiveFloor, type FloorListener } from './live-floor.ts';
import type { ConversationSummaryPart, LiveState, RoutingStatusName } from './live-state.ts';
import { drawOpening } from './opening.ts';
import { PastWork } from './past-work.ts';
import type { PresenceChange } from './presence-menu.ts';
import { Roster } from './roster.ts';
import { Timeline } from './timeline.ts';

/** A change that somebody outside the floor makes; several parts change in this order. */
export interface OutsideChange {
  readonly presence?: PresenceChange;
  readonly routingStatus?: RoutingStatusName;
  readonly conversationSummary?: ConversationSummaryPart;
  readonly outOfOffice?: boolean;
  readonly activeQueueIds?: readonly string[];
}

/** The whole floor at work: same organisation and start, same journal, however fast or in what steps it is advanced. */
export class ScenarioEngine {
  readonly floor: LiveFloor;
  readonly roster: Roster;
  readonly past: PastWork;
  readonly #timeline: Timeline;
  readonly #router: ContactRouter;
  readonly #actors = new Map<string, AgentActor>();
  readonly #contactListeners: ContactListener[] = [];
  #transitions = 0;

  /** @param startsAt virtual instant, ms */
  constructor(organisation: Organisation, startsAt: number) {
    this.#timeline = new Timeline(startsAt);
    const media = new Map(organisation.queues.map((queue) => [queue.id, queue.media[0]]));
    const mediumOf = ({ queueIds }: UserProfile) => media.get(queueIds[0] ?? '') ?? 'call';
    const roster = new Roster(organisation, startsAt);
    const past = new PastWork({ roster, seed: organisation.seed, mediumOf });
    this.roster = roster;
    this.past = past;
    const people = organisation.agents.map((profile) => {
      const random = new Random(`${organisation.seed}/agent/${profile.id}`);
      const opening = drawOpening({ profile, roster, past, random, medium: mediumOf(profile) });
      return { profile, random, opening };
    });
    this.floor = new LiveFloor(new Map(people.map(({ profile, opening }) => [profile.id, opening.state])));
    this.#countTransitions();
    const router = new ContactRouter(organisation.queues, this.#timeline, organisation.seed);
    this.#router = router;
    const onContact: ContactListener = (...told) => {
      for (const listener of this.#contactListeners) listener(...told);
    };
    const workplace: Workplace = { floor: this.floor, timeline: this.#timeline, router, onContact };
    for (const { profile, random, opening } of people) {
      const actor = new AgentActor(profile.id, workplace, random);
      this.#actors.set(profile.id, actor);
      actor.resume(opening.contacts);
      new AgentDay({ profile, actor, workplace, roster, random }).follow(opening.shift, opening.nextStep);
    }
    router.start();
  }

  get journal(): Journal {
    return this.floor.journal;
  }

  /** Steps that changed an agent since the start; one step may change several parts. */
  get transitions(): number {
    return this.#transitions;
  }

  listen(listener: FloorListener): void {
    this.floor.listen(listener);
  }

  listenToContacts(listener: ContactListener): void {
    this.#contactListeners.push(listener);
  }

  has(userId: string): boolean {
    return this.#actors.has(userId);
  }

  stateOf(userId: string): LiveState {
    return this.floor.stateOf(userId);
  }

  /** Contacts an agent has in hand, ringing ones too. */
  contactsOf(userId: string): readonly Contact[] {
    return this.#actors.get(userId)?.contacts ?? [];
  }

  /** Contacts that wait in a queue for an agent. */
  waitingIn(queueId: string): readonly Contact[] {
    return this.#router.waitingIn(queueId);
  }

  /** Lets everything happen that is due by a virtual instant. */
  advanceTo(virtualNow: number): void {
    this.#timeline.runUntil(virtualNow);
  }

  /** Sets the floor's clock ahead; what is planned keeps its distance. */
  leap(ms: number): void {
    this.#timeline.leap(ms);
  }

  /** Pulls what would happen next forward to this instant, until `count` agents' transitions have happened. */
  hurry(count: number): void {
    const until = this.#transitions + count;
    while (this.#transitions < until) if (!this.#timeline.pullForward()) return;
  }

  /** Changes an agent from outside; the agent's own behaviour goes on from there. */
  change(userId: string, change: OutsideChange): void {
    const actor = this.#actors.get(userId);
    if (actor === undefined) throw new Error(`no agent ${userId} on this floor`);
    const now = this.#timeline.virtualNow;
    if (change.presence) actor.takePresence(change.presence);
    if (change.routingStatus) actor.forceRoutingStatus(change.routingStatus);
    if (change.conversationSummary) this.floor.setConversationSummary(userId, change.conversationSummary, now);
    if (change.outOfOffice !== undefined) this.floor.setOutOfOffice(userId, change.outOfOffice, now);
    if (change.activeQueueIds) actor.setActiveQueues(change.activeQueueIds);
  }

  #countTransitions(): void {
    let lastStep = -1;
    let lastUserId = '';
    this.floor.listen(({ userId }) => {
      if (this.#timeline.steps === lastStep && userId === lastUserId) return;
      lastStep = this.#timeline.steps;
      lastUserId = userId;
      this.#transitions += 1;
    });
  }
}
