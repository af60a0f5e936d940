import type { AvailabilityFigure, AvailabilityFigures } from '@floorwatch/contracts';
import { METRIC_STATES, type MetricState } from '@floorwatch/domain';
import { formatCount, formatDuration, formatShare, NO_FIGURE, speakDuration, wholeSeconds } from './amounts.ts';
import { METRIC_MEANING, METRIC_WORD } from '../look/words.ts';

export interface FigureColumn {
  readonly key: AvailabilityFigure;
  readonly word: string;
  readonly meaning: string;
  /** What the figure counts; a state's seconds have its colour and glyph in the heading. */
  readonly state: MetricState | null;
}

const SECONDS_OF: Readonly<Record<MetricState, Extract<AvailabilityFigure, `${string}Seconds`>>> = {
  available: 'availableSeconds',
  onCall: 'onCallSeconds',
  wrapUp: 'wrapUpSeconds',
  notReady: 'notReadySeconds',
  offline: 'offlineSeconds',
  unknown: 'unknownSeconds',
};

/** Every figure of a line, in the order they are read. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  {
    key: 'readyShare',
    word: 'Ready %',
    meaning: 'Ready (on queue and idle), of the time staffed: all that is known but offline',
    state: null,
  },
  {
    key: 'accessibleShare',
    word: 'Accessible %',
    meaning: 'Ready, on a contact or in after-call work, of the time that counts as accessible or not',
    state: null,
  },
  {
    key: 'occupancy',
    word: 'Occupancy',
    meaning: 'On a contact or in after-call work, of the time ready or at work',
    state: null,
  },
  ...METRIC_STATES.map((state) => ({
    key: SECONDS_OF[state],
    word: METRIC_WORD[state],
    meaning: METRIC_MEANING[state],
    state,
  })),
  { key: 'stateTransitions', word: 'Changes', meaning: 'How often the activity changed', state: null },
];

export const secondsOf = (figures: AvailabilityFigures, state: MetricState): number => figures[SECONDS_OF[state]];

/** Everything a line says, as text; the six times of one line add up to its length. */
export const writeFigures = (figures: AvailabilityFigures): Readonly<Record<AvailabilityFigure, string>> => {
  const whole = wholeSeconds(METRIC_STATES.map((state) => secondsOf(figures, state)));
  const times = Object.fromEntries(
    METRIC_STATES.map((state, index) => [SECONDS_OF[state], formatDuration(whole[index] ?? 0)]),
  ) as Record<(typeof SECONDS_OF)[MetricState], string>;
  return {
    readyShare: formatShare(figures.readyShare),
    accessibleShare: formatShare(figures.accessibleShare),
    occupancy: formatShare(figures.occupancy),
    ...times,
    stateTransitions: formatCount(figures.stateTransitions),
  };
};

/** One figure that stands for itself, a median for instance. */
export const writeFigure = (key: AvailabilityFigure, value: number | null): string => {
  if (value === null) return NO_FIGURE;
  if (key === 'stateTransitions') return value.toLocaleString('en', { maximumFractionDigits: 1 });
  return key.endsWith('Seconds') ? formatDuration(value) : formatShare(value);
};

/** A line's time in words, for a screen reader and a tooltip: what there is none of is left out. */
export const speakTimes = (figures: AvailabilityFigures): string =>
  METRIC_STATES.filter((state) => secondsOf(figures, state) >= 0.5)
    .map((state) => `${METRIC_WORD[state]} ${speakDuration(secondsOf(figures, state))}`)
    .join(', ');
