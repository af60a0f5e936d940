import type { Board, Clock } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { AutomationStore, StoredAutomation } from '@floorwatch/store';
import type { Logger } from 'pino';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { DirectoryNames } from '../ingest/directory.ts';
import { AutomationAudit } from './automation-audit.ts';
import { AutomationDesk } from './automation-desk.ts';
import { AutomationPreviewer } from './automation-preview.ts';
import { AutomationTrigger } from './automation-trigger.ts';
import { AutomationViews } from './automation-views.ts';
import type { AutomationWay } from './automation-way.ts';
import { OccurrenceWatch } from './occurrence-watch.ts';
import { OwnerBook } from './owner-book.ts';
import { RuleBook } from './rule-book.ts';
import { RunLoop } from './run-loop.ts';
import { RunStarter } from './run-starter.ts';
import { SuggestionDesk } from './suggestion-desk.ts';
import { SuggestionWatch, type Suggestion } from './suggestion-watch.ts';
import { WaysBack } from './ways-back.ts';

/** How often it is looked at what has come due, ms. */
const LOOK_EVERY_MS = 1000;

/** How often ways back are looked for, and what other processes have set up, ms. */
const BACK_EVERY_MS = 5000;
const LOAD_EVERY_MS = 60_000;

const DAY_MS = 24 * 3_600_000;

export interface AutomationsOptions {
  readonly store: AutomationStore;
  readonly board: Board;
  readonly cloud: Pick<GenesysCloud, 'getUsers' | 'getAdherence' | 'platformNow' | 'hand'>;
  readonly way: AutomationWay;
  readonly trail: AuditTrail;
  readonly names: () => DirectoryNames;
  readonly isBoardComplete: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long the run log is kept, days. */
  readonly retentionDays: number;
}

/** Everything that is done by itself for people: put together, started and stopped. */
export class Automations {
  readonly owners: OwnerBook;
  readonly desk: AutomationDesk;
  readonly previewer: AutomationPreviewer;
  readonly trigger: AutomationTrigger;
  readonly suggestions: SuggestionDesk;
  readonly #options: AutomationsOptions;
  readonly #book: RuleBook;
  readonly #starter: RunStarter;
  readonly #loop: RunLoop;
  readonly #occurrences: OccurrenceWatch;
  readonly #back: WaysBack;
  readonly #watch: SuggestionWatch;
  readonly #stopped = new AbortController();
  readonly #timers: (() => void)[] = [];
  /** Suggestions that rules have been started for in this run. */
  readonly #begun = new Set<string>();
  #watching: Promise<void> = Promise.resolve();
  #isReady = false;
  #hasResumed = false;

