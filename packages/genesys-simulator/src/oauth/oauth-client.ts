/** A client application that is registered with the organisation (API §2.2, §2.3). */
export interface OAuthClient {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  /** One grant a client, as on the platform. */
  readonly authorizedGrantType: 'CLIENT-CREDENTIALS' | 'CODE';
  /** A loopback address stands for all its ports and paths (RFC 8252 §7.3). */
  readonly registeredRedirectUri: readonly string[];
}

/** The service client of the demo organisation. Published in the README: it opens nothing but the simulator. */
export const DEMO_CLIENT: OAuthClient = {
  id: '5f10077a-7c4d-4de3-8a11-d3a0ac3e0001',
  name: 'Floorwatch demo',
  secret: 'floorwatch-demo-secret-not-a-secret',
  authorizedGrantType: 'CLIENT-CREDENTIALS',
  registeredRedirectUri: [],
};

/** The client that people of the demo organisation sign in through. */
export const DEMO_SIGN_IN_CLIENT: OAuthClient = {
  id: '5f10077a-7c4d-4de3-8a11-d3a0ac3e0002',
  name: 'Floorwatch demo sign-in',
  secret: 'floorwatch-sign-in-secret-not-a-secret',
  authorizedGrantType: 'CODE',
  registeredRedirectUri: ['http://127.0.0.1', 'http://localhost', 'http://[::1]'],
};

/** Registered addresses must be met to the letter, except for loopback ones. */
export const isRegisteredRedirect = ({ registeredRedirectUri }: OAuthClient, redirectUri: string): boolean => {
  const asked = URL.parse(redirectUri);
  if (asked === null || asked.hash !== '' || asked.username !== '') return false;
  return registeredRedirectUri.some((registered) => {
    const allowed = new URL(registered);
    const isLoopback = /^(?:127[.]0[.]0[.]1|localhost|\[::1\])$/.test(allowed.hostname);
    return isLoopback
      ? asked.protocol === allowed.protocol && asked.hostname === allowed.hostname
      : redirectUri === registered;
  });
};
