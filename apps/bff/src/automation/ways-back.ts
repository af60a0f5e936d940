import type { BackState, Clock } from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { AutomationTable, RunTable, StoredOutcome } from '@floorwatch/store';
import type { Logger } from 'pino';
import { ApiError } from '../plugins/api-error.ts';
import { outcomeOf } from './agent-turn.ts';
import { actorOfAutomation } from './automation-audit.ts';
import type { AutomationWay } from './automation-way.ts';
import type { OwnerBook } from './owner-book.ts';

/** So late nobody is put back any more, ms: longer than for what is begun, for somebody waits in a presence not of their choice. */
export const BACK_GRACE_MS = 60 * 60_000;

const CHANGED_SINCE = 'Somebody has chosen something else since';

export interface WaysBackOptions {
  readonly runs: RunTable;
  readonly rules: Pick<AutomationTable, 'find'>;
  readonly owners: OwnerBook;
  readonly way: AutomationWay;
  readonly hand: GenesysCloud['hand'];
  readonly clock: Clock;
  readonly log: Logger;
}

interface BackEnd {
  readonly state: BackState;
  readonly reason: string | null;
}

/** Puts agents back to what was there before, when it is time and nobody has chosen anything else. Paused or deleted, what was begun is brought to its end. */
export class WaysBack {
  readonly #options: WaysBackOptions;
  #isAtWork = false;

  constructor(options: WaysBackOptions) {
    this.#options = options;
  }

  /** Does what is due by now; nothing while it is at it already. @throws StoreUnavailable */
  async goDue(signal: AbortSignal): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      for (const outcome of await this.#options.runs.listBackDue(Math.floor(this.#options.clock.now())))
        if (!signal.aborted) await this.#go(outcome);
    } finally {
      this.#isAtWork = false;
    }
  }

  async #go(outcome: StoredOutcome): Promise<void> {
    const { runs } = this.#options;
    if (!(await runs.moveBack(outcome, 'due', { state: 'going', reason: null }))) return;
    await runs.moveBack(outcome, 'going', await this.#outcomeOf(outcome));
  }

  async #outcomeOf({ runId, agentId, back }: StoredOutcome): Promise<BackEnd> {
    const { runs, rules, owners, way, hand, clock } = this.#options;
    const run = await runs.find(runId);
    const automation = run === null ? null : await rules.find(run.automationId, { evenDeleted: true });
    if (automation === null || back.to === null || back.at === null)
      return { state: 'left', reason: 'The automation is not there any more' };
    if (clock.now() - back.at > BACK_GRACE_MS)
      return { state: 'left', reason: 'Floorwatch was not running when it was due, and it was too late afterwards' };
    try {
      const ticket = await way.request({
        asker: { actor: actorOfAutomation(automation), viewer: owners.viewerOf(automation.ownerId), hand },
        change: { agentId, wanted: back.to },
        expects: back.etag,
        override: null,
        cause: 'automation',
        groupId: runId,
        key: `${runId}:${agentId}:back`,
        correlationId: runId,
      });
      const { progress } = await ticket.settled;
      if (progress.problem?.code === 'version-conflict') return { state: 'left', reason: CHANGED_SINCE };
      const { state, reason } = outcomeOf({ ...ticket.record, progress });
      if (state === 'changed' || state === 'not-confirmed') return { state: 'back', reason };
      return { state: state === 'refused' ? 'left' : 'failed', reason };
    } catch (error) {
      this.#options.log.warn(
        { event: 'way-back-failed', run: runId, reason: String(error) },
        'an agent was not put back',
      );
      if (!(error instanceof ApiError)) return { state: 'failed', reason: 'Genesys Cloud cannot be asked right now' };
      if (error.code === 'version-conflict') return { state: 'left', reason: CHANGED_SINCE };
      return { state: error.statusCode < 500 ? 'left' : 'failed', reason: error.message };
    }
  }
}
