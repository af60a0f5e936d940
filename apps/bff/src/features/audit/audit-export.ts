import type { AuditEntryView, AuditFilterAsked } from '@floorwatch/contracts';
import { canonicalValues, type AuditEntry, type AuditFilter, type AuditLog, type ChainHead } from '@floorwatch/domain';
import type { ExportFile, ExportRow } from '../export/export-file.ts';
import { headOf, type FileParts } from '../export/export-head.ts';
import { localTime } from '../export/local-time.ts';

const COLUMNS = [
  'seq',
  'timestamp',
  'timestampLocal',
  'action',
  'outcome',
  'actorKind',
  'actorId',
  'actorName',
  'userId',
  'userName',
  'division',
  'before',
  'after',
  'reason',
  'correlationId',
  'platformCorrelationId',
  'hash',
] as const;

/** Entries that are read at a time. */
const PAGE = 500;

export interface AuditFile extends FileParts {
  readonly audit: AuditLog;
  readonly viewOf: (entry: AuditEntry) => AuditEntryView;
  readonly filter: AuditFilter;
  readonly asked: AuditFilterAsked;
}

/** Entries as they stand now, newest first; those that come while the file is taken are not in it. */
export const auditExport = async (file: AuditFile): Promise<ExportFile> => {
  const { audit, filter, asked, zone, now } = file;
  const head = await audit.head();
  return {
    title: 'Audit',
    nameParts: ['audit', localTime(now, zone).slice(0, 10)],
    head: headOf({
      ...file,
      more: [
        ['Filter', wordsOf(asked)],
        ['Head of the chain', `${String(head.seq)}:${head.hash}`],
      ],
    }),
    columns: COLUMNS,
    rowCount: await audit.count(filter, { beforeSeq: head.seq + 1 }),
    rows: rowsOf(file, head),
    total: null,
  };
};

/** Read as the receiver takes them. */
async function* rowsOf({ audit, viewOf, filter, zone }: AuditFile, head: ChainHead): AsyncGenerator<ExportRow> {
  for (let beforeSeq = head.seq + 1; ;) {
    const entries = await audit.read(filter, { beforeSeq, limit: PAGE });
    for (const entry of entries) yield rowOf(viewOf(entry), zone);
    const last = entries.at(-1);
    if (last === undefined || entries.length < PAGE) return;
    beforeSeq = last.seq;
  }
}

const rowOf = (entry: AuditEntryView, zone: string): ExportRow => ({
  seq: entry.seq,
  timestamp: entry.at,
  timestampLocal: localTime(Date.parse(entry.at), zone),
  action: entry.action,
  outcome: entry.outcome,
  actorKind: entry.actor.kind,
  actorId: entry.actor.id,
  actorName: entry.actor.name,
  userId: entry.agent?.id ?? null,
  userName: entry.agent?.name ?? null,
  division: entry.agent?.division ?? null,
  before: entry.before && canonicalValues(entry.before),
  after: entry.after && canonicalValues(entry.after),
  reason: entry.reason,
  correlationId: entry.correlationId,
  platformCorrelationId: entry.platformCorrelationId,
  hash: entry.hash,
});

/** The filter in words. */
const wordsOf = (asked: AuditFilterAsked): string => {
  const words = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${Array.isArray(value) ? value.join(', ') : value}`],
  );
  return words.length === 0 ? 'everything' : words.join('; ');
};
