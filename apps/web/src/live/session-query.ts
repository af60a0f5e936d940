import { getSession, type SessionInfo } from '@floorwatch/contracts';
import { covers, type DivisionId, type DivisionScope, type Right } from '@floorwatch/domain';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { FloorwatchRefused, getFromApi } from '../lib/api-client.ts';
import { rememberCsrfToken } from '../lib/csrf.ts';

/** Rights may change while a page is open; the BFF learns of it within a minute, and this page with it. */
const ASK_AGAIN_MS = 60_000;

const readSession = async (signal: AbortSignal): Promise<SessionInfo | null> => {
  try {
    const session = await getFromApi({ path: getSession.path, reply: getSession.reply, signal });
    rememberCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (!(error instanceof FloorwatchRefused && error.body?.code === 'signed-out')) throw error;
    rememberCsrfToken(null);
    return null;
  }
};

/** Who looks at this page, and what this person may do; null where nobody is signed in. Another tab may sign in or out. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: ASK_AGAIN_MS / 2,
  refetchInterval: ASK_AGAIN_MS,
  refetchOnWindowFocus: 'always',
});

/** Undefined while it is not known yet, null where nobody is signed in. */
export const useSession = (): SessionInfo | null | undefined => useQuery(sessionQuery).data;

/** Where this person has a right; null where nowhere. The BFF asks again: this only decides what is offered. */
export const scopeIn = (session: SessionInfo | null | undefined, right: Right): DivisionScope | null => {
  const scope = session?.rights[right];
  if (scope === undefined) return null;
  return scope === 'all' ? 'all' : new Set(scope as DivisionId[]);
};

/** Whether to offer something that takes a right in a division. */
export const mayIn = (session: SessionInfo | null | undefined, right: Right, division: DivisionId | null): boolean =>
  covers(scopeIn(session, right), division);

/** Whether to offer something that takes a right in whichever division. */
export const mayAnywhere = (session: SessionInfo | null | undefined, right: Right): boolean =>
  session?.rights[right] !== undefined;

/** Whether to offer what tells of the organisation as a whole. */
export const seesEverything = (session: SessionInfo | null | undefined): boolean =>
  session?.rights['see-floor'] === 'all';
