import './presence-change.css';
import type { PresenceChangeView } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openTask, usePresenceDesk } from '../../live/presence-desk.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { bulksQuery, changesQuery, holdsQuery } from './change-api.ts';
import { isSettled, STATE_WORDS } from './change-words.ts';
import { marksOf, sameMarks, sortUnderWay } from './under-way-list.ts';

/** In the header of every page: how much is being changed just now, by whomever. */
export const ChangesUnderWay = () => {
  const { data: { changes } = { changes: [] } } = useQuery(changesQuery);
  const { data: { holds } = { holds: [] } } = useQuery(holdsQuery);
  const { data: { bulks } = { bulks: [] } } = useQuery(bulksQuery);
  const marks = marksOf(changes, holds);
  useEffect(() => {
    if (!sameMarks(usePresenceDesk.getState().underWay, marks)) usePresenceDesk.setState({ underWay: marks });
  });
  const { going, held, running, isEmpty } = sortUnderWay({ changes, holds, bulks });
  const count = going.length + held.length + running.length;
  return (
    <>
      <Said changes={changes} />
      {!isEmpty && (
        <Button
          size="compact-sm"
          className="under-way__button"
          variant={count > 0 ? 'filled' : 'default'}
          title="Changes of presence under way"
          onClick={() => openTask({ kind: 'under-way' })}
        >
          Changes {count > 0 && <span className="under-way__count">{count}</span>}
          <span className="hidden"> under way</span>
        </Button>
      )}
    </>
  );
};

/** Tells a screen reader what came of a change once it is settled, also after its dialog was closed. */
const Said = ({ changes }: { readonly changes: readonly PresenceChangeView[] }) => {
  const { live } = useLiveServices();
  const isOpen = usePresenceDesk(({ task }) => task !== null);
  const [going, setGoing] = useState<ReadonlySet<string>>(new Set());
  const [words, setWords] = useState('');
  const now = changes.filter(({ state }) => !isSettled(state)).map(({ id }) => id);
  if (now.length !== going.size || now.some((id) => !going.has(id))) {
    const settled = changes.filter(({ id, state }) => going.has(id) && isSettled(state));
    setGoing(new Set(now));
    if (settled.length === 1 && settled[0] !== undefined) {
      const [{ agentId, state, wanted }] = settled;
      setWords(
        `${live.rowOf(agentId)?.profile.name ?? 'An agent'}, ${wanted?.label ?? 'Idle'}: ${STATE_WORDS[state]}.`,
      );
    } else if (settled.length > 1) setWords(`${String(settled.length)} changes of presence are settled.`);
  }
  return (
    <div className="hidden" role="status" aria-live="polite">
      {isOpen ? '' : words}
    </div>
  );
};
