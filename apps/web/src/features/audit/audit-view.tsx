import '../../ui/subpage.css';
import './audit.css';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/amounts.ts';
import { instantsOf, rangeWords, type InstantRange } from '../../lib/calendar-range.ts';
import { rangeOf } from '../../lib/range-search.ts';
import { zoneWords } from '../../lib/zone-time.ts';
import { useSession } from '../../live/session-query.ts';
import { usePlatformNow } from '../../live/use-live.ts';
import { useToday } from '../../live/use-today.ts';
import { AuditExport } from './audit-export.tsx';
import { askFor, auditQuery } from './audit-query.ts';
import { AuditFailed, AuditLoading, NothingFound } from './audit-states.tsx';
import { AuditTable } from './audit-table.tsx';
import { AuditToolbar } from './audit-toolbar.tsx';
import { AuditVerdict } from './audit-verdict.tsx';
import { actorName } from './audit-words.ts';
import { useAuditSearch } from './use-audit-search.ts';

const HOUR_MS = 3_600_000;

interface AuditViewProps {
  /** Range and zone. */
  readonly timePicker: ReactNode;
}

/** Who tried what, and what came of it. */
export const AuditView = ({ timePicker }: AuditViewProps) => {
  const { range, words } = useAskedTime();
  const { search } = useAuditSearch();
  const asked = askFor(search, range);
  return (
    <main className="subpage audit">
      <h1 className="subpage__title">Audit</h1>
      <AuditVerdict />
      <AuditToolbar timePicker={timePicker} actor={useActorName(asked, search.actor)} />
      <AuditList asked={asked} words={words} />
    </main>
  );
};

/** The range that the address names, null for any; and what is printed of it. */
const useAskedTime = (): { readonly range: InstantRange | null; readonly words: string } => {
  const { search, zone } = useAuditSearch();
  const today = useToday(zone);
  const now = usePlatformNow(HOUR_MS);
  if (search.time !== 'range' || today === null) {
    const zoneNow = now === null ? zone : zoneWords(zone, { from: now, to: now + 1 });
    return { range: null, words: `Whenever it was, times in ${zoneNow}` };
  }
  const calendar = rangeOf(search, today);
  const range = instantsOf(calendar, zone);
  return { range, words: `${rangeWords(calendar, zone)}, times in ${zoneWords(zone, range)}` };
};

/** The name of whoever is asked for, as the entries tell it. */
const useActorName = (asked: string, id: string | undefined): string | null => {
  const { data } = useInfiniteQuery(auditQuery(asked));
  const entry = data?.pages[0]?.entries.find(({ actor }) => actor.id === id);
  return entry === undefined || id === undefined ? null : actorName(entry.actor);
};

const AuditList = ({ asked, words }: { readonly asked: string; readonly words: string }) => {
  const { zone } = useAuditSearch();
  const isCut = Array.isArray(useSession()?.rights['see-audit']);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery(asked));
  if (data === undefined)
    return error === null ? <AuditLoading /> : <AuditFailed error={error} onRetry={() => void refetch()} />;
  const entries = data.pages.flatMap((page) => page.entries);
  const total = data.pages[0]?.total ?? 0;
  if (entries.length === 0) return <NothingFound />;
  return (
    <>
      <div className="audit__summary">
        <p role="status">
          {formatCount(total)} {total === 1 ? 'entry' : 'entries'}, newest first. {words}.
          {isCut && ' Only what is about agents of your divisions, who were in one of them then.'}
        </p>
        <AuditExport asked={asked} zone={zone} words={words} />
      </div>
      {error !== null && <AuditFailed error={error} onRetry={() => void refetch()} />}
      <AuditTable entries={entries} zone={zone} caption={`Audit. ${words}`} />
      {hasNextPage && (
        <div className="audit__more">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older ones
          </Button>
          <span>
            {formatCount(entries.length)} of {formatCount(total)} are shown
          </span>
        </div>
      )}
    </>
  );
};
