import { randomUUID } from 'node:crypto';
import {
  MAX_AUTOMATIONS,
  toAutomationRule,
  type AutomationRuleSent,
  type AutomationRunPage,
  type AutomationRunView,
  type AutomationView,
} from '@floorwatch/contracts';
import {
  covers,
  scopeOf,
  type AgentId,
  type AutomationRule,
  type Board,
  type Clock,
  type Viewer,
} from '@floorwatch/domain';
import type { AutomationStore, StoredAutomation, StoredPause } from '@floorwatch/store';
import type { DirectoryNames } from '../ingest/directory.ts';
import { ApiError } from '../plugins/api-error.ts';
import type { AutomationAudit } from './automation-audit.ts';
import type { AutomationViews } from './automation-views.ts';
import type { OwnerBook } from './owner-book.ts';
import type { RuleBook } from './rule-book.ts';

export interface AutomationDeskOptions {
  readonly board: Board;
  readonly store: Pick<AutomationStore, 'rules' | 'runs'>;
  readonly book: RuleBook;
  readonly owners: OwnerBook;
  readonly views: AutomationViews;
  readonly audit: AutomationAudit;
  readonly names: () => DirectoryNames;
  readonly clock: Clock;
}

/** Somebody who asks for something, in one request. */
export interface Asking {
  readonly viewer: Viewer;
  readonly correlationId: string;
}

interface PageAsked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Where people set up automations, and see what they have done. Each change stands in the audit before it is made. */
export class AutomationDesk {
  readonly #options: AutomationDeskOptions;

  constructor(options: AutomationDeskOptions) {
    this.#options = options;
  }

  async list(viewer: Viewer): Promise<AutomationView[]> {
    const { book, views, store } = this.#options;
    const seen = book.all().filter((one) => views.mayOf(viewer, one).see);
    const last = (await store.runs.listLast()).filter((run) => seen.some(({ id }) => id === run.automationId));
    const runs = await this.#runViews(viewer, last);
    return seen.map((one) => {
      const index = last.findIndex(({ automationId }) => automationId === one.id);
      return views.automation(one, { viewer, last: runs[index] ?? null });
    });
  }

  async get(viewer: Viewer, id: string): Promise<AutomationView> {
    return this.#viewOf(viewer, this.#seen(viewer, id));
  }

  async create({ viewer, correlationId }: Asking, sent: AutomationRuleSent): Promise<AutomationView> {
    const { store, book, owners, audit, clock } = this.#options;
    const rule = this.#checked(viewer, toAutomationRule(sent), []);
    if (book.all().filter(({ ownerId }) => ownerId === viewer.userId).length >= MAX_AUTOMATIONS)
      throw invalid(`You have ${String(MAX_AUTOMATIONS)} automations: delete one first`);
    const now = Math.floor(clock.now());
    const after: StoredAutomation = {
      id: randomUUID(),
      revision: 1,
      rule,
      ownerId: viewer.userId,
      createdAt: now,
      paused: null,
      lookedUpTo: now,
    };
    await audit.recordChange({ viewer, before: null, after, reason: null, correlationId });
    await owners.adopt(viewer);
    await store.rules.add(after);
    await book.load();
    return this.#viewOf(viewer, after);
  }

  async change(
    { viewer, correlationId }: Asking,
    id: string,
    { revision, rule: sent }: { readonly revision: number; readonly rule: AutomationRuleSent },
  ): Promise<AutomationView> {
    const { store, book, owners, views, audit, clock } = this.#options;
    const before = this.#seen(viewer, id);
    if (!views.mayOf(viewer, before).change)
      throw new ApiError(403, 'not-allowed', 'Only its owner may change it: it acts with the rights of the owner');
    const rule = this.#checked(viewer, toAutomationRule(sent), before.rule.targets.agentIds);
    const lookedUpTo = Math.floor(clock.now());
    const after = { ...before, rule, revision: revision + 1 };
    if (before.revision !== revision) throw changedMeanwhile();
    await audit.recordChange({ viewer, before, after, reason: null, correlationId });
    await owners.adopt(viewer);
    const isChanged = await store.rules.change({ id, revision }, { rule, lookedUpTo });
    await book.load();
    if (!isChanged) throw changedMeanwhile();
    return this.get(viewer, id);
  }

