import {
  sameFact,
  type AgentId,
  type AgentObservation,
  type Clock,
  type FactValue,
  type GapReason,
  type RecordingGap,
  type Transition,
} from '@floorwatch/domain';

/** Before anything. */
export const NEVER = -Infinity;

/** How long a change that only a reading told of waits for its event, ms: the two take different ways. */
const EVENT_GRACE_MS = 5000;

/**
 * What a reading says may be that much older than its question, ms: platforms answer from copies, and clocks differ. A
 * gap that is longer than it need be costs nothing: what is known of it already is known.
 */
const READING_MARGIN_MS = 30_000;

/** A gap as it is found. */
export type NewGap = Omit<RecordingGap, 'state'>;

/** From here on a fact may have changed without our hearing of it, until a reading tells. */
export interface Doubt {
  /** The newest instant that was known before; `NEVER` where nothing is recorded. */
  readonly at: number;
  /** Up to when it was certain, platform clock, ms. */
  readonly certainUpTo: number;
  /** Our clock, ms: only a reading that was asked for since then tells. */
  readonly since: number;
  readonly reason: GapReason;
}

/** Where facts tell what is to be recorded. */
export interface RecordOutlet {
  readonly clock: Clock;
  /** Whether it is known what is recorded already. Before that nothing can be told from it. */
  isPastKnown: boolean;
  /** Facts with a change that waits for its event. */
  readonly holding: Set<DatedFact>;
  onTransition(transition: Transition): void;
  onGap(gap: NewGap): void;
  /** Told where it turns out that nothing was missed since `from`, though nobody recorded. */
  onCertain(id: AgentId, from: number): void;
}

/** When a fact began, and whether that was seen. */
export interface Instant {
  readonly at: number;
  readonly exact: boolean;
}

/** A change that a reading told of and no event; it may be on its way. */
interface HeldChange {
  readonly transition: Transition;
  readonly gap: NewGap | null;
  /** When it is not waited for any longer, our clock, ms. */
  readonly dueAt: number;
}

/**
 * One fact of one agent that carries the platform's instants: presence, or routing status. Tells news from repetitions,
 * and notices from the instants when something must have been missed.
 */
export class DatedFact {
  readonly #agentId: AgentId;
  readonly #kind: 'presence' | 'routing';
  readonly #outlet: RecordOutlet;
  /** The newest instant that was told, and what the fact became then. */
  #at = NEVER;
  #value: FactValue | null = null;
  /** Up to when no change can be missing, as far as we know, platform clock, ms. */
  #certainUpTo = NEVER;
  #doubt: Doubt | null;
  #held: HeldChange | null = null;
  /** Its events do not arrive: each reading is certain for its own moment only. So it is until somebody listens. */
  #isUnheard = true;
  /** The first instant that a reading told before it was known what is recorded. */
  #unjudged: number | null = null;

  /** @param doubt from the start; null while it is not known what is recorded */
  constructor(of: { agentId: AgentId; kind: 'presence' | 'routing' }, outlet: RecordOutlet, doubt: Doubt | null) {
    this.#agentId = of.agentId;
    this.#kind = of.kind;
    this.#outlet = outlet;
    this.#doubt = doubt;
  }

  /** From when on something may be missing that no gap tells of yet. */
  get heldBackFrom(): number {
    return this.#held?.gap?.from ?? Infinity;
  }

  /** On the live path: a repetition costs a look at one number. */
  take(seen: AgentObservation, instant: Instant): void {
    const isCalm = this.#doubt === null && this.#held === null && this.#outlet.isPastKnown;
    if (isCalm && instant.at === this.#at) {
      if (seen.kind === 'snapshot') this.#confirm(seen);
    } else if (seen.kind === 'event') this.#told(seen, instant);
    else this.#read(seen, instant);
  }

