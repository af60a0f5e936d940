import type { LiveState } from '../floor/live-state.ts';
import type { Proficient, UserProfile } from '../org/user-profile.ts';
import { locationEntity } from './location-entity.ts';

/** Values of `expand` (API §4.2). The platform takes all of them; those the simulator knows nothing of stay absent. */
export const USER_EXPANDS = [
  'routingStatus',
  'presence',
  'integrationPresence',
  'conversationSummary',
  'outOfOffice',
  'geolocation',
  'station',
  'authorization',
  'lasttokenissued',
  'authorization.unusedRoles',
  'team',
  'workPlanBidRanks',
  'externalContactsSettings',
  'groups',
  'customAttributes',
  'profileSkills',
  'certifications',
  'locations',
  'skills',
  'languages',
  'languagePreference',
  'employerInfo',
  'biography',
  'dateLastLogin',
  'dateWelcomeSent',
] as const;

export type UserExpand = (typeof USER_EXPANDS)[number];

const isoOf = (instant: number): string => new Date(instant).toISOString();

export const routingStatusEntity = (userId: string, { routingStatus }: LiveState): object => ({
  userId,
  status: routingStatus.status,
  startTime: isoOf(routingStatus.startAt),
});

const presenceParts = (userId: string, { presence }: LiveState) => ({
  source: 'PURECLOUD',
  presenceDefinition: {
    id: presence.definitionId,
    systemPresence: presence.systemPresence,
    selfUri: `/api/v2/presencedefinitions/${presence.definitionId}`,
  },
  message: presence.message,
  modifiedDate: isoOf(presence.modifiedAt),
  selfUri: `/api/v2/users/${userId}/presences`,
});

export const userPresenceEntity = (userId: string, state: LiveState): object => ({
  id: userId,
  primary: true,
  ...presenceParts(userId, state),
});

export const ucUserPresenceEntity = (userId: string, state: LiveState): object => ({
  id: userId,
  userId,
  ...presenceParts(userId, state),
});

interface UserToWrite {
  readonly profile: UserProfile;
  /** Null for users that left. */
  readonly state: LiveState | null;
  readonly expands: readonly UserExpand[];
  /** Has a phone at present, which is so unless said otherwise. */
  readonly hasStation?: boolean;
}

/** A user as listed; a part that was not asked for is absent. */
export const userEntity = ({ profile, state, expands, hasStation = true }: UserToWrite): object => {
  const { id, name, email, department, title, version, division, managerId } = profile;
  const written: Record<string, unknown> = {
    id,
    name,
    email,
    username: email,
    department,
    title,
    state: profile.state,
    version,
    acdAutoAnswer: false,
    division: { ...division, selfUri: `/api/v2/authorization/divisions/${division.id}` },
    chat: { jabberId: profile.jabberId },
    primaryContactInfo: [{ address: email, mediaType: 'EMAIL', type: 'PRIMARY' }],
    addresses: [],
    images: [],
    ...(managerId !== null && { manager: { id: managerId, selfUri: `/api/v2/users/${managerId}` } }),
    selfUri: `/api/v2/users/${id}`,
  };
  for (const expand of expands) {
    if (state === null) continue;
    const part =
      expand === 'station'
        ? stationEntity(profile, hasStation)
        : (liveExpand(expand, id, state) ?? profileExpand(expand, profile));
    if (part !== undefined) written[expand] = part;
  }
  return written;
};

const liveExpand = (expand: UserExpand, userId: string, state: LiveState): unknown => {
  switch (expand) {
    case 'routingStatus':
      return routingStatusEntity(userId, state);
    case 'presence':
      return presenceParts(userId, state);
    case 'conversationSummary':
      return state.conversationSummary;
    case 'outOfOffice':
      return { active: state.outOfOffice.active, indefinite: false };
    default:
      return undefined;
  }
};

const profileExpand = (expand: UserExpand, profile: UserProfile): unknown => {
  switch (expand) {
    case 'team':
      return profile.team;
    case 'groups':
      return profile.groups.map(({ id }) => ({ id, selfUri: `/api/v2/groups/${id}` }));
    case 'skills':
      return profile.skills.map(proficientEntity);
    case 'languages':
      return profile.languages.map(proficientEntity);
    case 'locations':
      return [{ id: profile.location.id, locationDefinition: locationEntity(profile.location) }];
    default:
      return undefined;
  }
};

export const proficientEntity = (one: Proficient): object => ({ ...one, state: 'active' });

export const stationName = ({ email }: UserProfile): string => `${email.split('@')[0]}-webrtc`;

/** The phone of a user; without one, only the last one is named. */
export const stationEntity = (profile: UserProfile, isAssociated: boolean): object => {
  const station = { id: profile.stationId, name: stationName(profile), type: 'inin_webrtc_softphone' };
  return isAssociated ? { associatedStation: station, effectiveStation: station } : { lastAssociatedStation: station };
};
