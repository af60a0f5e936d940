import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFrom } from './config.ts';
import { ConfigError, readEnv } from './env.ts';
import { sessionKeyIn } from './session-key.ts';

const ORGANISATION = {
  GENESYS_CLOUD_REGION: 'mypurecloud.de',
  GENESYS_CLOUD_CLIENT_ID: 'id',
  GENESYS_CLOUD_CLIENT_SECRET: 'secret',
};

const CLIENT = { GENESYS_CLOUD_SIGN_IN_CLIENT_ID: 'people', GENESYS_CLOUD_SIGN_IN_CLIENT_SECRET: 'their-secret' };

const PUBLIC = { HOST: '0.0.0.0', PUBLIC_URL: 'https://wall.example', TRUSTED_PROXY: '10.0.0.0/8, 192.168.1.7' };

const signInOf = (variables: Record<string, string>) => configFrom(readEnv(variables)).signIn;

const problemsOf = (variables: Record<string, string>): string => {
  try {
    signInOf(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
  return '';
};

describe('sign-in', () => {
  it('is on where there is a client for it and in the demo organisation, off where SIGN_IN says so', () => {
    expect(signInOf({ ...ORGANISATION, ...CLIENT })).toMatchObject({ client: { clientId: 'people' }, publicUrl: null });
    expect(signInOf({})).toMatchObject({ client: null, idleMs: 3_600_000, longestMs: 43_200_000 });
    expect(signInOf(ORGANISATION)).toBeNull();
    expect(signInOf({ SIGN_IN: 'off' })).toBeNull();
  });

  it('takes a whole client', () => {
    expect(problemsOf({ ...ORGANISATION, SIGN_IN: 'on' })).toMatch(
      /SIGN_IN_CLIENT_ID is missing.*SIGN_IN_CLIENT_SECRET/s,
    );
    expect(problemsOf({ ...ORGANISATION, GENESYS_CLOUD_SIGN_IN_CLIENT_ID: 'x' })).toMatch(/SIGN_IN_CLIENT_SECRET/);
  });

  it('shows no secret when its settings are printed or are wrong', () => {
    const secrets = { ...CLIENT, SESSION_SECRET: 'a-secret-of-thirty-two-characters' };
    expect(JSON.stringify(signInOf({ ...ORGANISATION, ...secrets }))).not.toMatch(/their-secret|thirty-two/);
    expect(problemsOf({ ...ORGANISATION, ...secrets, SESSION_SECRET: 'too-short', PORT: 'x' })).not.toMatch(
      /too-short/,
    );
  });
});

describe('others than this machine', () => {
  it('are served with sign-in, https and a named proxy', () => {
    expect(signInOf({ ...ORGANISATION, ...CLIENT, ...PUBLIC })).toMatchObject({
      publicUrl: new URL('https://wall.example'),
      trustedProxies: ['10.0.0.0/8', '192.168.1.7'],
    });
  });

  it.each([
    ['HOST alone', { HOST: '0.0.0.0' }, /SIGN_IN is off.*PUBLIC_URL must be the https.*TRUSTED_PROXY must name/s],
    ['sign-in off', { ...PUBLIC, SIGN_IN: 'off' }, /HOST is 0\.0\.0\.0, but SIGN_IN is off/],
    ['no PUBLIC_URL', { ...CLIENT, ...PUBLIC, PUBLIC_URL: '' }, /PUBLIC_URL must be the https/],
    ['plain http', { ...CLIENT, ...PUBLIC, PUBLIC_URL: 'http://wall.example' }, /PUBLIC_URL must be the https/],
    ['no proxy', { ...CLIENT, ...PUBLIC, TRUSTED_PROXY: '' }, /TRUSTED_PROXY must name the proxy/],
    [
      'a proxy beside us and sign-in off',
      { ...PUBLIC, HOST: '127.0.0.1', SIGN_IN: 'off' },
      /PUBLIC_URL is https.*SIGN_IN is off/,
    ],
    [
      'a PUBLIC_URL with a path',
      { ...CLIENT, ...PUBLIC, PUBLIC_URL: 'https://wall.example/floor' },
      /scheme and host alone/,
    ],
    [
      'a proxy that is no address',
      { ...CLIENT, ...PUBLIC, TRUSTED_PROXY: 'proxy.example,10.0.0.0/33' },
      /"proxy\.example".*"10\.0\.0\.0\/33"/s,
    ],
  ])('are not served with %s', (_, variables, why) => {
    expect(problemsOf({ ...ORGANISATION, ...variables })).toMatch(why);
  });

  it('are never served the demo organisation', () => {
    expect(problemsOf(PUBLIC)).toMatch(/HOST is 0\.0\.0\.0, but the demo organisation is for this machine only/);
  });
});

describe('the key that seals tokens', () => {
  it('is made once for a data directory, for its owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'floorwatch-key-'));
    try {
      const dataDir = join(folder, 'data');
      const key = sessionKeyIn(dataDir);
      expect(key).toMatch(/^[\w-]{43}$/);
      expect(sessionKeyIn(dataDir)).toBe(key);
      expect(readFileSync(join(dataDir, 'session.key'), 'utf8')).toBe(`${key}\n`);
      expect(statSync(join(dataDir, 'session.key')).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
