import { DueQueue, type DueTask } from '../time/due-queue.ts';

/**
 * What happens next, on two clocks.
 *
 * *Model time* is when things fall due; *virtual time* is what they are stamped with. Both run alike until somebody asks
 * for more events a second than the floor has by itself: then model time runs ahead (the next things happen now), and the
 * lead stays. The same state machine runs either way.
 */
export class Timeline {
  readonly #tasks = new DueQueue();
  #modelNow: number;
  #virtualNow: number;
  /** Model time minus virtual time, ms. */
  #lead = 0;
  #steps = 0;

  constructor(startsAt: number) {
    this.#modelNow = startsAt;
    this.#virtualNow = startsAt;
  }

  get modelNow(): number {
    return this.#modelNow;
  }

  /** How many tasks have run. */
  get steps(): number {
    return this.#steps;
  }

  /** The instant to stamp a change with. */
  get virtualNow(): number {
    return this.#virtualNow;
  }

  /** Runs `action` after `ms` of model time. */
  in(ms: number, action: () => void): DueTask {
    return this.#tasks.add(this.#modelNow + ms, action);
  }

  /** Runs `action` at a model instant, or as soon as possible when that has passed. */
  at(modelInstant: number, action: () => void): DueTask {
    return this.#tasks.add(Math.max(modelInstant, this.#modelNow), action);
  }

  /** Runs everything that is due by a virtual instant, each stamped with its own instant. */
  runUntil(virtualNow: number): void {
    for (let due = this.#tasks.nextDueAt(); due !== null; due = this.#tasks.nextDueAt()) {
      if (due - this.#lead > virtualNow) break;
      this.#runNext(Math.max(due - this.#lead, this.#virtualNow));
    }
    this.#virtualNow = Math.max(this.#virtualNow, virtualNow);
    this.#modelNow = Math.max(this.#modelNow, this.#virtualNow + this.#lead);
  }

  /** Pulls the next task forward to this very instant. @returns false when nothing is planned at all */
  pullForward(): boolean {
    const due = this.#tasks.nextDueAt();
    if (due === null) return false;
    this.#runNext(this.#virtualNow);
    this.#lead = this.#modelNow - this.#virtualNow;
    return true;
  }

  /** Stamps what happens from now on with a later time; nothing happens sooner or later for it. */
  leap(ms: number): void {
    this.#virtualNow += ms;
    this.#lead -= ms;
  }

  #runNext(virtualNow: number): void {
    const task = this.#tasks.take();
    if (task === null) return;
    this.#modelNow = Math.max(this.#modelNow, task.dueAt);
    this.#virtualNow = virtualNow;
    this.#steps += 1;
    task.action();
  }
}
