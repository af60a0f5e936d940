import type { SystemPresence } from '../org/presence-definition.ts';
import type { MediaType } from '../org/queue-profile.ts';
import type { UserProfile } from '../org/user-profile.ts';
import type { Random } from '../time/random.ts';
import { drawActiveQueues } from './agent-day.ts';
import { summarise, type Contact } from './contact.ts';
import type { LiveState } from './live-state.ts';
import type { PastWork } from './past-work.ts';
import type { Roster, Shift, ShiftStep } from './roster.ts';

/** What one agent is in the middle of when the floor opens. */
export interface Opening {
  readonly state: LiveState;
  readonly contacts: readonly Contact[];
  readonly shift: Shift;
  /** The first step of the shift that still lies ahead. */
  readonly nextStep: number;
}

interface OpeningToDraw {
  readonly profile: UserProfile;
  readonly roster: Roster;
  readonly past: PastWork;
  readonly random: Random;
  readonly medium: MediaType;
}

const DAY_MS = 24 * 3_600_000;

/** Finds an agent somewhere in the middle of a shift, or of the pause after it: exactly where the past leaves off. */
export const drawOpening = ({ profile, roster, past, random, medium }: OpeningToDraw): Opening => {
  const now = roster.openedAt;
  const shift = roster.shiftAt(profile, now);
  const ahead = shift.steps.findIndex((step) => step.startsAt > now);
  const nextStep = ahead < 0 ? shift.steps.length : ahead;
  const current = presenceUnderWay(shift, nextStep);
  const { definition, message } = current.change;
  const modifiedAt = Math.round(current.startsAt);
  const { status, startsAt, statusSince, phase } = past.at(profile, now);
  const activeQueueIds = drawActiveQueues(profile, random);
  const contacts: Contact[] =
    phase === null
      ? []
      : [
          {
            id: random.uuid(),
            queueId: activeQueueIds[0] ?? null,
            medium,
            phase,
            alertedAt: statusSince - 4000,
            phaseAt: startsAt,
            answeredAt: phase === 'acw' ? statusSince : startsAt,
          },
        ];
  return {
    shift,
    nextStep,
    contacts,
    state: {
      presence: { definitionId: definition.id, systemPresence: definition.systemPresence, message, modifiedAt },
      routingStatus: { status, startAt: Math.min(statusSince, now) },
      conversationSummary: summarise(contacts, status === 'COMMUNICATING'),
      outOfOffice: drawOutOfOffice(current.presence, random, now),
      activeQueues: { ids: activeQueueIds, changedAt: Math.round(now - random.between(0.1, 60) * DAY_MS) },
    },
  };
};

/** Choosing the presence one already has changes nothing: what is under way began with the first of such steps. */
const presenceUnderWay = ({ steps }: Shift, nextStep: number): ShiftStep => {
  const definitionOf = (index: number): string | undefined => steps[index]?.change.definition.id;
  let index = nextStep - 1;
  while (index > 0 && definitionOf(index - 1) === definitionOf(index)) index -= 1;
  const step = steps[index];
  if (step === undefined) throw new Error('a shift begins with its first step');
  return step;
};

const OUT_OF_OFFICE_SHARE = { loggedIn: 0.004, offline: 0.04 };

const drawOutOfOffice = (presence: SystemPresence, random: Random, now: number): LiveState['outOfOffice'] => ({
  active: random.chance(presence === 'Offline' ? OUT_OF_OFFICE_SHARE.offline : OUT_OF_OFFICE_SHARE.loggedIn),
  modifiedAt: Math.round(now - random.between(0.2, 40) * DAY_MS),
});