  /** The fact is seen without its instant: where it reads as it did, it has gone on. */
  takeUndated(seen: AgentObservation, at: number): void {
    const goesOn = this.#value !== null && sameFact(this.#value, this.#valueIn(seen));
    if (!goesOn || this.#doubt !== null) this.take(seen, { at, exact: false });
  }

  /** From now on its events do not arrive. Those that come first when they do again must not hide what was missed. */
  unheardNow(reason: GapReason, since: number): void {
    if (this.#isUnheard) return;
    this.doubtNow(reason, since);
    this.#isUnheard = true;
  }

  /** Its events arrive from now on (our clock, ms); before, some may have been missed. */
  doubtNow(reason: GapReason, since: number): void {
    this.#isUnheard = false;
    this.#unjudged = null; // that reading is too old to tell
    if (!this.#outlet.isPastKnown) return;
    this.letGo();
    // What was doubted before has not been cleared up: it began then.
    this.#doubt = { at: this.#at, certainUpTo: this.#certainUpTo, reason, ...this.#doubt, since };
  }

  /** What is recorded is known now: judges by it what was read before, or what will be read. */
  judgeBy(doubt: Doubt, recorded: Transition | null): void {
    this.#doubt = doubt;
    if (recorded !== null && recorded.at > this.#at) {
      this.#at = recorded.at;
      this.#value = recorded.fact;
    }
    if (this.#unjudged === null) return;
    this.#resolve(this.#unjudged);
    this.#goOnDoubting(this.#unjudged, this.#unjudged);
  }

  /** The change that waits is not waited for any longer than until `now` (our clock, ms). */
  letGo(now = Infinity): void {
    const held = this.#held;
    if (held === null || held.dueAt > now) return;
    this.#unhold();
    if (held.gap !== null) this.#outlet.onGap(held.gap);
    this.#outlet.onTransition(held.transition);
  }

  /** An event shows the change itself. */
  #told(seen: AgentObservation, instant: Instant): void {
    if (this.#held?.transition.at === instant.at) this.#unhold();
    else if (instant.at === this.#at) return;
    const transition = this.#transitionOf(seen, instant);
    this.#outlet.onTransition(transition);
    this.#advance(transition);
  }

  /** A reading shows that a change happened, and not what else did. */
  #read(seen: AgentObservation, instant: Instant): void {
    const { at } = instant;
    if (!this.#outlet.isPastKnown) this.#unjudged ??= at;
    const isTelling = this.#doubt !== null && seen.observedAt >= this.#doubt.since;
    if (isTelling) this.#resolve(at);
    if (at !== this.#at) {
      const transition = this.#transitionOf(seen, instant);
      const mayBeOnItsWay = !isTelling && at > this.#at && this.#outlet.isPastKnown;
      if (mayBeOnItsWay) this.#hold(transition);
      else this.#outlet.onTransition(transition);
      this.#advance(transition);
    }
    if (at === this.#at) this.#confirm(seen);
    if (this.#outlet.isPastKnown) this.#goOnDoubting(at, Math.max(at, seen.platformNow - READING_MARGIN_MS));
  }

  /** While no events arrive, a reading that clears up one doubt leaves the next. */
  #goOnDoubting(at: number, certainUpTo: number): void {
    if (this.#isUnheard) this.#doubt ??= { at, certainUpTo, since: NEVER, reason: 'events-lost' };
  }

  #hold(transition: Transition): void {
    this.letGo();
    const gap = this.#gapBefore(transition.at, {
      at: this.#at,
      certainUpTo: this.#certainUpTo,
      reason: 'events-lost',
    });
    this.#held = { transition, gap, dueAt: this.#outlet.clock.now() + EVENT_GRACE_MS };
    this.#outlet.holding.add(this);
  }

  #unhold(): void {
    this.#held = null;
    this.#outlet.holding.delete(this);
  }

  /** A reading says that the fact began at `at`: what does that make of the doubt? */
  #resolve(at: number): void {
    const doubt = this.#doubt;
    if (doubt === null || at < doubt.at) return; // an answer older than what is known tells nothing
    this.#doubt = null;
    const gap = this.#gapBefore(at, doubt);
    if (gap !== null) this.#outlet.onGap(gap);
    else if (doubt.reason === 'not-recording') this.#outlet.onCertain(this.#agentId, doubt.certainUpTo);
  }

  /** The gap that a doubt comes to when the fact began at `at`; null where nothing can be missing. */
  #gapBefore(at: number, { at: knownAt, certainUpTo, reason }: Omit<Doubt, 'since'>): NewGap | null {
    // A change that is older than what we were certain of shows that we were wrong: then only the last instant is certain.
    const from = Math.floor(at > certainUpTo ? certainUpTo : knownAt);
    const isNothing = at === knownAt || from === NEVER || from >= at;
    return isNothing ? null : { agentId: this.#agentId, from, to: Math.round(at), reason };
  }

  #transitionOf(seen: AgentObservation, instant: Instant): Transition {
    return transitionOf(seen, this.#valueIn(seen), instant);
  }

  #valueIn({ presence, routing }: AgentObservation): FactValue {
    if (this.#kind === 'presence' && presence !== undefined) {
      const { system, definitionId, message } = presence;
      return { kind: 'presence', presence: system, definitionId, message };
    }
    if (this.#kind === 'routing' && routing !== undefined) return { kind: 'routing', routing: routing.state };
    throw new TypeError(`nothing was seen of the ${this.#kind}`);
  }

  /** Nothing happened to the fact until shortly before the reading was asked for. */
  #confirm({ kind, platformNow }: AgentObservation): void {
    if (kind === 'snapshot') this.#certainUpTo = Math.max(this.#certainUpTo, platformNow - READING_MARGIN_MS);
  }

  #advance({ at, fact }: Transition): void {
    if (at < this.#at) return;
    this.#at = at;
    this.#value = fact;
    this.#certainUpTo = Math.max(this.#certainUpTo, at);
  }
}

export const transitionOf = (
  { agentId, kind, observedAt }: AgentObservation,
  fact: FactValue,
  { at, exact }: Instant,
): Transition => ({
  agentId,
  fact,
  at: Math.round(at), // the platform's clock is an estimate, where a fact carries no instant
  exact,
  ingestedAt: Math.round(observedAt),
  source: kind,
});
