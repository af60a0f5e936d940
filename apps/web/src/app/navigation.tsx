import { Link, useLocation, useSearch } from '@tanstack/react-router';
import { lastTeamSearch } from '../features/team/team-place.ts';
import { readTeamSearch } from '../features/team/team-search.ts';
import { readWallSearch } from '../features/wall/wall-search.ts';
import { lastWallSearch } from '../features/wall/wall-place.ts';
import { dropAbsent } from '../lib/page-search.ts';
import { rememberedZone } from '../lib/remembered-zone.ts';
import { useLiveServices } from '../live/use-live.ts';
import { MoreMenu } from './more-menu.tsx';

/**
 * The two views of everybody, and pages that few need. Whom one shows goes along to the other, and the time of an agent's page to the team; what only
 * one of them has is as it was left.
 */
export const Navigation = () => {
  const { live } = useLiveServices();
  const search = useSearch({ strict: false });
  const { pathname } = useLocation();
  const { theme, division, queue, team, range, day, from, to, zone } = search;
  const scope = { theme, division, queue, team };
  const time = { theme, range, day, from, to, zone };
  const wall = pathname === '/' ? search : { ...lastWallSearch(live), ...(pathname === '/team' && scope) };
  const group = pathname === '/team' ? search : { ...lastTeamSearch(live), ...(pathname === '/' ? scope : time) };
  return (
    <nav className="header__nav" aria-label="Views">
      <Link
        to="/"
        search={readWallSearch(dropAbsent(wall))}
        activeOptions={{ exact: true, includeSearch: false }}
        className="header__link"
      >
        Wall
      </Link>
      <Link
        to="/team"
        search={{ ...readTeamSearch(dropAbsent(group), rememberedZone()), ...(theme !== undefined && { theme }) }}
        activeOptions={{ includeSearch: false }}
        className="header__link"
      >
        Team
      </Link>
      <MoreMenu theme={theme} />
    </nav>
  );
};
