import type { Actor } from '@floorwatch/contracts';
import {
  agentId,
  covers,
  type AgentRow,
  type AgentState,
  type Board,
  type DivisionScope,
  type Presence,
  type Since,
} from '@floorwatch/domain';
import type { DirectoryNames } from '../../ingest/directory.ts';
import { setterWithin } from '../../scopes/setter-within.ts';
import { iso } from '../history/asked-range.ts';
import { daysOf, type ExportFile, type ExportRow } from './export-file.ts';
import { headOf, type FileParts } from './export-head.ts';
import { localTime } from './local-time.ts';

const COLUMNS = [
  'userId',
  'name',
  'division',
  'team',
  'title',
  'department',
  'activity',
  'activitySince',
  'activitySinceLocal',
  'activitySeconds',
  'presence',
  'presenceLabel',
  'presenceMessage',
  'presenceSince',
  'routingStatus',
  'routingStatusSince',
  'contacts',
  'contactsInAfterCallWork',
  'outOfOffice',
  'queues',
  'discrepancy',
  'presenceSetBy',
  'presenceSetByName',
] as const;

export interface WallFile extends FileParts {
  readonly board: Board;
  readonly seen: DivisionScope;
  readonly names: DirectoryNames;
  /** In the order of the wall; null for everybody by name. */
  readonly agents: readonly string[] | null;
  /** In words. */
  readonly filter: string;
}

/** The wall as it stands now, a row for each agent; those who have left meanwhile, or may not be seen, are left out. */
export const wallExport = (file: WallFile): ExportFile => {
  const { board, seen, agents, now, zone, filter } = file;
  const chosen =
    agents === null
      ? [...board.rows()].toSorted((a, b) => a.profile.name.localeCompare(b.profile.name, 'en', { numeric: true }))
      : agents.map((id) => board.rowOf(agentId(id))).filter((row) => row !== null);
  const rows = chosen.filter(({ profile }) => covers(seen, profile.divisionId));
  return {
    title: 'The wall',
    nameParts: ['wall', ...daysOf({ from: now, to: now + 1 }, zone)],
    head: headOf({ ...file, more: [['Filter', filter === '' ? 'everybody' : filter]] }),
    columns: COLUMNS,
    rowCount: rows.length,
    rows: rowsOf(rows, file),
    total: null,
  };
};

function* rowsOf(rows: readonly AgentRow[], { names, now, zone, board, seen }: WallFile): Generator<ExportRow> {
  const nameOf = namesById([...names.divisions, ...names.queues]);
  const labelOf = namesById(names.presenceDefinitions.map(({ id, label }) => ({ id, name: label })));
  for (const { profile, state, activity, since, queueIds, discrepancy } of rows)
    yield {
      userId: profile.id,
      name: profile.name,
      division: nameOf(profile.divisionId),
      team: profile.team,
      title: profile.title,
      department: profile.department,
      activity,
      activitySince: atOf(since),
      activitySinceLocal: since === null ? null : localTime(since.at, zone),
      activitySeconds: since === null ? null : Math.max(0, now - since.at) / 1000,
      presenceLabel: labelOf(state.presence?.definitionId ?? null),
      ...factCells(state),
      queues: queueIds?.map(nameOf).join('; ') ?? null,
      discrepancy,
      ...setterCells(state, (presence) => setterWithin(presence, board, seen)),
    };
}

const setterCells = ({ presence }: AgentState, setterOf: (presence: Presence) => Actor): ExportRow => {
  const setter = presence === null ? null : setterOf(presence);
  return { presenceSetBy: setter?.by ?? null, presenceSetByName: setter?.name ?? null };
};

const factCells = ({ presence, routing, contacts, outOfOffice }: AgentState): ExportRow => ({
  presence: presence?.system ?? null,
  presenceMessage: presence?.message ?? null,
  presenceSince: atOf(presence?.since ?? null),
  routingStatus: routing?.state ?? null,
  routingStatusSince: atOf(routing?.since ?? null),
  contacts: contacts?.active ?? null,
  contactsInAfterCallWork: contacts?.afterCallWork ?? null,
  outOfOffice,
});

const atOf = (since: Since | null): string | null => (since === null ? null : iso(since.at));

const namesById = (entities: readonly { readonly id: string; readonly name: string }[]) => {
  const names = new Map<string | null, string>(entities.map(({ id, name }) => [id, name]));
  return (id: string | null): string | null => names.get(id) ?? id;
};
