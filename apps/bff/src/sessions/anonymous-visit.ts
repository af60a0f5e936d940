import type { Viewer } from '@floorwatch/domain';
import type { Visit } from '../plugins/access.ts';

/** Whoever looks where nobody is asked to sign in: sees everything, changes nothing. */
const ANYBODY: Viewer = {
  userId: '',
  name: '',
  role: 'viewer',
  rights: new Map([
    ['see-floor', 'all'],
    ['see-history', 'all'],
  ]),
};

/** The stay of everybody with `SIGN_IN=off`: it never changes and never ends. */
export const ANONYMOUS_VISIT: Visit = {
  viewer: ANYBODY,
  csrfToken: null,
  hand: null,
  watch: () => () => undefined,
};
