const NOWHERE = 'http://floorwatch.invalid';

/**
 * A path of this application to go back to after signing in; the wall for anything else. What a browser would read as
 * another site is not a path of ours, however it is spelled; the API is no page to come back to.
 */
export const returnPathOf = (asked: string | undefined): string => {
  if (asked === undefined || !asked.startsWith('/') || !URL.canParse(asked, NOWHERE)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, NOWHERE);
  const path = pathname + search + hash;
  const isOurs = origin === NOWHERE && !path.startsWith('//') && !/^\/(api|sign-in)(\/|$)/.test(pathname);
  return isOurs ? path : '/';
};
