import type { SignInProblem } from '@floorwatch/contracts';
import type { Right, Role } from '@floorwatch/domain';

export const ROLE_WORD: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  teamLead: 'Team lead',
  supervisor: 'Supervisor',
  admin: 'Admin',
};

/** What a right is good for. */
export const RIGHT_WORD: Readonly<Record<Right, string>> = {
  'see-floor': 'see the floor',
  'see-history': 'see what was recorded',
  'change-presence': 'change presences',
  'override-verdict': 'change presences against the schedule',
  'see-audit': 'see who did what',
  manage: 'change settings',
};

/** Why somebody is asked to sign in. */
export type SignInReason = SignInProblem | 'signed-out' | 'session-ended' | 'said-goodbye';

/** Title and what to do about it. */
export const SIGN_IN_WORDS: Readonly<Record<SignInReason, { readonly title: string; readonly text: string }>> = {
  'signed-out': {
    title: 'Sign in to see the floor',
    text: 'Floorwatch shows you the agents that your role in Genesys Cloud lets you see.',
  },
  'session-ended': {
    title: 'Your session has ended',
    text: 'It was too long, nobody was there, or it was ended in Genesys Cloud. Sign in again and you are back on this page.',
  },
  'said-goodbye': {
    title: 'You have signed out',
    text: 'Of Floorwatch; at Genesys Cloud itself this browser may still be signed in.',
  },
  denied: {
    title: 'You were not signed in',
    text: 'On the page of Genesys Cloud you said no. Try again if that was not meant.',
  },
  expired: {
    title: 'Signing in took too long',
    text: 'It was begun more than ten minutes ago, in another browser, or its answer was used before. Try again.',
  },
  refused: {
    title: 'Genesys Cloud did not let you in',
    text: 'It did not honour this sign-in. Try again; if it happens again, tell whoever looks after Floorwatch.',
  },
  unavailable: {
    title: 'Nobody can sign in right now',
    text: 'Genesys Cloud or the store of Floorwatch cannot be reached. Try again in a minute.',
  },
  locked: {
    title: 'Too many sign-ins have failed',
    text: 'They came from the network you are in. Signing in opens again by itself.',
  },
};

/** `Sales, Support and 3 more` */
export const listNames = (names: readonly string[], most = 3): string => {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most ? shown : `${shown} and ${String(names.length - most)} more`;
};
