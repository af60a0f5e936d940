import { getRouteApi } from '@tanstack/react-router';
import { SignInScreen } from '../../features/session/sign-in-screen.tsx';

const route = getRouteApi('/sign-in');

/** Where a sign-in that did not succeed leads to. */
export const SignInPage = () => {
  const { problem, returnTo, wait } = route.useSearch();
  return (
    <SignInScreen
      why={problem ?? 'signed-out'}
      returnTo={returnTo ?? '/'}
      waitSeconds={wait === undefined ? null : Number(wait)}
    />
  );
};
