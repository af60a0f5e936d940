import { useEffect, useMemo, useState } from 'react';
import { browserClock } from '../../lib/browser-clock.ts';
import type { WantedBody } from './change-api.ts';
import type { ChangeForm } from './draft.ts';

/** Moving through the list or typing asks once it pauses. */
const PAUSE_MS = 200;

interface Rested {
  /** Null before the first choice. */
  readonly wanted: WantedBody | null;
  /** Whether that is what is chosen now: what is told of another choice may not be acted on. */
  readonly isCurrent: boolean;
}

/** What was chosen, once the choice rests. */
export const useWanted = ({ definitionId, message }: ChangeForm): Rested => {
  const [rested, setRested] = useState({ definitionId, message });
  useEffect(() => browserClock.after(PAUSE_MS, () => setRested({ definitionId, message })), [definitionId, message]);
  const wanted = useMemo(
    () =>
      rested.definitionId === null
        ? null
        : { definitionId: rested.definitionId, message: rested.message.trim() || null },
    [rested],
  );
  return { wanted, isCurrent: rested.definitionId === definitionId && rested.message === message };
};
