import type { AgentAvailability } from '@floorwatch/contracts';
import { daysOf, type ExportFile } from './export-file.ts';
import { headOf, type AgentFileParts } from './export-head.ts';
import { FIGURE_COLUMNS, figureCells, WINDOW_COLUMNS, windowCells } from './figures-cells.ts';

/** One agent's time, a row for each interval. */
export const availabilityExport = (parts: AgentFileParts, availability: AgentAvailability): ExportFile => {
  const { agent, range, zone } = parts;
  const { intervals, total, granularity, analyticsProblem } = availability;
  return {
    title: 'Availability of an agent',
    nameParts: ['availability', agent.name, ...daysOf(range, zone)],
    head: headOf({
      ...parts,
      more: [
        ['Agent', agent.name],
        ['Interval', granularity],
        ...(analyticsProblem === null ? [] : [['Left out', analyticsProblem] as const]),
      ],
    }),
    columns: ['userId', ...WINDOW_COLUMNS, ...FIGURE_COLUMNS],
    rowCount: intervals.length,
    rows: intervals.map((interval) => ({
      userId: agent.id,
      ...windowCells(interval, zone),
      ...figureCells(interval),
    })),
    total: { userId: 'Total', ...figureCells(total) },
  };
};
