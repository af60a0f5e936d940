import type { MediaType } from '../org/queue-profile.ts';
import type { DueTask } from '../time/due-queue.ts';
import type { Random } from '../time/random.ts';
import type { ContactRouter, Receiver } from './contact-router.ts';
import { drawAcwMs, drawTalkMs, isShareable, type Contact, type ContactListener } from './contact.ts';
import type { LiveFloor } from './live-floor.ts';
import type { LiveState, RoutingStatusName } from './live-state.ts';
import type { PresenceChange } from './presence-menu.ts';
import type { Timeline } from './timeline.ts';
import { WorkInHand } from './work-in-hand.ts';

/** What every agent of a floor works with. */
export interface Workplace {
  readonly floor: LiveFloor;
  readonly timeline: Timeline;
  readonly router: ContactRouter;
  readonly onContact: ContactListener;
}

const MISSED_SHARE = 0.03;
const LEAVES_MID_CONTACT_SHARE = 0.2;
const PRIVATE_CALL_SHARE = 0.05;
const SECOND_CONTACT_SHARE = 0.35;

/**
 * One agent: presence, routing status and contacts, and how each follows from the other (API §6.1, §14.7).
 * Presence and routing are two services on the platform, so routing follows presence 20 to 200 ms later.
 */
export class AgentActor implements Receiver {
  readonly userId: string;
  readonly #workplace: Workplace;
  readonly #random: Random;
  readonly #work: WorkInHand;
  #alert: { readonly task: DueTask; readonly contact: Contact } | null = null;
  #deferred: PresenceChange | null = null;

