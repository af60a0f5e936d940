import './session.css';
import { startSignIn } from '@floorwatch/contracts';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SIGN_IN_WORDS, type SignInReason } from './session-words.ts';

interface SignInScreenProps {
  readonly why: SignInReason;
  /** The page to come back to. */
  readonly returnTo: string;
  /** How long signing in is locked, seconds; null where it is not. */
  readonly waitSeconds?: number | null;
}

/** Says why somebody is asked to sign in, and offers the one thing to do. */
export const SignInScreen = ({ why, returnTo, waitSeconds = null }: SignInScreenProps) => {
  const { title, text } = SIGN_IN_WORDS[why];
  const button = useRef<HTMLAnchorElement>(null);
  useEffect(() => button.current?.focus(), []);
  const address = `${startSignIn.path}?${new URLSearchParams({ returnTo }).toString()}`;
  return (
    <main className="session-screen">
      <EmptyState title={title}>
        <p role="status">
          {text}
          {waitSeconds !== null && ` Wait ${String(waitSeconds)} seconds.`}
        </p>
        <a className="session-button" href={address} ref={button}>
          Sign in with Genesys Cloud
        </a>
      </EmptyState>
    </main>
  );
};
