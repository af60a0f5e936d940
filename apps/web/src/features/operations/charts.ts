import type { SeriesName } from '@floorwatch/contracts';

export interface ChartLine {
  readonly series: SeriesName;
  readonly name: string;
  readonly colour: string;
}

/** One drawing of the last hour: lines of one unit. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly ChartLine[];
  /** What each value is multiplied by to be of that unit; 1 where left out. */
  readonly times?: number;
}

const MAIN = 'var(--fw-ready)';
const OTHER = 'var(--fw-break)';

/** The way of an event first, then the platform, then this process. */
export const CHARTS: readonly Chart[] = [
  {
    title: 'Event to sockets',
    unit: 'ms',
    lines: [
      { series: 'totalP50Ms', name: 'median', colour: MAIN },
      { series: 'totalP99Ms', name: '99 in 100', colour: OTHER },
    ],
  },
  { title: 'Changes', unit: 'a second', lines: [{ series: 'changesPerSecond', name: 'changes', colour: MAIN }] },
  { title: 'Age of data', unit: 's', times: 0.001, lines: [{ series: 'dataAgeMs', name: 'age', colour: MAIN }] },
  {
    title: 'Agents',
    unit: 'agents',
    lines: [
      { series: 'agentsLive', name: 'live', colour: MAIN },
      { series: 'agentsTotal', name: 'all', colour: OTHER },
    ],
  },
  {
    title: 'Calls of Genesys Cloud',
    unit: 'a minute',
    lines: [{ series: 'callsPerMinute', name: 'calls', colour: MAIN }],
  },
  { title: 'Time of a call', unit: 'ms', lines: [{ series: 'callP95Ms', name: '95 in 100', colour: MAIN }] },
  {
    title: 'Calls that failed',
    unit: '%',
    times: 100,
    lines: [{ series: 'callsFailedShare', name: 'failed', colour: OTHER }],
  },
  {
    title: 'Request budget used',
    unit: '%',
    times: 100,
    lines: [{ series: 'budgetUsedShare', name: 'used', colour: MAIN }],
  },
  { title: 'Browsers', unit: 'browsers', lines: [{ series: 'browsers', name: 'browsers', colour: MAIN }] },
  {
    title: 'Waiting to be recorded',
    unit: 'entries',
    lines: [{ series: 'recordingWaiting', name: 'waiting', colour: MAIN }],
  },
  {
    title: 'Event to record',
    unit: 'ms',
    lines: [{ series: 'recordingLagP99Ms', name: '99 in 100', colour: MAIN }],
  },
  { title: 'Jobs waiting', unit: 'jobs', lines: [{ series: 'jobsWaiting', name: 'waiting', colour: MAIN }] },
  {
    title: 'Lateness of this process',
    unit: 'ms',
    lines: [{ series: 'eventLoopP99Ms', name: '99 in 100', colour: MAIN }],
  },
  { title: 'Memory of this process', unit: 'MB', lines: [{ series: 'residentMb', name: 'resident', colour: MAIN }] },
];

/** As a person reads it: three digits or so. */
export const plainNumber = (value: number | null): string => {
  if (value === null) return '–';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
};
