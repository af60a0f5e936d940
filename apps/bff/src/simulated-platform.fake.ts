import { Secret } from '@floorwatch/genesys';
import type { RunningSimulator } from '@floorwatch/genesys-simulator';
import type { SignInSettings } from './access.ts';
import type { Composition } from './composition.ts';

const DAY_MS = 24 * 3_600_000;

/** What Floorwatch seals with in tests. */
export const TEST_KEY = 'a key of a test, with 32 characters';

/**
 * Floorwatch's way to a simulated organisation.
 * @param url what stands between the two, where something does
 */
export const platformOf = (simulator: RunningSimulator, url = simulator.url): Composition['platform'] => ({
  hosts: { loginUrl: url, apiUrl: url },
  clientId: simulator.clientId,
  clientSecret: new Secret(simulator.clientSecret),
});

/** How people sign in at a simulated organisation, and stay so: when a session ends is the subject of few tests. */
export const signInAt = ({ signInClient }: RunningSimulator, store: SignInSettings['store']): SignInSettings => ({
  client: { clientId: signInClient.id, clientSecret: new Secret(signInClient.secret) },
  store,
  key: TEST_KEY,
  publicUrl: null,
  trustedProxies: [],
  idleMs: DAY_MS,
  longestMs: DAY_MS,
});
