import { useContext, useState } from 'react';
import { PresenceDefinitionsContext } from '../../live/presence-labels.ts';
import { useAgentRowOf, useLiveServices } from '../../live/use-live.ts';
import { setterOn } from '../../live/use-setter.ts';
import { noteRow, NO_TAIL, type LiveTail } from './live-tail.ts';

/** Follows an agent on the live floor from the moment the page shows them. */
export const useLiveTail = (id: string): LiveTail => {
  const { live } = useLiveServices();
  const row = useAgentRowOf(id);
  const definitions = useContext(PresenceDefinitionsContext);
  const [tail, setTail] = useState<LiveTail>(NO_TAIL);
  if (row === null || row === tail.row) return tail;
  const before = tail.row?.profile.id === row.profile.id ? tail : NO_TAIL;
  const next = noteRow(before, row, {
    labelOf: (definitionId) => definitions.get(definitionId)?.label ?? null,
    setterOf: (presence) => setterOn(live, presence),
  });
  setTail(next);
  return next;
};
