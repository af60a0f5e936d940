import {
  judgeChange,
  type ChangeRecord,
  type ChangeStore,
  type Clock,
  type Presence,
  type RoutingStatus,
  type ScheduleVerdict,
  type UnknownPolicy,
} from '@floorwatch/domain';
import type { GenesysCloud, Written } from '@floorwatch/genesys';
import { deedOf, type AskedChange } from './asked-change.ts';
import type { ChangeBook } from './change-book.ts';
import type { ChangeRules } from './change-rules.ts';
import type { Deed } from './deed.ts';
import type { FindOut } from './find-out.ts';
import { lookAt, makeWrite, OutcomeUnknown } from './make-write.ts';
import { Refusal } from './refusal.ts';
import type { SchedulePlans } from './schedule-plans.ts';

export interface ChangeStepsOptions {
  readonly store: ChangeStore;
  readonly book: ChangeBook;
  readonly rules: ChangeRules;
  readonly plans: SchedulePlans;
  readonly findOut: FindOut;
  readonly cloud: Pick<GenesysCloud, 'platformNow'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** What it means that nobody can tell what is planned (`SCHEDULE_UNKNOWN`). */
  readonly scheduleUnknown: UnknownPolicy;
}

/** What is done when a change has its turn: a last look, the schedule's word, the audit, the write, and what came of it. */
export class ChangeSteps {
  readonly #options: ChangeStepsOptions;

  constructor(options: ChangeStepsOptions) {
    this.#options = options;
  }

  /**
   * All of it. Nobody else of ours changes this agent meanwhile.
   * @returns the record as accepted, refused or failed; as it stands where it waits no more
   * @throws StoreUnavailable, ApiError `audit-unavailable`: nothing was done, and it still waits
   */
  async take(record: ChangeRecord, asked: AskedChange): Promise<ChangeRecord> {
    const { store, book } = this.#options;
    const deed = deedOf(record, asked);
    try {
      const verdict = await this.#lookAndJudge(record, asked, deed);
      const requested = withBefore(record, deed, 'requested');
      await book.record(requested, 'requested', { after: verdictValues(verdict) });
      if (!(await store.progress(record.id, requested.progress, ['waiting']))) {
        await book.note(requested, 'refused', { reason: 'Taken back before it was begun' });
        return (await store.find(record.id)) ?? requested;
      }
      return await this.#write(requested, asked, deed);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.refuse(withBefore(record, deed, record.progress.state), error);
    }
  }

  /** Whether it would be refused if its turn came now; it still waits where not. */
  async check(record: ChangeRecord, asked: AskedChange): Promise<ChangeRecord> {
    const deed = deedOf(record, asked);
    try {
      await this.#lookAndJudge(record, asked, deed);
      return record;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.refuse(withBefore(record, deed, record.progress.state), error);
    }
  }

  /** Nothing was changed: told in the audit, and written down. */
  async refuse(record: ChangeRecord, { code, message, now }: Refusal): Promise<ChangeRecord> {
    const { book } = this.#options;
    await book.note(record, 'refused', { reason: message });
    return book.settle(record, { state: 'refused', problem: { code, message }, now });
  }

  /** The checks on what is there just now. @throws Refusal */
  async #lookAndJudge(record: ChangeRecord, { order }: AskedChange, deed: Deed): Promise<ScheduleVerdict | null> {
    const { rules, plans, cloud, scheduleUnknown } = this.#options;
    const { asker, override, cause } = order;
    const { agentId, wanted } = record;
    const row = rules.agent(asker, agentId);
    rules.insistOn('change-presence', asker, row); // it may have waited for long
    // The look comes last: the less happens between it and the write, the less can change unseen.
    const planOf = wanted === null ? null : await plans.of([agentId]);
    await lookAt(deed, this.#options);
    if (wanted === null || planOf === null) return null;
    const platformNow = cloud.platformNow();
    const verdict = judgeChange({ wanted, planned: planOf(agentId), platformNow, unknownPolicy: scheduleUnknown });
    // An undo of a few seconds ago brings back what the schedule was content with, or had been overridden for.
    if (verdict.effective !== 'block' || cause === 'undo') return verdict;
    if (override === null) throw new Refusal('schedule-blocks', verdict.reason, deed.before);
    rules.insistOn('override-verdict', asker, row);
    return verdict;
  }

  async #write(requested: ChangeRecord, { order }: AskedChange, deed: Deed): Promise<ChangeRecord> {
    try {
      return await this.#accept(requested, await makeWrite(deed, this.#options), null);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      const found = await this.#options.findOut.of(requested, order.asker.hand);
      const reason = 'Genesys Cloud gave no answer; it shows that it took the change';
      return found.made === null
        ? this.#fail(requested, found.there)
        : this.#accept(requested, { fact: found.made, correlationId: null }, reason);
    }
  }

  async #fail(requested: ChangeRecord, there: Presence | null): Promise<ChangeRecord> {
    const { book } = this.#options;
    const shows = there === null ? 'cannot be asked whether it took the change' : 'does not show the change';
    const message = `Genesys Cloud gave no answer, and ${shows}: look at the agent before you try again`;
    await book.note(requested, 'failed', { reason: message });
    return book.settle(requested, { state: 'failed', problem: { code: 'platform-unavailable', message }, now: there });
  }

  async #accept(
    requested: ChangeRecord,
    { fact, correlationId }: Written<Presence | RoutingStatus>,
    reason: string | null,
  ): Promise<ChangeRecord> {
    const { book, clock } = this.#options;
    const accepted = {
      state: 'accepted',
      written: 'system' in fact ? fact : null,
      platformCorrelationId: correlationId,
      acceptedAt: clock.now(),
    } as const;
    // The audit first: a killed process is found out by the state, and then looks whether the audit has it.
    await book.note({ ...requested, progress: { ...requested.progress, ...accepted } }, 'accepted', { reason });
    return book.advance(requested, accepted);
  }
}

const withBefore = (
  record: ChangeRecord,
  { before }: Deed,
  state: ChangeRecord['progress']['state'],
): ChangeRecord => ({
  ...record,
  progress: { ...record.progress, before, state },
});

const verdictValues = (verdict: ScheduleVerdict | null) =>
  verdict === null ? {} : { verdict: verdict.verdict, effective: verdict.effective, schedule: verdict.reason };
