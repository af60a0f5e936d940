import {
  compareWithPlatform,
  drawSample,
  needsFullRefresh,
  type AgentId,
  type Board,
  type Clock,
} from '@floorwatch/domain';
import { MAX_USERS_PER_CALL, type GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { Intake } from '../intake.ts';

/** How often a sample is compared with the platform, ms (design §2). */
export const SAMPLE_EVERY_MS = 3_600_000;

/** Pause between two reads of a sample, ms: it comes on top of the sweep, which takes most of the steady budget. */
const PACE_MS = 40_000;

/** What a comparison came to. */
export interface SampleFinding {
  /** When it ended, ms. */
  readonly at: number;
  /** Agents compared; those who were just changing are left out. */
  readonly compared: number;
  readonly diverged: number;
  /** Whether it led to a re-reading of everybody. */
  readonly refreshed: boolean;
}

export interface SampleStatus {
  readonly last: SampleFinding | null;
  /** When the next one begins, ms. */
  readonly nextAt: number | null;
}

export interface HourlySampleOptions {
  readonly board: Board;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly cloud: Pick<GenesysCloud, 'getUsers'>;
  readonly log: Logger;
  /** 0 ≤ x < 1; seeded, so that a drawing can be repeated. */
  readonly random: () => number;
  /** Those whose events arrive: only their state shows whether the board is true. */
  readonly liveAgents: () => readonly AgentId[];
  /** Has everybody read again. */
  readonly refresh: (ids: readonly AgentId[]) => void;
  readonly everyMs: number;
}

/** Once an hour a fifth of the agents is compared with the platform before the answer is taken over: how true is the board? */
export class HourlySample {
  readonly #options: HourlySampleOptions;
  #last: SampleFinding | null = null;
  #nextAt: number | null = null;

  constructor(options: HourlySampleOptions) {
    this.#options = options;
  }

  status(): SampleStatus {
    return { last: this.#last, nextAt: this.#nextAt };
  }

  /** Works until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, everyMs, log } = this.#options;
    while (!signal.aborted) {
      this.#nextAt = clock.now() + everyMs;
      await clock.sleep(everyMs, signal);
      try {
        await this.compare(signal);
      } catch (error) {
        signal.throwIfAborted();
        log.warn(
          { event: 'sample-failed', reason: String(error) },
          'the hourly comparison failed; the next one is due',
        );
      }
    }
  }

  /** @throws GenesysError when the platform cannot be read; the last finding stays */
  async compare(signal: AbortSignal): Promise<void> {
    const { board, clock, random, liveAgents, refresh, log } = this.#options;
    const sample = drawSample(liveAgents(), random);
    let compared = 0;
    let diverged = 0;
    for (let from = 0; from < sample.length; from += MAX_USERS_PER_CALL) {
      if (from > 0) await clock.sleep(PACE_MS, signal);
      const live = new Set(liveAgents()); // a channel may have been lost since the sample was drawn
      const ids = sample.slice(from, from + MAX_USERS_PER_CALL).filter((id) => live.has(id));
      if (ids.length === 0) continue;
      const batch = await this.#compareBatch(ids, signal);
      compared += batch.compared;
      diverged += batch.diverged;
    }
    if (compared === 0) return;
    const refreshed = needsFullRefresh({ compared, diverged });
    this.#last = { at: clock.now(), compared, diverged, refreshed };
    log[refreshed ? 'warn' : 'info'](
      { event: 'sample-compared', ...this.#last },
      'compared a sample with the platform',
    );
    if (refreshed) refresh([...board.rows()].map((row) => row.profile.id));
  }

  async #compareBatch(
    ids: readonly AgentId[],
    signal: AbortSignal,
  ): Promise<Pick<SampleFinding, 'compared' | 'diverged'>> {
    const { board, cloud, intake } = this.#options;
    let compared = 0;
    let diverged = 0;
    for (const { profile, observation } of await cloud.getUsers(ids, { priority: 'sweep', signal })) {
      const held = board.rowOf(profile.id);
      if (held === null) continue;
      const outcome = compareWithPlatform(held.state, observation, observation.platformNow);
      if (outcome !== 'moving') compared += 1;
      if (outcome === 'differs') diverged += 1;
      intake.take(observation);
    }
    return { compared, diverged };
  }
}
