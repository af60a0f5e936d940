import { FreshnessPill } from '../features/connection/freshness-pill.tsx';
import { SessionMenu } from '../features/session/session-menu.tsx';
import { useLive } from '../live/use-live.ts';
import { UnderWay } from './presence-change.tsx';
import { KeyHelp } from './key-help.tsx';
import { Navigation } from './navigation.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { usePageSearch } from './use-page-search.ts';

/** Product, organisation, the age of the data, and what belongs to the whole page. */
export const AppHeader = () => {
  const { search, change } = usePageSearch();
  const organisation = useLive((state) => state.organisation);
  const agents = useLive(({ view }) => view?.total ?? null);
  const narrowedFrom = organisation?.narrowedFrom ?? null;
  return (
    <header className="header">
      <svg className="header__mark" viewBox="0 0 18 18" aria-hidden="true">
        <rect x="0" y="0" width="8" height="8" rx="2" />
        <rect x="0" y="10" width="8" height="8" rx="2" />
        <rect x="10" y="10" width="8" height="8" rx="2" />
        <rect x="10" y="0" width="8" height="8" rx="2" className="header__lit" />
      </svg>
      <span className="header__product">Floorwatch</span>
      {organisation !== null && (
        <span className="header__organisation" dir="auto" title={organisation.name}>
          {organisation.name}
        </span>
      )}
      {organisation?.isDemo === true && (
        <span className="header__demo" title="A simulated organisation: none of these people exist">
          Demo
        </span>
      )}
      {agents !== null && narrowedFrom !== null && (
        <span
          className="header__narrowed"
          title="The settings TARGET_… of Floorwatch name the agents, divisions, groups or queues to show"
        >
          {agents.toLocaleString('en')} of {narrowedFrom.toLocaleString('en')} agents: narrowed by configuration
        </span>
      )}
      <Navigation />
      <span className="header__gap" />
      <UnderWay />
      <FreshnessPill isOpen={search.health === 'open'} onOpen={() => change({ health: 'open' })} />
      <SessionMenu />
      <div className="header__tools">
        <ThemeSwitch />
        <KeyHelp />
      </div>
    </header>
  );
};
