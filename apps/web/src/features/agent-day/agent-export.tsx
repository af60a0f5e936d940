import { exportAgentAvailability, exportAgentHistory, exportAgentTransitions } from '@floorwatch/contracts';
import type { Granularity, Interval } from '@floorwatch/domain';
import { GRAIN_WORD } from '../../lib/bar-grain.ts';
import { downloadFile } from '../../lib/download.ts';
import { ExportMenu, type ExportChoice } from '../../ui/export-menu.tsx';
import { addressOf } from './address-of.ts';

interface AgentExportProps {
  readonly agentId: string;
  /** What is kept of the range. */
  readonly range: Interval;
  readonly zone: string;
  readonly grain: Granularity;
  readonly note: string;
}

/** Each view of the page as a file: the same range, in the same zone. */
export const AgentExport = ({ agentId, range, zone, grain, note }: AgentExportProps) => {
  const asked = { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString(), zone };
  const choiceOf = (
    id: string,
    label: string,
    view: { path: string; query?: Record<string, string> },
  ): ExportChoice => ({
    id,
    label,
    run: ({ format, signal, onProgress }) =>
      downloadFile({
        path: addressOf(view.path, agentId, { ...asked, ...view.query, format }),
        fileName: `floorwatch-${id}.${format}`,
        signal,
        onProgress,
      }),
  });
  const choices = [
    choiceOf('history', 'Timeline: a line for each segment of each lane', { path: exportAgentHistory.path }),
    choiceOf('transitions', 'Changes of presence and routing status', { path: exportAgentTransitions.path }),
    choiceOf('availability', `Availability per ${GRAIN_WORD[grain]}`, {
      path: exportAgentAvailability.path,
      query: { granularity: grain },
    }),
  ];
  return <ExportMenu note={note} choices={choices} />;
};
