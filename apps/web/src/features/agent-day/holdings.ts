import type { HistorySegment } from '@floorwatch/contracts';
import type { Activity, RoutingState, SystemPresence } from '@floorwatch/domain';
import { ACTIVITY_MEANING, ACTIVITY_WORD, DISCREPANCY_WORDS, PRESENCE_WORD, ROUTING_WORD } from '../../look/words.ts';
import type { Holding } from './lane.ts';

/** The colours of presences are those of the activities that they most often mean. */
const PRESENCE_HUE: Readonly<Record<SystemPresence, Activity>> = {
  available: 'available',
  away: 'away',
  break: 'break',
  busy: 'busy',
  idle: 'idle',
  meal: 'meal',
  meeting: 'meeting',
  offline: 'offline',
  onQueue: 'ready',
  training: 'training',
};

/** The colour of a presence wherever it is drawn. */
export const presenceHue = (system: SystemPresence): Activity => PRESENCE_HUE[system];

const ROUTING_HUE: Readonly<Record<RoutingState, Activity>> = {
  communicating: 'communicating',
  idle: 'ready',
  interacting: 'interacting',
  notResponding: 'notResponding',
  offQueue: 'offline',
};

/** By the platform's category of a planned activity (API §10). */
const SCHEDULE_LOOK: Readonly<Record<string, { readonly hue: Activity; readonly word: string }>> = {
  OnQueueWork: { hue: 'ready', word: 'On queue' },
  OffQueueWork: { hue: 'available', word: 'Off queue work' },
  Break: { hue: 'break', word: 'Break' },
  Meal: { hue: 'meal', word: 'Meal' },
  Meeting: { hue: 'meeting', word: 'Meeting' },
  Training: { hue: 'training', word: 'Training' },
  TimeOff: { hue: 'away', word: 'Time off' },
  Unavailable: { hue: 'offline', word: 'Unavailable' },
  Unscheduled: { hue: 'offline', word: 'Unscheduled' },
};

const PLAIN = { details: [], actor: null, discrepancy: null, source: null } as const;

const UNKNOWN: Holding = { ...PLAIN, key: null, hue: 'unknown', word: 'Not known' };

type Told<Kind extends HistorySegment['kind']> = Extract<HistorySegment, { kind: Kind }>;

type PresenceParts = Pick<Told<'organisation'>, 'system' | 'definitionId' | 'label' | 'message' | 'actor' | 'source'>;

export const presenceHolding = ({ system, definitionId, label, message, actor, source }: PresenceParts): Holding => {
  if (system === null) return UNKNOWN;
  const primary = PRESENCE_WORD[system];
  const isSecondary = label !== null && label.toLowerCase() !== primary.toLowerCase();
  return {
    key: `${system} ${definitionId ?? ''} ${message ?? ''}`,
    hue: PRESENCE_HUE[system],
    word: isSecondary ? label : primary,
    details: [...(isSecondary ? [`Presence: ${primary}`] : []), ...(message === null ? [] : [`“${message}”`])],
    actor,
    discrepancy: null,
    source,
  };
};

export const routingHolding = ({ routing, source }: Pick<Told<'routing'>, 'routing' | 'source'>): Holding =>
  routing === null
    ? UNKNOWN
    : { ...PLAIN, key: routing, hue: ROUTING_HUE[routing], word: ROUTING_WORD[routing], source };

export const activityHolding = ({
  activity,
  discrepancy,
}: Pick<Told<'activity'>, 'activity' | 'discrepancy'>): Holding =>
  activity === 'unknown'
    ? UNKNOWN
    : {
        ...PLAIN,
        key: `${activity} ${discrepancy ?? ''}`,
        hue: activity,
        word: ACTIVITY_WORD[activity],
        details: [ACTIVITY_MEANING[activity], ...(discrepancy === null ? [] : [DISCREPANCY_WORDS[discrepancy].long])],
        discrepancy,
      };

const scheduleHolding = ({ category, activityCode, isPaid }: Told<'schedule'>): Holding => {
  const look = SCHEDULE_LOOK[category] ?? { hue: 'unknown' as const, word: category };
  return {
    ...PLAIN,
    key: `${category} ${activityCode ?? ''}`,
    hue: look.hue,
    word: activityCode ?? look.word,
    details: [
      ...(activityCode === null || activityCode === look.word ? [] : [look.word]),
      ...(isPaid === null ? [] : [isPaid ? 'Paid' : 'Not paid']),
    ],
  };
};

/** What a segment of the API says, ready to be drawn. */
export const holdingOf = (segment: HistorySegment): Holding => {
  switch (segment.kind) {
    case 'system':
      return presenceHolding({ ...segment, definitionId: null, label: null, message: null, actor: NOBODY });
    case 'organisation':
      return presenceHolding(segment);
    case 'routing':
      return routingHolding(segment);
    case 'activity':
      return activityHolding(segment);
    case 'schedule':
      return scheduleHolding(segment);
  }
};

export const NOBODY = { by: 'unknown', name: null } as const;
