import { lazy, Suspense, useEffect, useState } from 'react';
import { scopeIn, useSession } from '../live/session-query.ts';
import { DRAFT_KEY, usePresenceDesk } from '../live/presence-desk.ts';

/** Loaded when they are first asked for: most people only look. */
const PresenceTasks = lazy(async () => ({
  default: (await import('../features/presence-change/presence-tasks.tsx')).PresenceTasks,
}));
const ChangesUnderWay = lazy(async () => ({
  default: (await import('../features/presence-change/changes-under-way.tsx')).ChangesUnderWay,
}));
const SelectionBar = lazy(async () => ({
  default: (await import('../features/presence-change/selection-bar.tsx')).SelectionBar,
}));

/** Whoever may change presences nowhere gets none of it. */
const useMayChangeSomebody = (): boolean => usePresenceDesk(({ scope }) => scope !== null);

/** Tells tiles and dialogs where the viewer may change presences, and opens what they ask for. */
export const PresenceChange = () => {
  const session = useSession();
  useEffect(() => usePresenceDesk.setState({ scope: scopeIn(session, 'change-presence') }), [session]);
  const mayChange = useMayChangeSomebody();
  const isAsked = usePresenceDesk(({ task }) => task !== null);
  const [isWanted, setWanted] = useState(() => sessionStorage.getItem(DRAFT_KEY) !== null);
  if (isAsked && !isWanted) setWanted(true);
  return mayChange && isWanted ? (
    <Suspense>
      <PresenceTasks />
    </Suspense>
  ) : null;
};

/** What is being changed just now, in the header. */
export const UnderWay = () =>
  useMayChangeSomebody() ? (
    <Suspense>
      <ChangesUnderWay />
    </Suspense>
  ) : null;

/** What to do with the agents that are chosen on the wall. */
export const ChosenAgents = () => {
  const isSelecting = usePresenceDesk(({ selection }) => selection !== null);
  return useMayChangeSomebody() && isSelecting ? (
    <Suspense>
      <SelectionBar />
    </Suspense>
  ) : null;
};
