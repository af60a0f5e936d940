import type { SystemPresence } from '../org/presence-definition.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { Random } from '../time/random.ts';
import { choosePresence, drawActiveQueues, type PresenceMenu } from './agent-day.ts';
import { summarise, type Contact } from './contact.ts';
import type { LiveState, RoutingStatusName, RoutingStatusPart } from './live-state.ts';
import { drawShiftLengths, planShift, type ShiftPlan } from './shift-plan.ts';

/** What one agent is in the middle of when the floor opens. */
export interface Opening {
  readonly state: LiveState;
  readonly contacts: readonly Contact[];
  readonly plan: ShiftPlan;
  /** The first step of the plan that still lies ahead. */
  readonly nextStep: number;
}

interface OpeningToDraw {
  readonly profile: UserProfile;
  readonly menu: PresenceMenu;
  readonly random: Random;
  readonly now: number;
  readonly mediumOf: (queueId: string) => Contact['medium'];
}

const DAY_MS = 24 * 3_600_000;

/** Puts an agent somewhere in the middle of a shift, or of the pause after it, with instants that go back accordingly. */
export const drawOpening = ({ profile, menu, random, now, mediumOf }: OpeningToDraw): Opening => {
  const { plan, nextStep } = drawPlan(profile, random, now);
  const current = plan.steps[nextStep - 1] ?? { startsAt: plan.startsAt, presence: 'Offline' as const };
  const { definition, message } = choosePresence(menu, current.presence, random);
  const modifiedAt = Math.round(current.startsAt);
  const activeQueueIds = drawActiveQueues(profile, random);
  const work = drawWork({ presence: current.presence, since: modifiedAt, now, random });
  const medium = mediumOf(activeQueueIds[0] ?? '');
  const contacts: Contact[] = work.phase === null ? [] : [{ medium, phase: work.phase }];
  return {
    plan,
    nextStep,
    contacts,
    state: {
      presence: { definitionId: definition.id, systemPresence: definition.systemPresence, message, modifiedAt },
      routingStatus: work.routingStatus,
      conversationSummary: summarise(contacts, work.routingStatus.status === 'COMMUNICATING'),
      outOfOffice: drawOutOfOffice(current.presence, random, now),
      activeQueues: { ids: activeQueueIds, changedAt: Math.round(now - random.between(0.1, 60) * DAY_MS) },
    },
  };
};

const drawPlan = (profile: UserProfile, random: Random, now: number): { plan: ShiftPlan; nextStep: number } => {
  const { shiftMs, pauseMs } = drawShiftLengths(random);
  const startsAt = now - random.next() * (shiftMs + pauseMs);
  const steps = planShift({ startsAt, lengthMs: shiftMs, isOffPhones: profile.isOffPhones, random });
  const ahead = steps.findIndex((step) => step.startsAt > now);
  const plan = { startsAt, steps, nextShiftAt: startsAt + shiftMs + pauseMs };
  return { plan, nextStep: ahead < 0 ? steps.length : ahead };
};

const OUT_OF_OFFICE_SHARE = { loggedIn: 0.004, offline: 0.04 };

const drawOutOfOffice = (presence: SystemPresence, random: Random, now: number): LiveState['outOfOffice'] => ({
  active: random.chance(presence === 'Offline' ? OUT_OF_OFFICE_SHARE.offline : OUT_OF_OFFICE_SHARE.loggedIn),
  modifiedAt: Math.round(now - random.between(0.2, 40) * DAY_MS),
});

interface Work {
  readonly routingStatus: RoutingStatusPart;
  readonly phase: 'active' | 'acw' | null;
}

/** How agents on queue are spread over what they may be doing, and for how long they have been at it on average. */
const ON_QUEUE_WORK: readonly { share: number; status: RoutingStatusName; phase: Work['phase']; meanMs: number }[] = [
  { share: 0.59, status: 'INTERACTING', phase: 'active', meanMs: 90_000 },
  { share: 0.16, status: 'INTERACTING', phase: 'acw', meanMs: 110_000 },
  { share: 0.03, status: 'NOT_RESPONDING', phase: null, meanMs: 30_000 },
  { share: 0.02, status: 'COMMUNICATING', phase: null, meanMs: 50_000 },
  { share: 0.2, status: 'IDLE', phase: null, meanMs: 25_000 },
];

/** Chance that somebody who is off queue is still finishing a contact. */
const FINISHING_SHARE = 0.03;

const drawWork = (situation: { presence: SystemPresence; since: number; now: number; random: Random }): Work => {
  const { presence, since, now, random } = situation;
  const startedAgo = (meanMs: number): number => Math.round(Math.max(since + 1, now - random.exponential(meanMs)));
  if (presence === 'On Queue') {
    const { status, phase, meanMs } = pickByShare(random);
    return { routingStatus: { status, startAt: startedAgo(meanMs) }, phase };
  }
  if (presence !== 'Offline' && presence !== 'Available' && random.chance(FINISHING_SHARE))
    return { routingStatus: { status: 'INTERACTING', startAt: since - random.whole(5000, 90_000) }, phase: 'active' };
  return { routingStatus: { status: 'OFF_QUEUE', startAt: since + random.whole(20, 200) }, phase: null };
};

const pickByShare = (random: Random): (typeof ON_QUEUE_WORK)[number] => {
  let left = random.next();
  for (const choice of ON_QUEUE_WORK) {
    left -= choice.share;
    if (left < 0) return choice;
  }
  return random.pick(ON_QUEUE_WORK);
};
