import './session.css';
import type { SessionInfo } from '@floorwatch/contracts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RIGHT_WORD } from './session-words.ts';
import { SignOutButton } from './sign-out-button.tsx';

/** For somebody who is known and may see nothing: what is missing, and whom to ask. */
export const NotAllowedScreen = ({ session }: { readonly session: SessionInfo }) => (
  <main className="session-screen">
    <EmptyState title="Your role does not let you see the floor">
      <p>
        You are signed in as <b dir="auto">{session.person?.name}</b>. Ask an administrator of Genesys Cloud for a role
        with these permissions, in the divisions you look after:
      </p>
      <dl className="session-missing">
        {session.missing.map(({ right, permissions }) => (
          <div key={right}>
            <dt>To {RIGHT_WORD[right]}</dt>
            <dd>
              {permissions.map((permission) => (
                <code key={permission}>{permission}</code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="empty__small">
        The first one is needed for anything else. This page opens by itself within a minute of it.
      </p>
      <SignOutButton />
    </EmptyState>
  </main>
);
