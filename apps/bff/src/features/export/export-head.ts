import type { AgentProfile, Interval } from '@floorwatch/domain';
import { localTime } from './local-time.ts';

export type Head = readonly (readonly [label: string, value: string])[];

/** What every file says of itself. */
export interface FileParts {
  readonly organisation: string;
  /** IANA name. */
  readonly zone: string;
  /** When the file is made, platform clock, ms. */
  readonly now: number;
}

/** A file about a time. */
export interface RangeFileParts extends FileParts {
  readonly range: Interval;
}

/** A file about one agent. */
export interface AgentFileParts extends RangeFileParts {
  readonly agent: AgentProfile;
}

/** What every file begins with. */
export const headOf = ({
  organisation,
  zone,
  now,
  range,
  more,
}: FileParts & { readonly range?: Interval; readonly more: Head }): Head => [
  ['Organisation', organisation],
  ...more,
  ...(range ? [['Range', `${localTime(range.from, zone)} to ${localTime(range.to, zone)}`] as const] : []),
  ['Time zone', zone],
  ['Made at', localTime(now, zone)],
];
