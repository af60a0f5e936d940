import type {
  AutomationOutcomeView,
  AutomationPreview,
  AutomationRunView,
  SuggestionView,
} from '@floorwatch/contracts';
import type { OutcomeState, RunCause, RunState } from '@floorwatch/domain';
import { formatTime } from '../../lib/zone-time.ts';
import type { Tone } from '../../ui/tone.ts';

interface Told {
  readonly word: string;
  readonly tone: Tone;
}

export const OUTCOME: Readonly<Record<OutcomeState, Told>> = {
  waiting: { word: 'Waiting', tone: 'quiet' },
  changing: { word: 'Changing', tone: 'quiet' },
  changed: { word: 'Changed', tone: 'good' },
  'not-confirmed': { word: 'Not confirmed', tone: 'warn' },
  skipped: { word: 'Left out', tone: 'quiet' },
  refused: { word: 'Refused', tone: 'warn' },
  failed: { word: 'Failed', tone: 'alarm' },
  unknown: { word: 'Not known', tone: 'alarm' },
};

export const RUN: Readonly<Record<RunState, Told>> = {
  running: { word: 'Running', tone: 'quiet' },
  done: { word: 'Done', tone: 'good' },
  missed: { word: 'Missed', tone: 'warn' },
  refused: { word: 'Not begun', tone: 'warn' },
  interrupted: { word: 'Stopped early', tone: 'warn' },
};

export const CAUSE: Readonly<Record<RunCause, string>> = {
  plan: 'by plan',
  trigger: 'by trigger',
  schedule: 'by the schedule',
};

/** "12 changed, 2 left out"; what came to nothing first in tone, last in the sentence. */
export const countsWords = ({ counts, backDue }: Pick<AutomationRunView, 'counts' | 'backDue'>): string => {
  const parts = Object.entries(OUTCOME).flatMap(([state, { word }]) => {
    const count = counts[state as OutcomeState] ?? 0;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${word.toLowerCase()}`];
  });
  if (backDue > 0) parts.push(`${backDue.toLocaleString('en')} to be put back`);
  return parts.length === 0 ? 'nobody' : parts.join(', ');
};

/** How a run went, by its worst agent. */
export const toneOf = ({ state, counts }: Pick<AutomationRunView, 'state' | 'counts'>): Tone => {
  if ((counts.failed ?? 0) + (counts.unknown ?? 0) > 0) return 'alarm';
  if ((counts.refused ?? 0) + (counts['not-confirmed'] ?? 0) > 0) return 'warn';
  return RUN[state].tone;
};

/** What becomes of the way back; null where there is none. */
export const backWords = ({ state, at, reason }: AutomationOutcomeView['back'], zone: string): string | null => {
  const time = at === null ? '' : formatTime(Date.parse(at), zone);
  switch (state) {
    case 'none':
      return null;
    case 'due':
      return `Back at ${time}`;
    case 'going':
      return 'Being put back';
    case 'back':
      return `Put back at ${time}`;
    case 'left':
      return `Not put back: ${reason ?? 'somebody has chosen something else since'}`;
    case 'failed':
      return `Could not be put back: ${reason ?? 'the reason is not known'}`;
  }
};

export const FATE: Readonly<Record<AutomationPreview['agents'][number]['fate'], Told>> = {
  change: { word: 'Changes', tone: 'good' },
  'nothing-changes': { word: 'Is there already', tone: 'quiet' },
  skip: { word: 'Left out', tone: 'quiet' },
  wait: { word: 'Waits', tone: 'quiet' },
  refuse: { word: 'Refused', tone: 'warn' },
};

const CATEGORY: Readonly<Record<SuggestionView['category'], string>> = {
  onQueueWork: 'queue work',
  break: 'break',
  meal: 'meal',
  meeting: 'meeting',
  offQueueWork: 'work off the queue',
  timeOff: 'time off',
  training: 'training',
  unavailable: 'absence',
  unscheduled: 'nothing',
};

/** "Break due, still on a contact" */
export const suggestionWords = ({ kind, category, isOnContact, startsAt }: SuggestionView, zone: string): string => {
  const what = CATEGORY[category];
  const contact = isOnContact ? ', still on a contact' : '';
  if (kind === 'break-due') return `${capital(what)} due${contact}`;
  if (kind === 'back-due') return `Break over, not back: ${what} is planned`;
  const at = startsAt === null ? 'soon' : `at ${formatTime(Date.parse(startsAt), zone)}`;
  return `${capital(what)} starts ${at}${contact}`;
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
