import type { SessionTable } from '@floorwatch/store';

/** Where sessions outlive a restart, as `Store.sessions` keeps them. */
export type SessionStore = Pick<
  SessionTable,
  'add' | 'find' | 'listOfUser' | 'touch' | 'replaceTokens' | 'remove' | 'removeEnded' | 'addSignIn' | 'takeSignIn'
>;
