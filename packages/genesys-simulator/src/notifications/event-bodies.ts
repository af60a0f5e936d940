import type { LiveState } from '../floor/live-state.ts';
import { inNotifications, type SystemPresence } from '../org/presence-definition.ts';

/** The bodies of API §8.7, property by property. Presences are spelled `ON_QUEUE` here (API §5.3). */

const isoOf = (instant: number): string => new Date(instant).toISOString();

const definition = ({
  definitionId,
  systemPresence,
}: {
  definitionId: string;
  systemPresence: SystemPresence;
}): object => ({
  id: definitionId,
  systemPresence: inNotifications(systemPresence),
});

const routing = ({ routingStatus }: LiveState): object => ({
  status: routingStatus.status,
  startTime: isoOf(routingStatus.startAt),
});

/** The whole picture but for conversations, whichever part of it changed. Note `presenceMessage`, not `message`. */
export const activityBody = (userId: string, state: LiveState): object => ({
  id: userId,
  routingStatus: routing(state),
  presence: {
    presenceDefinition: definition(state.presence),
    presenceMessage: state.presence.message,
    modifiedDate: isoOf(state.presence.modifiedAt),
  },
  outOfOffice: { active: state.outOfOffice.active, modifiedDate: isoOf(state.outOfOffice.modifiedAt) },
  activeQueueIds: state.activeQueues.ids,
  dateActiveQueuesChanged: isoOf(state.activeQueues.changedAt),
});

/** Carries no user id: that is in the topic name only. */
export const presenceBody = ({ presence }: LiveState): object => ({
  source: 'PURECLOUD',
  presenceDefinition: definition(presence),
  primary: true,
  message: presence.message,
  modifiedDate: isoOf(presence.modifiedAt),
});

/** The presence in the system beside the platform that takes over what the platform says. */
export const integrationPresenceBody = (userId: string, { presence }: LiveState): object => ({
  userId,
  eventType: 'UserPresenceStatusChanged',
  source: 'MicrosoftTeams',
  modifiedDate: isoOf(presence.modifiedAt),
  presenceDefinition: definition(presence),
  message: presence.message,
});

export const routingStatusBody = (userId: string, state: LiveState): object => ({
  id: userId,
  routingStatus: routing(state),
});

/** Captured events leave `userId` out, so these do. */
export const conversationSummaryBody = ({ conversationSummary }: LiveState): object => conversationSummary;

export const outOfOfficeBody = (userId: string, { outOfOffice }: LiveState): object => ({
  user: { id: userId },
  active: outOfOffice.active,
  indefinite: false,
});

export const queueMemberBody = (userId: string, queueId: string, joined: boolean): object => ({
  id: userId,
  user: { id: userId },
  queueId,
  joined,
});

/** The phone an agent has, or nothing. */
export const stationBody = (userId: string, station: { readonly id: string; readonly name: string } | null): object =>
  station === null ? {} : { associatedStation: { ...station, associatedUser: { id: userId } } };
