import type { Clock } from '@floorwatch/domain';
import { PERMISSIONS_OF, type GenesysCloud, type OAuthClient } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { KeyCheck } from './api-keys/key-check.ts';
import type { Access } from './app.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import { SessionCookies } from './features/session/session-cookies.ts';
import { ANONYMOUS_VISIT } from './sessions/anonymous-visit.ts';
import { LockOut } from './sessions/lock-out.ts';
import { SessionAudit } from './sessions/session-audit.ts';
import { SessionShelf } from './sessions/session-shelf.ts';
import type { SessionStore } from './sessions/session-store.ts';
import { Sessions } from './sessions/sessions.ts';
import { SignIn } from './sessions/sign-in.ts';
import { TokenSeal } from './sessions/token-seal.ts';

/** How people sign in. */
export interface SignInSettings {
  readonly client: OAuthClient;
  readonly store: SessionStore;
  /** What tokens are encrypted with, see `sessionKeyOf`. */
  readonly key: string;
  readonly publicUrl: URL | null;
  readonly trustedProxies: readonly string[];
  /** How long a session may go without anybody there, and how long it may last at all, ms. */
  readonly idleMs: number;
  readonly longestMs: number;
}

interface AccessParts {
  readonly cloud: GenesysCloud;
  readonly clock: Clock;
  readonly log: Logger;
  readonly trail: AuditTrail;
  readonly keys: KeyCheck;
}

/** The door as it stands open to everybody on this machine: they see everything and change nothing. Keys open what they always do. */
const OPEN: Omit<Access, 'keyOf'> = {
  visitOf: async () => ANONYMOUS_VISIT,
  permissionsOf: PERMISSIONS_OF,
  onRefused: () => undefined,
  publicUrl: null,
  trustedProxies: [],
  services: null,
};

/** Puts the door together: with people who sign in, or open where there are no settings for that. */
export const accessOf = (settings: SignInSettings | null, { cloud, clock, log, trail, keys }: AccessParts): Access => {
  const keyOf: Access['keyOf'] = ({ headers: { authorization }, ip }, scope) =>
    keys.admit({ authorization, address: ip }, scope);
  if (settings === null) return { ...OPEN, keyOf };
  const { client, store, key, publicUrl, trustedProxies, idleMs, longestMs } = settings;
  const people = cloud.peopleThrough(client);
  const seal = new TokenSeal(key);
  const audit = new SessionAudit({ trail, clock });
  const shelf = new SessionShelf({ people, store, seal, clock, log, idleMs });
  const sessions = new Sessions({ shelf, audit, clock, log, longestMs });
  const lockOut = new LockOut(clock);
  const signIn = new SignIn({ people, sessions, store, seal, lockOut, audit, clock, log });
  const cookies = new SessionCookies(publicUrl);
  return {
    visitOf: async (request) => {
      const id = cookies.session(request);
      return id === null ? null : sessions.visitOf(id);
    },
    keyOf,
    permissionsOf: PERMISSIONS_OF,
    onRefused: (refusal) => audit.noteRefusal(refusal),
    publicUrl,
    trustedProxies,
    services: { sessions, signIn, cookies, publicUrl },
  };
};
