import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../system-clock.ts';
import { AllowedTargets } from './allowed-targets.ts';
import { Receiver } from './receiver.fake.ts';
import { newSecret } from './signing.ts';
import { TargetGuard, type Resolve } from './target-guard.ts';
import { WebhookCaller, type CallOutcome } from './webhook-caller.ts';
import { WebhookTally } from './webhook-tally.ts';

const PING = JSON.stringify({
  type: 'webhook.ping',
  timestamp: '2026-08-15T08:00:00.000Z',
  data: { webhookId: 'a', name: 'Payroll' },
});

const SECRET = newSecret();

let receiver: Receiver;
let tally: WebhookTally;

beforeEach(async () => {
  receiver = await Receiver.open();
  receiver.secret = SECRET;
  tally = new WebhookTally();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await receiver.close();
});

interface Wish {
  readonly url?: string;
  readonly allowed?: readonly string[];
  readonly resolve?: Resolve;
  readonly answerWithinMs?: number;
}

const call = async (wish: Wish = {}): Promise<CallOutcome> => {
  const { url = receiver.url, allowed = ['127.0.0.1'], resolve, answerWithinMs = 3000 } = wish;
  const guard = new TargetGuard(new AllowedTargets(allowed), resolve);
  const caller = new WebhookCaller({ guard, clock: systemClock, release: 'test', tally, answerWithinMs });
  const outcome = await caller.call({ url, messageId: 'msg_1', body: PING, secrets: [SECRET] });
  caller.close();
  return outcome;
};

it('a message that is taken is signed, and counted', async () => {
  expect(await call()).toMatchObject({ status: 204, response: '', error: null, isGone: false });
  expect(receiver.forged).toEqual([]);
  expect(receiver.pings).toEqual(['Payroll']);
  expect(tally.read()).toMatchObject({ calls: { taken: 1, failed: 0 }, dead: 0 });
});

it.each([
  ['https://hook.example/', '127.0.0.1'],
  ['https://hook.example:8443/', '169.254.169.254'],
])('a public name (%s) that means an address of the house (%s) is refused over TLS too', async (url, address) => {
  const outcome = await call({ url, allowed: [], resolve: () => Promise.resolve([{ address, family: 4 }]) });
  expect(outcome.error).toContain(`refused: ${address} is not a public address`);
  expect(outcome.status).toBeNull();
  expect(tally.read().calls).toEqual({ taken: 0, failed: 1 });
});

it('an address that was allowed once and is not any more is refused before anything is sent', async () => {
  expect((await call({ allowed: [] })).error).toContain('refused: Only https:// addresses are called');
  expect(receiver.requests).toBe(0);
});

it('a proxy of the environment is not asked', async () => {
  for (const name of ['http_proxy', 'HTTP_PROXY']) vi.stubEnv(name, 'http://127.0.0.1:1');
  expect((await call()).error).toBeNull();
});

it('why there is no answer is told in words, without the address', async () => {
  receiver.mood = 'hangs';
  expect((await call({ answerWithinMs: 100 })).error).toBe('no answer within 0.1 s');
  receiver.mood = 'cuts';
  expect((await call()).error).toBe('the connection was cut');
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND secret.example'), { code: 'ENOTFOUND' });
  const nobody = await call({ url: 'https://secret.example/path', resolve: () => Promise.reject(unknown) });
  expect(nobody.error).toBe('the name is unknown');
  const tls = await call({ url: receiver.url.replace('http:', 'https:') });
  expect(tls.error).not.toContain('127.0.0.1');
  expect(tls.status).toBeNull();
});

it('an endless answer is read no further than its beginning', async () => {
  receiver.mood = 'babbles';
  const { status, response, error } = await call();
  expect([status, response, error]).toEqual([200, 'b'.repeat(1024), null]);
});
