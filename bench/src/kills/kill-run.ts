import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordingReport } from '@floorwatch/contracts';
import { agentId, type AvailabilityWindow, type Interval } from '@floorwatch/domain';
import { Dice } from '../chaos/dice.ts';
import { judgeRecording, wholeWindows, type RecordingVerdict } from '../oracle/judge-recording.ts';
import { TrueFloor } from '../oracle/true-lanes.ts';
import { until } from '../processes/until.ts';
import type { StorePlace } from '../store/store-place.ts';
import { openOrganisation, type LonelyOrganisation } from './lonely-organisation.ts';
import { MortalFloorwatch } from './mortal-floorwatch.ts';

/** The clock of the organisation moves by so much at once, ms. */
const STEP_MS = 5000;

/** A Floorwatch that starts finds its feet in a few seconds; meanwhile the floor goes on, but not for days. */
const PAUSE_WHILE_STARTING_MS = 20;

/** What of the time between two kills may pass before Floorwatch hears the floor: the rest it does hear. */
const UNHEARD_SHARE = 0.5;

/** After the last kill: enough of the floor's time for windows to close, and not a gap open for long. */
const CALM_MS = 15 * 60_000;

export interface KillWish {
  readonly agents: number;
  readonly seed: number;
  readonly kills: number;
  /** A run that is spared goes the same way without a kill. */
  readonly isKilled: boolean;
  /** Of the organisation's time, between two kills. */
  readonly minutesBetween: number;
  readonly place: StorePlace;
  readonly progress: (line: string) => void;
}

export interface KillResult {
  readonly verdict: RecordingVerdict;
  readonly range: Interval;
  /** Every window that was written, for a comparison with another run of the seed. */
  readonly windows: readonly AvailabilityWindow[];
}

/** Gaps are filled by jobs, which run in their own time. */
const REST_DEADLINE_MS = 120_000;

/** Jobs look for gaps every ten seconds: so long there must be none, ms. */
const RESTING_MS = 16_000;

/** Into the night in which a month ends. */
const OPENS_AT = Date.parse('2026-03-31T21:00:00.000Z');

/**
 * One run: the organisation goes on, whatever happens; Floorwatch is killed again and again and started on what it left
 * behind. The same seed makes the same day, with kills and without.
 *
 * The organisation's clock runs hundreds of times as fast as the product's, which knows it only by the instants it is
 * told. After-call work is dated by that clock, so its split from contacts is not judged here; `pnpm oracle` does.
 */
export const runKills = async (wish: KillWish): Promise<KillResult> => {
  const { agents, seed } = wish;
  const organisation = await openOrganisation({ agents, seed: `kills-${String(seed)}`, startsAt: OPENS_AT });
  try {
    const lived = await liveThrough(organisation, wish);
    return await judge(lived, wish);
  } finally {
    await organisation.stop();
  }
};

interface Lived {
  readonly truth: TrueFloor;
  readonly range: Interval;
}

const liveThrough = async (organisation: LonelyOrganisation, wish: KillWish): Promise<Lived> => {
  const { control, credentials } = organisation;
  const truth = new TrueFloor(await control.truth());
  const floorwatch = await MortalFloorwatch.start({ ...credentials, ...wish.place.env });
  try {
    await floorwatch.isLive();
    const life = new Life(organisation, floorwatch, truth);
    const dice = new Dice(wish.seed);
    for (let part = 0; part <= wish.kills; part += 1) {
      const steps = Math.round((wish.minutesBetween * 60_000 * dice.whole(50, 150)) / 100 / STEP_MS);
      const isHeard = dice.whole(1, 4) > 1 || part === wish.kills; // now and then it dies before it has found its feet
      const unheard = Math.round(steps * UNHEARD_SHARE);
      await life.goOn(unheard);
      if (isHeard) await floorwatch.isLive();
      await life.goOn(steps - unheard);
      if (part === wish.kills || !wish.isKilled) continue;
      await life.kill();
      wish.progress(`  killed ${String(part + 1)} of ${String(wish.kills)} at ${new Date(life.now).toISOString()}`);
    }
    const range = wholeWindows({ from: OPENS_AT, to: life.now });
    await life.comeToRest();
    return { truth, range };
  } finally {
    await floorwatch.stop();
  }
};

const judge = async ({ truth, range }: Lived, { place }: KillWish): Promise<KillResult> => {
  const store = await place.open();
  try {
    const verdict = await judgeRecording({ store: store.recording, truth, range, blurred: [range], stepMs: STEP_MS });
    const windows = await store.recording.readWindows({
      agentIds: truth.agentIds.map(agentId),
      ...wholeWindows(range),
    });
    return { verdict, range, windows };
  } finally {
    await store.close();
  }
};

/** The floor and who watches it, going on together. */
class Life {
  readonly #organisation: LonelyOrganisation;
  readonly #floorwatch: MortalFloorwatch;
  readonly #truth: TrueFloor;
  #isStarting = false;
  now = OPENS_AT;

  constructor(organisation: LonelyOrganisation, floorwatch: MortalFloorwatch, truth: TrueFloor) {
    this.#organisation = organisation;
    this.#floorwatch = floorwatch;
    this.#truth = truth;
  }

  async goOn(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      const { virtualNow } = await this.#organisation.control.advance(STEP_MS);
      this.now = Date.parse(virtualNow);
      const { entries } = await this.#organisation.control.journal({ after: this.#truth.lastSeq });
      for (const entry of entries) this.#truth.add(entry);
      if (this.#isStarting) await sleep(PAUSE_WHILE_STARTING_MS);
    }
  }

  async kill(): Promise<void> {
    await this.#floorwatch.die();
    this.#isStarting = true;
    void this.#floorwatch.isLive().then(
      () => (this.#isStarting = false),
      () => null, // killed again before it was up; at the end it has to be
    );
  }

  /** Everything that was missed is found again, and every window of the load is made. */
  async comeToRest(): Promise<void> {
    const windowsUpTo = this.now;
    await this.#floorwatch.isLive();
    await this.goOn(CALM_MS / STEP_MS);
    let restingSince: number | null = null;
    let report: RecordingReport | null = null;
    await until('everything to be recorded', REST_DEADLINE_MS, async () => {
      report = await this.#floorwatch.recordingReport();
      restingSince = isAtRest(report, windowsUpTo) ? (restingSince ?? performance.now()) : null;
      return restingSince !== null && performance.now() - restingSince > RESTING_MS ? true : null;
    }).catch((error: unknown) => {
      throw new Error(`Floorwatch does not come to rest: ${JSON.stringify(report)}`, { cause: error });
    });
  }
}

/** Everything seen is written, windows are made, and no gap is known that is not filled. */
const isAtRest = ({ waiting, spilled, gaps, windowsUpTo }: RecordingReport, wanted: number): boolean =>
  waiting + spilled + gaps.open === 0 && windowsUpTo !== null && Date.parse(windowsUpTo) >= wanted;
