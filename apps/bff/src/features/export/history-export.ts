import type { HistoryKind, HistorySegment } from '@floorwatch/contracts';
import type { WholeHistory } from '../history/agent-history.ts';
import type { UntoldSegment } from '../history/history-segments.ts';
import { daysOf, type Cell, type ExportFile, type ExportRow } from './export-file.ts';
import { headOf, type AgentFileParts } from './export-head.ts';
import { localTime } from './local-time.ts';

const COLUMNS = [
  'userId',
  'kind',
  'fromUtc',
  'toUtc',
  'fromLocal',
  'toLocal',
  'durationSeconds',
  'value',
  'label',
  'message',
  'discrepancy',
  'actor',
  'actorName',
  'source',
  'startsExactly',
  'isOngoing',
] as const;

type Column = (typeof COLUMNS)[number];

/** Every segment of the lanes that were asked for, oldest first. */
export const historyExport = (
  parts: AgentFileParts,
  history: WholeHistory,
  kinds: readonly HistoryKind[] | null,
): ExportFile => {
  const { agent, range, zone } = parts;
  const problems = [history.analyticsProblem, history.scheduleProblem].filter((problem) => problem !== null);
  return {
    title: 'History of an agent',
    nameParts: ['history', agent.name, ...daysOf(range, zone)],
    head: headOf({
      ...parts,
      more: [
        ['Agent', agent.name],
        ['Lanes', kinds === null ? 'all' : kinds.join(', ')],
        ...problems.map((problem) => ['Left out', problem] as const),
      ],
    }),
    columns: COLUMNS,
    rowCount: history.segments.length,
    rows: rowsOf(history.segments, parts),
    total: null,
  };
};

function* rowsOf(segments: readonly UntoldSegment[], { agent, zone }: AgentFileParts): Generator<ExportRow> {
  for (const { tell } of segments) {
    const segment = tell();
    const from = Date.parse(segment.from);
    const to = Date.parse(segment.to);
    yield {
      userId: agent.id,
      kind: segment.kind,
      fromUtc: segment.from,
      toUtc: segment.to,
      fromLocal: localTime(from, zone),
      toLocal: localTime(to, zone),
      durationSeconds: (to - from) / 1000,
      ...cellsOf(segment),
      startsExactly: segment.startsExactly,
      isOngoing: segment.isOngoing,
    } satisfies Partial<Record<Column, Cell>>;
  }
}

/** What the lanes tell differently. */
const cellsOf = (segment: HistorySegment): Partial<Record<Column, Cell>> => {
  switch (segment.kind) {
    case 'system':
      return { value: segment.system ?? 'unknown', source: segment.source };
    case 'organisation': {
      const { system, label, message, actor, source } = segment;
      return { value: system ?? 'unknown', label, message, actor: actor.by, actorName: actor.name, source };
    }
    case 'routing':
      return { value: segment.routing ?? 'unknown', source: segment.source };
    case 'activity':
      return { value: segment.activity, discrepancy: segment.discrepancy };
    case 'schedule':
      return { value: segment.category, label: segment.activityCode };
  }
};
