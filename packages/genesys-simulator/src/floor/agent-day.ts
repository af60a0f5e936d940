import type { PresenceDefinition, SystemPresence } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { Random } from '../time/random.ts';
import type { AgentActor, PresenceChange, Workplace } from './agent-actor.ts';
import { drawShiftLengths, planShift, type ShiftPlan } from './shift-plan.ts';

/** Definitions an agent may choose from, by system presence, the primary one first. */
export type PresenceMenu = ReadonlyMap<SystemPresence, readonly PresenceDefinition[]>;

const SECONDARY_SHARE = 0.4;
const MESSAGE_SHARE = 0.08;
const MESSAGES = [
  'back soon',
  'vuelvo enseguida',
  'with a customer upstairs',
  '10 min',
  'bin gleich zurück',
  'すぐ戻ります',
  '☕',
];
const QUEUE_CHANGE_SHARE = 0.08;
const OUT_OF_OFFICE_SHARE = 0.012;

/** What the definitions of an organisation mean to one agent. */
export const makePresenceMenu = (definitions: readonly PresenceDefinition[], divisionId: string): PresenceMenu => {
  const menu = new Map<SystemPresence, PresenceDefinition[]>();
  for (const definition of definitions) {
    if (definition.deactivated || (definition.divisionId !== '*' && definition.divisionId !== divisionId)) continue;
    const choices = menu.get(definition.systemPresence);
    if (choices === undefined) menu.set(definition.systemPresence, [definition]);
    else choices.push(definition);
  }
  return menu;
};

/** Chooses a primary or secondary presence and, now and then, a message. */
export const choosePresence = (menu: PresenceMenu, presence: SystemPresence, random: Random): PresenceChange => {
  const choices = menu.get(presence) ?? [];
  const primary = choices[0];
  if (primary === undefined) throw new Error(`no definition for ${presence}`);
  const definition = choices.length > 1 && random.chance(SECONDARY_SHARE) ? random.pick(choices) : primary;
  const mayCarryMessage = presence !== 'On Queue' && presence !== 'Offline';
  return { definition, message: mayCarryMessage && random.chance(MESSAGE_SHARE) ? random.pick(MESSAGES) : '' };
};

interface AgentDayDeps {
  readonly profile: UserProfile;
  readonly actor: AgentActor;
  readonly workplace: Workplace;
  readonly menu: PresenceMenu;
  readonly random: Random;
}

/** Leads one agent through shift after shift: each step of the plan is taken when it is due. */
export class AgentDay {
  readonly #deps: AgentDayDeps;

  constructor(deps: AgentDayDeps) {
    this.#deps = deps;
  }

  /** Goes on with a shift from its step `next` on. */
  follow(plan: ShiftPlan, next: number): void {
    const { timeline } = this.#deps.workplace;
    const step = plan.steps[next];
    if (step === undefined) {
      timeline.at(plan.nextShiftAt, () => this.#startShift());
      return;
    }
    timeline.at(step.startsAt, () => {
      this.#take(step.presence);
      this.follow(plan, next + 1);
    });
  }

  #take(presence: SystemPresence): void {
    const { actor, menu, random, workplace, profile } = this.#deps;
    actor.planPresence(choosePresence(menu, presence, random));
    if (presence !== 'Offline') return;
    if (random.chance(OUT_OF_OFFICE_SHARE))
      workplace.floor.setOutOfOffice(profile.id, true, workplace.timeline.virtualNow);
  }

  #startShift(): void {
    const { random, workplace, profile, actor } = this.#deps;
    const { floor, timeline } = workplace;
    floor.setOutOfOffice(profile.id, false, timeline.virtualNow);
    if (random.chance(QUEUE_CHANGE_SHARE)) actor.setActiveQueues(drawActiveQueues(profile, random));
    const startsAt = timeline.modelNow;
    const { shiftMs, pauseMs } = drawShiftLengths(random);
    const steps = planShift({ startsAt, lengthMs: shiftMs, isOffPhones: profile.isOffPhones, random });
    this.follow({ startsAt, steps, nextShiftAt: startsAt + shiftMs + pauseMs }, 0);
  }
}

const JOINED_SHARE = 0.85;

/** Most of the queues an agent is a member of, and always one. */
export const drawActiveQueues = (profile: UserProfile, random: Random): string[] => {
  const joined = profile.queueIds.filter(() => random.chance(JOINED_SHARE));
  return joined.length > 0 ? joined : profile.queueIds.slice(0, 1);
};
