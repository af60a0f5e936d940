import { dayOf, type Interval } from '@floorwatch/domain';

export type Cell = string | number | boolean | null;

export type ExportRow = Readonly<Record<string, Cell>>;

/** One view as a file, before it has a format. */
export interface ExportFile {
  /** What it is, in words for people. */
  readonly title: string;
  /** Parts of its name; what is not fit for one is left out. */
  readonly nameParts: readonly string[];
  /** What was asked for, in words. */
  readonly head: readonly (readonly [label: string, value: string])[];
  /** Names of the cells of a row, in order. */
  readonly columns: readonly string[];
  /** How many rows there will be: whoever receives them can tell how far they are. */
  readonly rowCount: number;
  /** Made only as fast as they are taken. */
  readonly rows: Iterable<ExportRow> | AsyncIterable<ExportRow>;
  /** The row of sums, as on the screen; null where nothing is added up. */
  readonly total: ExportRow | null;
}

/** The days of a range in its zone, for a file name: the last one is the day of its last instant. */
export const daysOf = ({ from, to }: Interval, zone: string): string[] => [
  ...new Set([dayOf(from, zone), dayOf(to - 1, zone)]),
];
