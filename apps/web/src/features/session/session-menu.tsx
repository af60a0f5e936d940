import './session.css';
import { useSession } from '../../live/session-query.ts';
import { ROLE_WORD } from './session-words.ts';
import { SignOutButton } from './sign-out-button.tsx';

/** Who is signed in, and the way out. Nothing where nobody is asked to sign in. */
export const SessionMenu = () => {
  const person = useSession()?.person ?? null;
  if (person === null) return null;
  return (
    <div className="session-menu" role="group" aria-label="Session">
      <span className="session-menu__person" title={`${person.name}, ${ROLE_WORD[person.role]}`}>
        <span className="session-menu__name" dir="auto">
          {person.name}
        </span>
        <span className="session-menu__role">{ROLE_WORD[person.role]}</span>
      </span>
      <SignOutButton />
    </div>
  );
};