  constructor(userId: string, workplace: Workplace, random: Random) {
    this.userId = userId;
    this.#workplace = workplace;
    this.#random = random;
    this.#work = new WorkInHand((contact, endedAt) => {
      workplace.onContact(userId, contact, endedAt);
    });
  }

  get activeQueueIds(): readonly string[] {
    return this.#state.activeQueues.ids;
  }

  /** Goes on with what the agent is in the middle of when the floor opens. */
  resume(contacts: readonly Contact[]): void {
    if (this.#isOnQueue) this.#workplace.router.enter(this);
    for (const contact of contacts) {
      this.#work.add(contact);
      const leftShare = this.#random.next();
      if (contact.phase === 'acw') this.#wrapUp(contact, drawAcwMs(this.#random, contact.medium) * leftShare);
      else this.#talk(contact, leftShare);
    }
    const { status } = this.#state.routingStatus;
    if (status === 'COMMUNICATING') this.#holdPrivateCall();
    if (status === 'NOT_RESPONDING') this.#resetLater();
    if (status === 'IDLE') this.#waitForWork();
  }

  /** Changes the presence at once; an agent with contacts in hand goes on with them. */
  takePresence({ definition, message }: PresenceChange): void {
    const { floor, router, timeline } = this.#workplace;
    const wasOnQueue = this.#isOnQueue;
    this.#deferred = null;
    floor.setPresence(this.userId, { definition, message }, timeline.virtualNow);
    if (wasOnQueue && !this.#isOnQueue) {
      this.#stopAlert();
      router.leave(this);
    }
    if (!wasOnQueue && this.#isOnQueue) {
      router.enter(this);
      if (this.#isReady) router.ready(this);
    }
    if (definition.systemPresence === 'Offline') this.#hangUp();
    if (this.#dueStatus() !== this.#state.routingStatus.status)
      timeline.in(this.#random.between(20, 200), () => this.#settle());
  }

  /** Changes the presence the way people do: mostly they finish what they have in hand first. */
  planPresence(change: PresenceChange): void {
    if (change.definition.id === this.#state.presence.definitionId) {
      this.#deferred = null;
      return;
    }
    const isLeavingForGood = change.definition.systemPresence === 'Offline';
    const waits = this.#work.isBusy && (isLeavingForGood || !this.#random.chance(LEAVES_MID_CONTACT_SHARE));
    if (waits) this.#deferred = change;
    else this.takePresence(change);
  }

  /** A contact rings. It is answered in a few seconds, or not at all. */
  receive(contact: Contact): void {
    contact.phase = 'alerting';
    contact.alertedAt = contact.phaseAt = Math.round(this.#now);
    this.#work.add(contact);
    const isMissed = this.#random.chance(MISSED_SHARE);
    const ringsMs = isMissed ? this.#random.between(9000, 16_000) : this.#random.between(1200, 7000);
    const task = this.#workplace.timeline.in(ringsMs, () => {
      this.#alert = null;
      if (isMissed) this.#miss(contact);
      else this.#talk(contact);
    });
    this.#alert = { task, contact };
  }

  setActiveQueues(ids: readonly string[]): void {
    const { floor, router, timeline } = this.#workplace;
    if (this.#isOnQueue) router.leave(this);
    floor.setActiveQueues(this.userId, ids, timeline.virtualNow);
    if (!this.#isOnQueue) return;
    router.enter(this);
    if (this.#isReady) router.ready(this);
  }

  /** Puts the agent into a routing status from outside, with the contacts that belong to it. */
  forceRoutingStatus(status: RoutingStatusName): void {
    this.#stopAlert();
    this.#workplace.router.unready(this);
    this.#work.dropEverything(this.#now);
    this.#work.isOnPrivateCall = status === 'COMMUNICATING';
    if (status === 'INTERACTING') {
      const contact = this.#newContact('call');
      this.#work.add(contact);
      this.#talk(contact);
      return;
    }
    this.#publish(status);
    if (status === 'COMMUNICATING') this.#holdPrivateCall();
    if (status === 'NOT_RESPONDING') this.#resetLater();
    if (status === 'IDLE' && this.#isOnQueue) this.#waitForWork();
  }

  /** Contacts in hand, ringing ones too. */
  get contacts(): readonly Contact[] {
    return this.#work.contacts;
  }

  get #now(): number {
    return this.#workplace.timeline.virtualNow;
  }

  get #state(): LiveState {
    return this.#workplace.floor.stateOf(this.userId);
  }

  get #isOnQueue(): boolean {
    return this.#state.presence.systemPresence === 'On Queue';
  }

  get #isReady(): boolean {
    return this.#state.routingStatus.status === 'IDLE' && this.#work.isEmpty;
  }

  /** The routing status that presence and contacts ask for. */
  #dueStatus(): RoutingStatusName {
    if (this.#work.isBusy) return 'INTERACTING';
    if (!this.#isOnQueue) return 'OFF_QUEUE';
    if (this.#work.isOnPrivateCall) return 'COMMUNICATING';
    return this.#state.routingStatus.status === 'NOT_RESPONDING' ? 'NOT_RESPONDING' : 'IDLE';
  }

  #settle(): void {
    const due = this.#dueStatus();
    const wasIdle = this.#state.routingStatus.status === 'IDLE';
    this.#publish(due);
    if (due === 'IDLE' && !wasIdle) this.#waitForWork();
  }

  #publish(status: RoutingStatusName): void {
    const { floor, timeline } = this.#workplace;
    floor.setRoutingStatus(this.userId, status, timeline.virtualNow);
    floor.setConversationSummary(this.userId, this.#work.summary, timeline.virtualNow);
  }

  /** A contact that comes to this agent without ringing first. */
  #newContact(medium: MediaType): Contact {
    const now = Math.round(this.#now);
    const queueId = this.activeQueueIds[0] ?? null;
    return { id: this.#random.uuid(), queueId, medium, phase: 'active', alertedAt: now, phaseAt: now, answeredAt: now };
  }

  #workFor(ms: number, done: () => void): void {
    this.#workplace.timeline.in(Math.max(1, ms), done);
  }

  #waitForWork(): void {
    if (this.#random.chance(PRIVATE_CALL_SHARE)) this.#callSomebodyLater();
    this.#workplace.router.ready(this);
  }

  /** @param share how much of the talk is still to come */
  #talk(contact: Contact, share = 1): void {
    this.#work.setPhase(contact, 'active', this.#now);
    this.#publish('INTERACTING');
    const talkMs = drawTalkMs(this.#random, contact.medium) * share;
    this.#workFor(talkMs, () => this.#endTalk(contact));
    if (isShareable(contact.medium) && this.#work.count === 1 && this.#random.chance(SECOND_CONTACT_SHARE))
      this.#workFor(talkMs * this.#random.between(0.2, 0.8), () => this.#takeSecond(contact));
  }

  #takeSecond(first: Contact): void {
    if (!this.#work.has(first) || !this.#isOnQueue || this.#deferred !== null) return;
    const second = this.#newContact(first.medium);
    this.#work.add(second);
    this.#talk(second);
  }

  #endTalk(contact: Contact): void {
    if (!this.#work.has(contact)) return;
    const acwMs = drawAcwMs(this.#random, contact.medium);
    if (acwMs === 0) {
      this.#finish(contact);
      return;
    }
    this.#wrapUp(contact, acwMs);
  }

  #wrapUp(contact: Contact, acwMs: number): void {
    this.#work.setPhase(contact, 'acw', this.#now);
    this.#publish('INTERACTING');
    this.#workFor(acwMs, () => this.#finish(contact));
  }

  #finish(contact: Contact): void {
    if (!this.#work.drop(contact, this.#now)) return;
    if (!this.#work.isEmpty) {
      this.#publish(this.#state.routingStatus.status);
      return;
    }
    const next = this.#deferred;
    if (next === null) {
      this.#settle();
      return;
    }
    this.#publish(this.#state.routingStatus.status);
    this.takePresence(next);
  }

  /** The contact was not answered: it goes elsewhere, and this agent gets nothing until reset. */
  #miss(contact: Contact): void {
    this.#work.drop(contact, this.#now);
    this.#publish('NOT_RESPONDING');
    this.#resetLater();
  }

  /** The agent notices, or a supervisor does. */
  #resetLater(): void {
    const spell = this.#state.routingStatus;
    this.#workFor(8000 + this.#random.exponential(80_000), () => {
      if (this.#state.routingStatus !== spell) return;
      this.#publish('IDLE');
      if (this.#isOnQueue) this.#waitForWork();
    });
  }

  /** Now and then an agent who waits for work makes a call that is not from a queue. */
  #callSomebodyLater(): void {
    const spell = this.#state.routingStatus;
    this.#workFor(this.#random.exponential(20_000), () => {
      if (this.#state.routingStatus !== spell || !this.#work.isEmpty || !this.#isOnQueue) return;
      this.#workplace.router.unready(this);
      this.#work.isOnPrivateCall = true;
      this.#publish('COMMUNICATING');
      this.#holdPrivateCall();
    });
  }

  #holdPrivateCall(): void {
    this.#work.isOnPrivateCall = true;
    this.#workFor(this.#random.skewed(70_000, 0.6), () => {
      if (!this.#work.isOnPrivateCall) return;
      this.#work.isOnPrivateCall = false;
      const isIdleAgain = this.#state.routingStatus.status === 'COMMUNICATING';
      this.#publish(isIdleAgain ? 'IDLE' : this.#state.routingStatus.status);
      if (isIdleAgain && this.#isOnQueue) this.#waitForWork();
    });
  }

  #stopAlert(): void {
    if (this.#alert === null) return;
    this.#alert.task.isCancelled = true;
    this.#work.drop(this.#alert.contact, this.#now);
    this.#alert = null;
  }

  /** Logging out ends everything the agent had in hand. */
  #hangUp(): void {
    this.#work.dropEverything(this.#now);
    this.#publish(this.#state.routingStatus.status);
  }
}
