import { DISCREPANCY_GRACE_MS, type Discrepancy } from '../activity/activity.ts';
import type { AgentRow } from '../board/agent-row.ts';
import { FLAG_KINDS } from './flags.ts';

/** Everything that makes a row one to be read with care: its flags, and a contradiction that outlived its grace. */
export const WARNING_KINDS = ['discrepancy', ...FLAG_KINDS] as const;

export type WarningKind = (typeof WARNING_KINDS)[number];

export interface Warning {
  readonly kind: WarningKind;
  readonly since: number;
  readonly reason: string;
}

const DISCREPANCY_REASON: Readonly<Record<Discrepancy, string>> = {
  'on-queue-but-off-queue': 'Presence says On Queue, but routing status says off queue: no contact will be offered',
  'off-queue-but-idle': 'Presence is off queue, but routing status says idle: contacts may still be offered',
  'offline-but-working': 'Presence says Offline, but routing status says the agent is at work',
  finishing: 'Presence has moved on while routing status still holds the agent: most likely a last contact',
};

/** Whether the contradiction of a row has lasted beyond its grace at `platformNow` (ms). */
export const isGraceOver = ({ discrepancySince }: Pick<AgentRow, 'discrepancySince'>, platformNow: number): boolean =>
  discrepancySince !== null && discrepancySince.at + DISCREPANCY_GRACE_MS <= platformNow;

/** The warnings of a row at `platformNow` (the platform's clock, ms). */
export const warningsOf = (row: AgentRow, platformNow: number): readonly Warning[] => {
  const { discrepancy, discrepancySince, flags } = row;
  if (discrepancy === null || discrepancySince === null || !isGraceOver(row, platformNow)) return flags;
  return [{ kind: 'discrepancy', since: discrepancySince.at, reason: DISCREPANCY_REASON[discrepancy] }, ...flags];
};
