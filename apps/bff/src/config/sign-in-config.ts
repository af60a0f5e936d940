import { isIP } from 'node:net';
import { Secret, type OAuthClient } from '@floorwatch/genesys';
import type { Env } from './env.ts';

/** How people sign in. */
export interface SignInConfig {
  /** Null in the demo organisation, which brings its own. */
  readonly client: OAuthClient | null;
  /** Where browsers reach this Floorwatch; null where that is this machine. */
  readonly publicUrl: URL | null;
  readonly trustedProxies: readonly string[];
  /** What tokens are encrypted with; null for a key that is made and kept in the data directory. */
  readonly secret: Secret | null;
  readonly idleMs: number;
  readonly longestMs: number;
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

const isLoopback = (host: string): boolean => LOOPBACK_HOSTS.has(host);

interface Circumstances {
  readonly env: Env;
  readonly isDemo: boolean;
  /** Takes what is wrong, a sentence each. */
  readonly problems: string[];
}

/** Reads the settings of sign-in; null where nobody is asked to sign in, which only this machine may be offered. */
export const signInFrom = ({ env, isDemo, problems }: Circumstances): SignInConfig | null => {
  const mode = env.SIGN_IN ?? (isDemo || env.GENESYS_CLOUD_SIGN_IN_CLIENT_ID !== undefined ? 'on' : 'off');
  const publicUrl = publicUrlFrom(env, problems);
  const trustedProxies = env.TRUSTED_PROXY;
  for (const proxy of trustedProxies)
    if (!isAddress(proxy))
      problems.push(`TRUSTED_PROXY: "${proxy}" is neither an IP address nor a network such as 10.0.0.0/8`);
  refuseToBeOpen({ env, isOn: mode === 'on', isDemo, publicUrl, problems });
  if (mode === 'off') return null;
  return {
    client: isDemo ? null : clientFrom(env, problems),
    publicUrl,
    trustedProxies,
    secret: env.SESSION_SECRET === undefined ? null : new Secret(env.SESSION_SECRET),
    idleMs: env.SESSION_IDLE_MINUTES * 60_000,
    longestMs: env.SESSION_HOURS * 3_600_000,
  };
};

interface Openness {
  readonly env: Env;
  readonly isOn: boolean;
  readonly isDemo: boolean;
  readonly publicUrl: URL | null;
  readonly problems: string[];
}

/** Others than this machine are only served people they have proved to be, over connections nobody else can read. */
const refuseToBeOpen = ({ env, isOn, isDemo, publicUrl, problems }: Openness): void => {
  const isOthers = publicUrl !== null && !isLoopback(publicUrl.hostname);
  if (isLoopback(env.HOST) && !isOthers) return;
  const what = isLoopback(env.HOST) ? `PUBLIC_URL is ${publicUrl?.origin ?? ''}` : `HOST is ${env.HOST}`;
  if (isDemo) {
    problems.push(`${what}, but the demo organisation is for this machine only: use 127.0.0.1, ::1 or localhost`);
    return;
  }
  if (!isOn)
    problems.push(
      `${what}, but SIGN_IN is off: others than this machine are only served with SIGN_IN=on and an OAuth client for it (GENESYS_CLOUD_SIGN_IN_CLIENT_ID); or use HOST 127.0.0.1 without PUBLIC_URL`,
    );
  if (publicUrl?.protocol !== 'https:')
    problems.push(
      `${what}, so PUBLIC_URL must be the https:// address that browsers use: sign-in is never sent in the clear`,
    );
  if (env.TRUSTED_PROXY.length === 0)
    problems.push(
      `${what}, so TRUSTED_PROXY must name the proxy that ends TLS in front of Floorwatch (its address or network)`,
    );
};

const publicUrlFrom = ({ PUBLIC_URL: text }: Env, problems: string[]): URL | null => {
  if (text === undefined) return null;
  const url = URL.parse(text);
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url;
  problems.push('PUBLIC_URL must be scheme and host alone, such as https://wall.example.com');
  return null;
};

const clientFrom = (env: Env, problems: string[]): OAuthClient | null => {
  const { GENESYS_CLOUD_SIGN_IN_CLIENT_ID: clientId, GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET: clientSecret } = env;
  const missing = [
    ...(clientId === undefined ? ['GENESYS_CLOUD_SIGN_IN_CLIENT_ID'] : []),
    ...(clientSecret === undefined ? ['GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET'] : []),
  ];
  for (const name of missing)
    problems.push(
      `${name} is missing: signing in takes an OAuth client with the grant "code authorization", or SIGN_IN=off`,
    );
  if (clientId === undefined || clientSecret === undefined) return null;
  return { clientId, clientSecret: new Secret(clientSecret) };
};

const isAddress = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isBits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) > 0 && Number(bits) <= longest);
  return more.length === 0 && longest > 0 && isBits;
};
