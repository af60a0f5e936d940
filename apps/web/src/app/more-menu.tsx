import { Link, useLocation } from '@tanstack/react-router';
import type { SessionInfo } from '@floorwatch/contracts';
import { useState } from 'react';
import { mayAnywhere, seesEverything, useSession } from '../live/session-query.ts';
import { DropDown } from '../ui/drop-down.tsx';

type Session = SessionInfo | null | undefined;

interface MorePage {
  readonly to: '/automations' | '/audit' | '/operations' | '/webhooks' | '/api-keys';
  readonly name: string;
  readonly isFor: (session: Session) => boolean;
}

const isForManagers = (session: Session): boolean => mayAnywhere(session, 'manage');

/** Pages that few need, each for whoever may use it. */
const PAGES: readonly MorePage[] = [
  { to: '/automations', name: 'Automations', isFor: (session) => mayAnywhere(session, 'change-presence') },
  { to: '/audit', name: 'Audit', isFor: (session) => mayAnywhere(session, 'see-audit') },
  { to: '/operations', name: 'Operations', isFor: seesEverything },
  { to: '/webhooks', name: 'Webhooks', isFor: isForManagers },
  { to: '/api-keys', name: 'API keys', isFor: isForManagers },
];

/** The way to pages that few need; nothing where there is none for this person. */
export const MoreMenu = ({ theme }: { readonly theme: 'light' | 'dark' | undefined }) => {
  const [isOpen, setOpen] = useState(false);
  const session = useSession();
  const { pathname } = useLocation();
  const pages = PAGES.filter(({ isFor }) => isFor(session));
  if (pages.length === 0) return null;
  const current = pages.find(({ to }) => pathname === to);
  const button = (
    <button
      type="button"
      className="header__link header__more"
      data-current={current !== undefined || undefined}
      onClick={() => setOpen(!isOpen)}
    >
      <span className="header__current">{current?.name}</span>
      <span className="header__any">More</span> <span className="header__caret" aria-hidden="true" />
    </button>
  );
  return (
    <DropDown
      isOpen={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width={190}
      label="More pages"
      className="more"
      button={button}
    >
      {pages.map(({ to, name }) => (
        <Link
          key={to}
          to={to}
          search={theme === undefined ? {} : { theme }}
          activeOptions={{ includeSearch: false }}
          className="more__link"
          onClick={() => setOpen(false)}
        >
          {name}
        </Link>
      ))}
      <a className="more__link" href="/api/docs">
        API documentation
      </a>
    </DropDown>
  );
};
