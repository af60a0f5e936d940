import type { UserProfile } from '../org/user-profile.ts';
import type { Random } from '../time/random.ts';
import type { AgentActor, Workplace } from './agent-actor.ts';
import type { Roster, Shift, ShiftStep } from './roster.ts';

const QUEUE_CHANGE_SHARE = 0.08;
const OUT_OF_OFFICE_SHARE = 0.012;

interface AgentDayDeps {
  readonly profile: UserProfile;
  readonly actor: AgentActor;
  readonly workplace: Workplace;
  readonly roster: Roster;
  readonly random: Random;
}

/** Leads one agent through shift after shift: each step of the roster is taken when it is due. */
export class AgentDay {
  readonly #deps: AgentDayDeps;

  constructor(deps: AgentDayDeps) {
    this.#deps = deps;
  }

  /** Goes on with a shift from its step `next` on. */
  follow(shift: Shift, next: number): void {
    const { timeline } = this.#deps.workplace;
    const step = shift.steps[next];
    if (step === undefined) {
      timeline.at(shift.nextShiftAt, () => this.#startShift(shift.number + 1));
      return;
    }
    timeline.at(step.startsAt, () => {
      this.#take(step);
      this.follow(shift, next + 1);
    });
  }

  #take({ presence, change }: ShiftStep): void {
    const { actor, random, workplace, profile } = this.#deps;
    actor.planPresence(change);
    if (presence !== 'Offline') return;
    if (random.chance(OUT_OF_OFFICE_SHARE))
      workplace.floor.setOutOfOffice(profile.id, true, workplace.timeline.virtualNow);
  }

  #startShift(number: number): void {
    const { random, workplace, profile, actor, roster } = this.#deps;
    const { floor, timeline } = workplace;
    floor.setOutOfOffice(profile.id, false, timeline.virtualNow);
    if (random.chance(QUEUE_CHANGE_SHARE)) actor.setActiveQueues(drawActiveQueues(profile, random));
    this.follow(roster.shift(profile, number), 0);
  }
}

const JOINED_SHARE = 0.85;

/** Most of the queues an agent is a member of, and always one. */
export const drawActiveQueues = (profile: UserProfile, random: Random): string[] => {
  const joined = profile.queueIds.filter(() => random.chance(JOINED_SHARE));
  return joined.length > 0 ? joined : profile.queueIds.slice(0, 1);
};
