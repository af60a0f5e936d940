import type { SessionInfo } from '@floorwatch/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { sessionQuery, useSession } from '../../live/session-query.ts';
import { useLive, useLiveServices } from '../../live/use-live.ts';
import { noteGoodbye, useGoodbye } from './goodbye.ts';
import { NotAllowedScreen } from './not-allowed-screen.tsx';
import { SignInScreen } from './sign-in-screen.tsx';
import { useOtherTabs } from './use-other-tabs.ts';

/**
 * Shows the pages to whoever may see them. Whoever is not signed in, or not any more, is asked to, at the same address: that
 * is where signing in leads back to.
 */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const session = useSession();
  const { href } = useLocation();
  const saidGoodbye = useGoodbye(({ wasSaid }) => wasSaid);
  const [wasSignedIn, setSignedIn] = useState(false);
  useRefusals();
  useOtherTabs();
  if (session === null) {
    const end = saidGoodbye ? 'said-goodbye' : 'session-ended';
    return <SignInScreen why={wasSignedIn ? end : 'signed-out'} returnTo={href} />;
  }
  const isPerson = session !== undefined && session.person !== null;
  if (isPerson && !wasSignedIn) setSignedIn(true);
  if (isPerson && !mayLookAt(session)) return <NotAllowedScreen session={session} />;
  return children;
};

const mayLookAt = (session: SessionInfo | null | undefined): boolean => session?.rights['see-floor'] !== undefined;

/** What the live connection was told is news of the session, and a session that is good again wakes the connection. */
const useRefusals = (): void => {
  const queries = useQueryClient();
  const { connection: keeper } = useLiveServices();
  const refusal = useLive(({ connection }) => (connection.kind === 'refused' ? connection.reason : null));
  const session = useSession();
  const mayLook = mayLookAt(session);

  useEffect(() => {
    if (refusal === 'signed-out') queries.setQueryData(sessionQuery.queryKey, null);
    else if (refusal === 'not-allowed') void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }, [refusal, queries]);

  // What this page holds was meant for somebody else.
  const who = session?.person?.userId ?? null;
  const meantFor = useRef(who);
  useEffect(() => {
    if (who !== null) noteGoodbye(false);
    if (who !== null && meantFor.current !== null && who !== meantFor.current) location.reload();
    meantFor.current = who ?? meantFor.current;
  }, [who]);

  const couldLook = useRef(mayLook);
  useEffect(() => {
    if (mayLook && !couldLook.current) keeper.resume();
    couldLook.current = mayLook;
  }, [mayLook, keeper]);
};
