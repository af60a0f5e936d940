import { FreshnessPill } from '../features/connection/freshness-pill.tsx';
import { useLive } from '../live/use-live.ts';
import { KeyHelp } from './key-help.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Product, organisation, the age of the data, and what belongs to the whole page. */
export const AppHeader = () => {
  const organisation = useLive((state) => state.organisation);
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
      <span className="header__gap" />
      <FreshnessPill />
      <ThemeSwitch />
      <KeyHelp />
    </header>
  );
};
