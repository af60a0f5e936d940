import { expect, it } from 'vitest';
import { configFrom } from './config.ts';
import { ConfigError, readEnv } from './env.ts';

const SECRET = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;

const webhooksOf = (env: Record<string, string>) => configFrom(readEnv(env)).webhooks;

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    configFrom(readEnv(env));
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
};

it('without settings there is no webhook, and only public addresses may be called', () => {
  expect(webhooksOf({})).toEqual({ allowedHosts: [], endpoint: null });
});

it('an address and a secret make one, and the secret does not show', () => {
  const webhooks = webhooksOf({ WEBHOOK_ENDPOINT: 'https://payroll.example.com/hook', WEBHOOK_SECRET: SECRET });
  expect(webhooks.endpoint?.url).toBe('https://payroll.example.com/hook');
  expect(webhooks.endpoint?.secret.reveal()).toBe(SECRET);
  expect(JSON.stringify(webhooks)).not.toContain(SECRET);
});

it.each([
  [{ WEBHOOK_ENDPOINT: 'https://payroll.example.com/' }, /^WEBHOOK_SECRET must be .*whsec_/],
  [{ WEBHOOK_ENDPOINT: 'https://payroll.example.com/', WEBHOOK_SECRET: 'too simple' }, /^WEBHOOK_SECRET must be/],
  [{ WEBHOOK_ENDPOINT: 'https://payroll.example.com/', WEBHOOK_SECRET: 'whsec_c2hvcnQ=' }, /^WEBHOOK_SECRET must be/],
  [{ WEBHOOK_SECRET: SECRET }, /^WEBHOOK_SECRET is set without WEBHOOK_ENDPOINT/],
  [{ WEBHOOK_ENDPOINT: 'http://payroll.example.com/', WEBHOOK_SECRET: SECRET }, /^WEBHOOK_ENDPOINT: Only https/],
  [{ WEBHOOK_ENDPOINT: 'https://10.0.0.1/', WEBHOOK_SECRET: SECRET }, /^WEBHOOK_ENDPOINT: 10\.0\.0\.1 is not a public/],
  [{ WEBHOOK_ALLOWED_HOSTS: '10.0.0.0/8,10.0.0.0/99' }, /^WEBHOOK_ALLOWED_HOSTS: "10\.0\.0\.0\/99" is neither/],
])('%j is refused with the name of the variable and the way out', (env, problem) => {
  const problems = problemsOf(env);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
  expect(problems[0]).not.toContain(SECRET);
});

it('what the operator allows may be named by the environment too', () => {
  const env = {
    WEBHOOK_ENDPOINT: 'http://10.0.0.1:8080/',
    WEBHOOK_SECRET: SECRET,
    WEBHOOK_ALLOWED_HOSTS: '10.0.0.0/8',
  };
  expect(webhooksOf(env).endpoint?.url).toBe('http://10.0.0.1:8080/');
});
