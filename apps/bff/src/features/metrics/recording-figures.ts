import type { FloorHealth, RecordingReport } from '@floorwatch/contracts';
import { secondsSince, type Figure } from './figure.ts';

/** NaN where nothing is recorded. */
const of =
  (read: (recording: RecordingReport, now: string) => number) =>
  ({ recording, now }: FloorHealth): number =>
    recording === null ? NaN : read(recording, now);

/** How what happens is recorded. */
export const RECORDING_FIGURES: readonly Figure[] = [
  {
    kind: 'gauge',
    name: 'floorwatch_recording_store_up',
    help: '1 while what happens can be written; NaN where nothing is recorded.',
    read: of(({ store }) => (store === 'up' ? 1 : 0)),
  },
  {
    kind: 'counter',
    name: 'floorwatch_recorded_transitions_total',
    help: 'Changes written that were new.',
    read: ({ recording }) => recording?.written ?? 0,
  },
  {
    kind: 'gauge',
    name: 'floorwatch_recording_waiting',
    help: 'Entries that wait to be written, by where they wait.',
    label: 'place',
    read: ({ recording }) => ({ memory: recording?.waiting ?? NaN, disk: recording?.spilled ?? NaN }),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_recording_lag_seconds',
    help: "From the platform's instant of an event to its record, by share of the latest events; NaN before the first.",
    label: 'share',
    read: ({ recording }) => ({
      '0.5': (recording?.lag?.p50Ms ?? NaN) / 1000,
      '0.99': (recording?.lag?.p99Ms ?? NaN) / 1000,
    }),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_recording_windows_age_seconds',
    help: 'Time since the end of the last windows made for everybody; NaN before it is known.',
    read: of(({ windowsUpTo }, now) => secondsSince(now, windowsUpTo)),
  },
  {
    kind: 'gauge',
    name: 'floorwatch_recording_gaps_open',
    help: 'Stretches of agents in which changes may be missing, not filled yet.',
    read: of(({ gaps }) => gaps.open),
  },
  {
    kind: 'counter',
    name: 'floorwatch_recording_gaps_closed_total',
    help: 'Stretches of agents in which changes were missing, by how they came out.',
    label: 'outcome',
    read: ({ recording }) => ({
      filled: recording?.gaps.filled ?? 0,
      unknowable: recording?.gaps.unknowable ?? 0,
    }),
  },
  {
    kind: 'counter',
    name: 'floorwatch_recording_changes_found_total',
    help: "Changes that nobody had told of, found by comparing with the platform's history.",
    read: ({ recording }) => recording?.reconciliation?.found ?? 0,
  },
];
