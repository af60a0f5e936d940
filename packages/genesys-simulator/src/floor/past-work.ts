import type { MediaType } from '../org/queue-profile.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { Random } from '../time/random.ts';
import { drawAcwMs, drawTalkMs } from './contact.ts';
import type { RoutingStatusName } from './live-state.ts';
import type { Roster, Shift } from './roster.ts';

/** What routing had an agent do from an instant on, before the floor opened. */
export interface WorkSpell {
  readonly startsAt: number;
  readonly status: RoutingStatusName;
  /** After-call work goes on in the status that the contact began with. */
  readonly statusSince: number;
  /** Where the contact in hand is; null without one. */
  readonly phase: 'active' | 'acw' | null;
}

const MISSED_SHARE = 0.03;
const PRIVATE_CALL_SHARE = 0.04;
/** Share of contacts that an agent who leaves the queue goes on with. */
const FINISHING_SHARE = 0.2;
const MEAN_WAIT_MS = 30_000;

interface PastWorkDeps {
  readonly roster: Roster;
  readonly seed: string;
  readonly mediumOf: (profile: UserProfile) => MediaType;
}

/**
 * What agents did before the floor opened, made up on demand: the same answer every time, in step with the roster, and
 * ending in exactly the state the floor opened in. Two services keep it on the platform, so routing trails presence.
 */
export class PastWork {
  readonly #deps: PastWorkDeps;

  constructor(deps: PastWorkDeps) {
    this.#deps = deps;
  }

  /** Every spell of a shift, in order. Each stay on queue is drawn by itself, so that one can be told without the others. */
  ofShift(profile: UserProfile, shift: Shift): WorkSpell[] {
    return shift.steps.flatMap((_step, index) => this.#ofStep(profile, shift, index));
  }

  /** The spell that is under way at an instant. */
  at(profile: UserProfile, instant: number): WorkSpell {
    const { roster } = this.#deps;
    const off: WorkSpell = {
      startsAt: roster.horizon,
      statusSince: roster.horizon,
      status: 'OFF_QUEUE',
      phase: null,
    };
    if (profile.isOffPhones) return off;
    let shift = roster.shiftAt(profile, instant);
    while (shift.nextShiftAt > roster.horizon) {
      for (let index = shift.steps.length - 1; index >= 0; index -= 1) {
        if ((shift.steps[index]?.startsAt ?? Infinity) > instant) continue;
        const found = this.#ofStep(profile, shift, index).findLast(({ startsAt }) => startsAt <= instant);
        if (found !== undefined) return found;
      }
      shift = roster.shift(profile, shift.number - 1);
    }
    return off;
  }

  /** A stay on queue, from the first IDLE to the OFF_QUEUE after it; nothing for other steps. */
  #ofStep(profile: UserProfile, shift: Shift, index: number): WorkSpell[] {
    const step = shift.steps[index];
    if (step?.presence !== 'On Queue') return [];
    const leavesAt = shift.steps[index + 1]?.startsAt ?? shift.nextShiftAt;
    const comesBackAt = shift.steps[index + 2]?.startsAt ?? shift.nextShiftAt;
    const random = new Random(`${this.#deps.seed}/work/${profile.id}/${shift.number}/${index}`);
    const spells = drawStay({ from: step.startsAt, to: leavesAt, random, medium: this.#deps.mediumOf(profile) });
    const inHand = spells.within.at(-1)?.phase ?? null;
    const finishes = inHand !== null && random.chance(FINISHING_SHARE);
    const offAt = Math.round(
      finishes
        ? Math.min(Math.max(spells.endsAt, leavesAt + 1), comesBackAt - 1000)
        : leavesAt + random.between(20, 200),
    );
    return [...spells.within, { startsAt: offAt, statusSince: offAt, status: 'OFF_QUEUE', phase: null }];
  }
}

interface Stay {
  readonly from: number;
  readonly to: number;
  readonly random: Random;
  readonly medium: MediaType;
}

/** @returns the spells that begin while the agent is on queue, and when the last of them would end by itself */
const drawStay = ({ from, to, random, medium }: Stay): { within: WorkSpell[]; endsAt: number } => {
  const within: WorkSpell[] = [];
  let now = from + random.between(20, 200);
  const spend = (status: RoutingStatusName, ms: number, phase: WorkSpell['phase'] = null): void => {
    if (ms === 0 || now >= to) return;
    const startsAt = Math.round(now);
    const statusSince = phase === 'acw' ? (within.at(-1)?.startsAt ?? startsAt) : startsAt;
    within.push({ startsAt, statusSince, status, phase });
    now += ms;
  };
  while (now < to) {
    spend('IDLE', random.exponential(MEAN_WAIT_MS) + random.between(1200, 7000));
    if (random.chance(PRIVATE_CALL_SHARE)) spend('COMMUNICATING', random.skewed(70_000, 0.6));
    else if (random.chance(MISSED_SHARE)) spend('NOT_RESPONDING', 8000 + random.exponential(80_000));
    else {
      spend('INTERACTING', drawTalkMs(random, medium), 'active');
      spend('INTERACTING', drawAcwMs(random, medium), 'acw');
    }
  }
  return { within, endsAt: now };
};
