import { occurrencesWithin, type Clock } from '@floorwatch/domain';
import type { AutomationTable, StoredAutomation } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { RuleBook } from './rule-book.ts';
import { GRACE_MS } from './run-loop.ts';
import type { RunOrder, RunStarter } from './run-starter.ts';

/** Of those that were missed so many are noted down one by one, the last ones. */
const MISSED_TOLD = 20;

export interface OccurrenceWatchOptions {
  readonly book: RuleBook;
  readonly rules: Pick<AutomationTable, 'noteLookedUpTo'>;
  readonly starter: Pick<RunStarter, 'start' | 'miss'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Sees what comes due. What came due while nobody looked is begun within the grace, and noted down as missed after it. */
export class OccurrenceWatch {
  readonly #options: OccurrenceWatchOptions;
  /** Up to where each was looked at in this process, with the revision that was looked at. */
  readonly #lookedUpTo = new Map<string, number>();
  #isLooking = false;

  constructor(options: OccurrenceWatchOptions) {
    this.#options = options;
  }

  /** Nothing while it is looking already. @throws StoreUnavailable: what was not kept is looked at again */
  async look(signal: AbortSignal): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const now = Math.floor(this.#options.clock.now());
      for (const automation of this.#options.book.active()) {
        if (signal.aborted) return;
        await this.#lookAt(automation, now, signal);
      }
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookAt(automation: StoredAutomation, now: number, signal: AbortSignal): Promise<void> {
    const { start } = automation.rule;
    if (start.kind !== 'planned') return;
    const place = `${automation.id} ${String(automation.revision)}`;
    const after = Math.max(this.#lookedUpTo.get(place) ?? 0, automation.lookedUpTo);
    const due = occurrencesWithin(start.plan, after, now);
    const { starter, rules, log } = this.#options;
    const missed = due.filter(({ at }) => now - at > GRACE_MS);
    if (missed.length > MISSED_TOLD)
      log.warn({ event: 'occurrences-missed', automation: automation.id, count: missed.length }, 'many were missed');
    const told = new Set(missed.slice(-MISSED_TOLD));
    for (const occurrence of due) {
      const order: RunOrder = {
        automation,
        cause: 'plan',
        key: occurrence.key,
        dueAt: occurrence.at,
        only: null,
        asked: null,
      };
      if (told.has(occurrence)) await starter.miss(order);
      else if (now - occurrence.at <= GRACE_MS) await starter.start(order, signal);
    }
    if (due.length > 0) await rules.noteLookedUpTo(automation.id, now);
    this.#lookedUpTo.set(place, now);
  }
}