  pause({ viewer, correlationId }: Asking, id: string): Promise<AutomationView> {
    const paused: StoredPause = {
      cause: 'person',
      reason: `${viewer.name} paused it`,
      at: Math.floor(this.#options.clock.now()),
    };
    return this.#setPaused({ viewer, correlationId }, id, paused);
  }

  /** What would have come due while it stood still is passed over. */
  async resume(asking: Asking, id: string): Promise<AutomationView> {
    const { store, clock, owners, views } = this.#options;
    if (views.mayOf(asking.viewer, this.#seen(asking.viewer, id)).change) await owners.adopt(asking.viewer);
    await store.rules.noteLookedUpTo(id, Math.floor(clock.now()));
    return this.#setPaused(asking, id, null);
  }

  async remove({ viewer, correlationId }: Asking, id: string): Promise<void> {
    const { store, book, audit, clock } = this.#options;
    const before = this.#controlled(viewer, id);
    await audit.recordChange({ viewer, before, after: null, reason: null, correlationId });
    await store.rules.remove(id, Math.floor(clock.now()));
    await book.load();
  }

  /** Floorwatch itself lets it stand still: something is wrong with its owner. */
  async pauseItself(before: StoredAutomation, problem: Omit<StoredPause, 'at'>): Promise<void> {
    const { store, book, audit, clock } = this.#options;
    if (book.find(before.id)?.paused !== null) return;
    const paused = { ...problem, at: Math.floor(clock.now()) };
    const after = { ...before, paused };
    const correlationId = randomUUID();
    await audit.recordChange({ viewer: null, before, after, reason: problem.reason, correlationId });
    await store.rules.setPaused(before.id, paused);
    await book.load();
  }

  async runs(
    viewer: Viewer,
    id: string,
    { limit, cursor }: PageAsked,
  ): Promise<{ runs: AutomationRunView[]; cursor: string | null }> {
    this.#seen(viewer, id);
    const before = cursor === undefined ? null : runCursor(cursor);
    const found = await this.#options.store.runs.list(id, { before, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      runs: await this.#runViews(viewer, shown),
      cursor: last === undefined ? null : `${String(last.startedAt)}:${last.id}`,
    };
  }

  async run(
    viewer: Viewer,
    { id, runId }: { readonly id: string; readonly runId: string },
    { limit, cursor }: PageAsked,
  ): Promise<AutomationRunPage> {
    const { store, views } = this.#options;
    this.#seen(viewer, id);
    const run = await store.runs.find(runId);
    if (run === null || run.automationId !== id) throw new ApiError(404, 'not-found', 'There is no such run');
    const among = views.among(viewer);
    const outcomes = await store.runs.outcomes(runId, { after: cursor ?? null, limit: limit + 1, among });
    const shown = outcomes.slice(0, limit);
    const [view] = await this.#runViews(viewer, [run]);
    if (view === undefined) throw new Error('a run has no view');
    return {
      run: view,
      outcomes: shown.map((one) => views.outcome(one)),
      cursor: outcomes.length > limit ? (shown.at(-1)?.agentId ?? null) : null,
    };
  }

  async #setPaused({ viewer, correlationId }: Asking, id: string, paused: StoredPause | null): Promise<AutomationView> {
    const { store, book, audit } = this.#options;
    const before = this.#controlled(viewer, id);
    const after = { ...before, paused };
    await audit.recordChange({ viewer, before, after, reason: null, correlationId });
    await store.rules.setPaused(id, paused);
    await book.load();
    return this.get(viewer, id);
  }

  /** @throws ApiError 404 for one that is not there, or that is none of the viewer's */
  #seen(viewer: Viewer, id: string): StoredAutomation {
    const { book, views } = this.#options;
    const automation = book.find(id);
    if (automation === null || !views.mayOf(viewer, automation).see)
      throw new ApiError(404, 'not-found', 'There is no such automation');
    return automation;
  }

  #controlled(viewer: Viewer, id: string): StoredAutomation {
    return this.#seen(viewer, id); // whoever sees it may pause and delete it, see `AutomationViews.mayOf`
  }

  async #viewOf(viewer: Viewer, automation: StoredAutomation): Promise<AutomationView> {
    const { store, views } = this.#options;
    const last = await store.runs.list(automation.id, { before: null, limit: 1 });
    const [run] = await this.#runViews(viewer, last);
    return views.automation(automation, { viewer, last: run ?? null });
  }

  async #runViews(
    viewer: Viewer,
    runs: readonly Parameters<AutomationViews['run']>[0][],
  ): Promise<AutomationRunView[]> {
    const { store, views } = this.#options;
    if (runs.length === 0) return [];
    const counts = await store.runs.counts(
      runs.map(({ id }) => id),
      views.among(viewer),
    );
    return runs.map((run) => views.run(run, counts.get(run.id)));
  }

  /**
   * @param known agents who were named before: they may have left since
   * @throws ApiError 400 for a presence that is not there or not in use, or agents whom the viewer does not see
   */
  #checked(viewer: Viewer, rule: AutomationRule, known: readonly AgentId[]): AutomationRule {
    const definition = this.#options.names().presenceDefinitions.find(({ id }) => id === rule.wanted.definitionId);
    if (definition === undefined) throw invalid('rule.wanted.definitionId: there is no such presence');
    if (!definition.isActive) throw invalid('rule.wanted.definitionId: this presence has been switched off');
    const seen = scopeOf(viewer, 'see-floor');
    for (const id of rule.targets.agentIds) {
      const row = this.#options.board.rowOf(id);
      if (!known.includes(id) && (row === null || !covers(seen, row.profile.divisionId)))
        throw invalid(`rule.targets.agentIds: there is no agent with the id ${id}`);
    }
    return rule;
  }
}

const invalid = (message: string): ApiError => new ApiError(400, 'invalid-request', message);

const changedMeanwhile = (): ApiError =>
  new ApiError(412, 'version-conflict', 'Somebody has changed this automation meanwhile: load it again');

const runCursor = (cursor: string): { startedAt: number; id: string } => {
  const [, at, id] = /^(\d{1,15}):([\da-f-]{36})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw invalid('cursor: must be the cursor of an earlier answer');
  return { startedAt: Number(at), id };
};
