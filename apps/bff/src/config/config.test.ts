import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configFrom, type Config } from './config.ts';
import { ConfigError, envSchema, readEnv } from './env.ts';

const configOf = (variables: Record<string, string>): Config => configFrom(readEnv(variables));

const problemsOf = (variables: Record<string, string>): readonly string[] => {
  try {
    configOf(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const CREDENTIALS = {
  GENESYS_CLOUD_REGION: 'mypurecloud.de',
  GENESYS_CLOUD_CLIENT_ID: 'id',
  GENESYS_CLOUD_CLIENT_SECRET: 'very-secret',
};

describe('configuration', () => {
  it('watches the demo organisation when nothing is set, on loopback', () => {
    expect(configOf({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      organisation: { kind: 'demo', simulator: { agents: 500, speed: 1 } },
    });
  });

  it('watches the real organisation when all three credentials are set', () => {
    expect(configOf(CREDENTIALS)).toMatchObject({
      organisation: {
        kind: 'genesys-cloud',
        clientId: 'id',
        hosts: { apiUrl: 'https://api.mypurecloud.de', loginUrl: 'https://login.mypurecloud.de' },
      },
    });
  });

  it('treats an empty variable as absent', () => {
    expect(configOf({ PORT: '', GENESYS_CLOUD_REGION: '' })).toMatchObject({
      port: 8080,
      organisation: { kind: 'demo' },
    });
  });

  it('names every missing credential of a half-configured start', () => {
    const problems = problemsOf({ GENESYS_CLOUD_CLIENT_ID: 'id' });
    expect(problems).toHaveLength(2);
    expect(problems.join('\n')).toMatch(/GENESYS_CLOUD_REGION is missing.*\n.*GENESYS_CLOUD_CLIENT_SECRET is missing/);
  });

  it('lists all problems at once', () => {
    expect(problemsOf({ PORT: 'eighty', SIMULATOR_AGENTS: '50000', LOG_LEVEL: 'loud' })).toHaveLength(3);
  });

  it('names the regions it knows when it is given one it does not', () => {
    const problems = problemsOf({ ...CREDENTIALS, GENESYS_CLOUD_REGION: 'atlantis' });
    expect(problems).toEqual([expect.stringMatching(/^GENESYS_CLOUD_REGION: .*mypurecloud\.de/s)]);
  });

  it('takes ids separated by commas, spaces or not, to narrow the wall', () => {
    expect(configOf({ TARGET_USER_IDS: 'a1, a2,,a1', TARGET_QUEUE_IDS: 'q-1' }).targets).toEqual({
      userIds: ['a1', 'a2'],
      divisionIds: [],
      groupIds: [],
      queueIds: ['q-1'],
    });
    expect(problemsOf({ TARGET_GROUP_IDS: 'first aiders' })).toEqual([
      'TARGET_GROUP_IDS must be ids separated by commas',
    ]);
  });

  it('never prints the secret', () => {
    expect(inspect(configOf(CREDENTIALS), { depth: 9 }) + JSON.stringify(configOf(CREDENTIALS))).not.toContain(
      'very-secret',
    );
  });

  it('is the same set of variables, with the same defaults, as in .env.example', () => {
    const text = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
    const example: Record<string, string> = {};
    for (const [, name = '', value = ''] of text.matchAll(/^([A-Z_]+)=(.*)$/gm)) example[name] = value;
    expect(Object.keys(example).toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
    expect(readEnv(example)).toEqual(readEnv({}));
  });
});