  constructor(options: AutomationsOptions) {
    this.#options = options;
    const { store, board, cloud, way, clock, log, names, trail } = options;
    const audit = new AutomationAudit(trail);
    const owners = new OwnerBook({ rules: store.rules, cloud, clock, log });
    const book = new RuleBook(store.rules);
    const views = new AutomationViews({ board, names, owners, clock });
    const working = {
      board,
      runs: store.runs,
      rules: store.rules,
      book,
      owners,
      way,
      hand: cloud.hand,
      audit,
      clock,
      log,
    };
    this.#book = book;
    this.owners = owners;
    this.desk = new AutomationDesk({ board, store, book, owners, views, audit, names, clock });
    this.#loop = new RunLoop(working);
    this.#back = new WaysBack(working);
    this.#starter = new RunStarter({
      board,
      runs: store.runs,
      owners,
      audit,
      clock,
      onOwnerProblem: (automation, problem) => this.desk.pauseItself(automation, problem),
      onBegun: (run) => this.#loop.take(run, this.#stopped.signal),
    });
    this.#occurrences = new OccurrenceWatch({ book, rules: store.rules, starter: this.#starter, clock, log });
    this.previewer = new AutomationPreviewer({ board, way, views, clock, names });
    this.trigger = new AutomationTrigger({ book, starter: this.#starter, board, clock });
    this.#watch = new SuggestionWatch({
      board,
      cloud,
      switches: store.suggestions,
      clock,
      log,
      wantedByRules: () => this.#onSchedule().flatMap((one) => this.#starter.reachOf(one)),
      onRead: (found) => this.#startFor(found),
    });
    this.suggestions = new SuggestionDesk({ board, watch: this.#watch, table: store.suggestions, names, audit, clock });
    owners.onLost((userId) => this.#pauseAllOf(userId));
  }

  /** Ends when it is stopped. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  start(): void {
    const { clock } = this.#options;
    void this.#try('load', () => this.#prepare());
    this.#timers.push(
      clock.every(LOOK_EVERY_MS, () => this.#whenReady('look', () => this.#look())),
      clock.every(BACK_EVERY_MS, () => this.#whenReady('back', () => this.#back.goDue(this.signal))),
      clock.every(LOAD_EVERY_MS, () => void this.#try('load', () => (this.#isReady ? this.#load() : this.#prepare()))),
      clock.every(DAY_MS, () => this.#whenReady('retention', () => this.#dropOld())),
    );
    this.#watching = this.#watch.run(this.signal);
  }

  /** What is under way comes to its end first; what waits goes on with the next start. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error('Floorwatch is stopping'));
    for (const end of this.#timers.splice(0)) end();
    await this.#loop.idle();
    await this.#watching;
  }

  async #prepare(): Promise<void> {
    await this.#load();
    if (this.#isReady || this.signal.aborted) return;
    this.#isReady = true;
    await this.#dropOld();
  }

  /** What was left behind first. */
  async #look(): Promise<void> {
    if (!this.#hasResumed) {
      this.#hasResumed = true;
      await this.#loop.resume(this.signal).catch((error: unknown) => {
        this.#hasResumed = false;
        throw error;
      });
    }
    await this.#occurrences.look(this.signal);
  }

  async #load(): Promise<void> {
    await this.owners.load();
    await this.#book.load();
    await this.#watch.loadSwitches();
  }

  async #dropOld(): Promise<void> {
    const { store, clock, retentionDays } = this.#options;
    await store.runs.dropEndedBefore(Math.floor(clock.now()) - retentionDays * DAY_MS);
    await store.suggestions.forgetBefore(Math.floor(clock.now()));
  }

  /** Nothing is begun before it is known who is there. */
  #whenReady(what: string, action: () => Promise<void>): void {
    if (this.#isReady && this.#options.isBoardComplete()) void this.#try(what, action);
  }

  async #try(what: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (this.signal.aborted) return;
      this.#options.log.warn({ event: 'automation-failed', what, reason: String(error) }, 'it is tried again');
    }
  }

  #onSchedule(): readonly StoredAutomation[] {
    return this.#book.active().filter(({ rule }) => rule.start.kind === 'schedule');
  }

  #startFor(found: readonly Suggestion[]): void {
    for (const automation of this.#onSchedule()) {
      const { start } = automation.rule;
      const reach = new Set(this.#starter.reachOf(automation));
      for (const { id, kind, agentId } of found)
        if (start.kind === 'schedule' && start.suggestion === kind && reach.has(agentId))
          this.#startOnce(automation, id, agentId);
    }
  }

  #startOnce(automation: StoredAutomation, suggestion: string, agentId: Suggestion['agentId']): void {
    const name = `${automation.id} ${suggestion}`;
    if (this.#begun.has(name) || !this.#hasResumed) return;
    if (this.#begun.size > 100_000) this.#begun.clear(); // the store knows them all
    this.#begun.add(name);
    const dueAt = this.#options.clock.now();
    const order = {
      automation,
      cause: 'schedule',
      key: suggestion,
      dueAt,
      only: new Set([agentId]),
      asked: null,
    } as const;
    void this.#try('schedule', async () => {
      await this.#starter.start(order, this.signal).catch((error: unknown) => {
        this.#begun.delete(name);
        throw error;
      });
    });
  }

  #pauseAllOf(userId: string): void {
    const reason = `${this.owners.of(userId)?.name ?? 'Its owner'} may not change presences any more`;
    for (const automation of this.#book.active())
      if (automation.ownerId === userId)
        void this.#try('pause', () => this.desk.pauseItself(automation, { cause: 'owner-lost-right', reason }));
  }
}
