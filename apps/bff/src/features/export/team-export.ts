import type { AgentAvailabilityLine, AvailabilityScope, NamedEntity } from '@floorwatch/contracts';
import type { AskedRange } from '../history/asked-range.ts';
import type { PageCut, TeamAvailabilities, TeamFigures } from '../availability/team-availability.ts';
import { boundariesUpTo } from '../availability/agent-availability.ts';
import { daysOf, type ExportFile, type ExportRow } from './export-file.ts';
import { headOf, type RangeFileParts } from './export-head.ts';
import { FIGURE_COLUMNS, figureCells, WINDOW_COLUMNS, windowCells } from './figures-cells.ts';

/** Agents whose intervals are read at a time. */
const AGENTS_AT_ONCE = 100;

export interface TeamFile extends RangeFileParts {
  readonly range: AskedRange;
  readonly scope: AvailabilityScope;
  readonly cut: PageCut;
  readonly divisions: readonly NamedEntity[];
  readonly queues: readonly NamedEntity[];
}

/** Everybody in the scope: a row for each agent, or for each agent and interval where they are asked for. */
export const teamExport = (parts: TeamFile, { lines, total }: TeamFigures, teams: TeamAvailabilities): ExportFile => {
  const { cut, range, zone } = parts;
  const { granularity } = cut;
  const rowsEach = granularity === null ? 1 : boundariesUpTo(range, { granularity, zone }).length - 1;
  return {
    title: 'Availability of agents',
    nameParts: ['availability', ...daysOf(range, zone)],
    head: headOf({
      ...parts,
      more: [['Filter', wordsOf(parts)], ...(granularity === null ? [] : [['Interval', granularity] as const])],
    }),
    columns: ['userId', 'name', 'team', 'division', ...(granularity === null ? [] : WINDOW_COLUMNS), ...FIGURE_COLUMNS],
    rowCount: lines.length * rowsEach,
    rows: granularity === null ? lines.map((line) => rowOf(line, parts)) : intervalRows(lines, parts, teams),
    total: { userId: 'Total', name: `${String(lines.length)} agents`, ...figureCells(total) },
  };
};

const rowOf = (line: AgentAvailabilityLine, parts: TeamFile): ExportRow => ({
  ...agentCells(line, parts),
  ...figureCells(line.total),
});

const agentCells = (
  { agentId, name, team, divisionId }: AgentAvailabilityLine,
  { divisions }: TeamFile,
): ExportRow => ({
  userId: agentId,
  name,
  team,
  division: nameIn(divisions, divisionId),
});

/** Read as the receiver takes them: ten thousand agents by the quarter of an hour are never in memory together. */
async function* intervalRows(
  lines: readonly AgentAvailabilityLine[],
  parts: TeamFile,
  teams: TeamAvailabilities,
): AsyncGenerator<ExportRow> {
  for (let from = 0; from < lines.length; from += AGENTS_AT_ONCE)
    for (const line of await teams.withIntervals(lines.slice(from, from + AGENTS_AT_ONCE), parts))
      for (const interval of line.intervals)
        yield { ...agentCells(line, parts), ...windowCells(interval, parts.zone), ...figureCells(interval) };
}

/** The scope in words. */
const wordsOf = ({ scope, divisions, queues }: TeamFile): string => {
  const named = (entities: readonly NamedEntity[], ids: readonly string[]): string =>
    ids.map((id) => nameIn(entities, id) ?? id).join(', ');
  const parts = [
    scope.division && `division ${named(divisions, scope.division)}`,
    scope.queue && `queue ${named(queues, scope.queue)}`,
    scope.team && `team ${scope.team.join(', ')}`,
    scope.agents && `${String(scope.agents.length)} chosen agents`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'everybody' : parts.join('; ');
};

const nameIn = (entities: readonly NamedEntity[], id: string | null): string | null =>
  entities.find((entity) => entity.id === id)?.name ?? id;
