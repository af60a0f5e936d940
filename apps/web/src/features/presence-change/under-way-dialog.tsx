import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { closeTask } from '../../live/presence-desk.ts';
import { bulksQuery, changesQuery, holdsQuery } from './change-api.ts';
import { DeskDialog } from './desk-dialog.tsx';
import { SendProblem } from './send-problem.tsx';
import { BulkLine, ChangeLine, HoldLine } from './under-way-lines.tsx';
import { sortUnderWay } from './under-way-list.ts';

/** What is being changed just now, by whomever, and what can still be taken back. */
export const UnderWayDialog = () => {
  const changes = useQuery(changesQuery);
  const holds = useQuery(holdsQuery);
  const bulks = useQuery(bulksQuery);
  const { going, settled, held, letGo, running, ended, isEmpty } = sortUnderWay({
    changes: changes.data?.changes ?? [],
    holds: holds.data?.holds ?? [],
    bulks: bulks.data?.bulks ?? [],
  });
  const failed = [changes, holds, bulks].find(({ error }) => error !== null);
  return (
    <DeskDialog title="Changes under way" size={560} onClose={closeTask}>
      {failed !== undefined && failed.error !== null && (
        <SendProblem error={failed.error} label="Ask again" onRetry={() => void failed.refetch()} />
      )}
      {isEmpty && failed === undefined && <p className="change__hint">Nothing is being changed.</p>}
      <Part
        title="Several agents"
        items={running.map((bulk) => (
          <BulkLine key={bulk.id} bulk={bulk} />
        ))}
      />
      <Part
        title="On the way"
        items={going.map((change) => (
          <ChangeLine key={change.id} change={change} />
        ))}
      />
      <Part
        title="Held"
        items={held.map((hold) => (
          <HoldLine key={hold.id} hold={hold} />
        ))}
      />
      <Part
        title="Just now"
        items={settled.map((change) => (
          <ChangeLine key={change.id} change={change} />
        ))}
      />
      <Part
        title="Several agents, over"
        items={ended.map((bulk) => (
          <BulkLine key={bulk.id} bulk={bulk} />
        ))}
      />
      <Part
        title="No longer held"
        items={letGo.map((hold) => (
          <HoldLine key={hold.id} hold={hold} />
        ))}
      />
    </DeskDialog>
  );
};

const Part = ({ title, items }: { readonly title: string; readonly items: readonly ReactNode[] }) =>
  items.length === 0 ? null : (
    <section aria-label={title}>
      <h3 className="under-way__title">{title}</h3>
      <ul className="under-way__list">{items}</ul>
    </section>
  );
