import {
  type AccessibilityMapping,
  type AuditLog,
  type Board,
  type Clock,
  type RecordingStore,
} from '@floorwatch/domain';
import type { GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { AgentAvailabilities } from '../availability/agent-availability.ts';
import { Comparisons } from '../availability/comparison.ts';
import { TeamAvailabilities } from '../availability/team-availability.ts';
import { Exports } from '../export/exports.ts';
import { AgentExtras } from './agent-extras.ts';
import { AgentHistories } from './agent-history.ts';
import { PastReader } from './past-reader.ts';
import { Ranges } from './ranges.ts';

export interface HistoryServicesOptions {
  readonly board: Board;
  readonly cloud: GenesysCloud;
  readonly clock: Clock;
  readonly log: Logger;
  readonly names: () => DirectoryNames;
  /** Name of the organisation, for files. */
  readonly organisation: string;
  /** Null where nothing is recorded: then the platform's history is all there is. */
  readonly store: RecordingStore | null;
  /** Where it is kept who did what; null where it is not. */
  readonly audit: AuditLog | null;
  /** How long our own records are kept. */
  readonly retentionDays: number;
  /** What counts as accessible. */
  readonly accessibility: AccessibilityMapping;
}

/** Everything that answers for the past, put together from ready parts. */
export interface HistoryServices {
  readonly ranges: Ranges;
  readonly histories: AgentHistories;
  readonly agents: AgentAvailabilities;
  readonly comparisons: Comparisons;
  readonly teams: TeamAvailabilities;
  readonly exports: Exports;
}

export const createHistoryServices = (options: HistoryServicesOptions): HistoryServices => {
  const past = new PastReader(options);
  const common = { ...options, past };
  const services = {
    ranges: new Ranges(options),
    histories: new AgentHistories({ ...common, extras: new AgentExtras(options) }),
    agents: new AgentAvailabilities(common),
    comparisons: new Comparisons(common),
    teams: new TeamAvailabilities(common),
  };
  return { ...services, exports: new Exports({ ...common, ...services }) };
};
