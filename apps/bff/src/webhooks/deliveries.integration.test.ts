import { idempotencyKey } from '@floorwatch/domain';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Receiver, type Mood } from './receiver.fake.ts';
import { asker, ToldFloor } from './told-floor.fake.ts';
import type { Webhooks } from './compose-webhooks.ts';
import type { WebhookService } from './webhook-service.ts';

const PATIENT = { timeout: 25_000, interval: 50 };

/** So that one that hangs does not hold up the test. */
const HASTY = { answerWithinMs: 400 };

const ALL = { kinds: [], divisions: [], queues: [], teams: [], activities: [] };

let floor: ToldFloor;
let receiver: Receiver;
let service: WebhookService;
let webhooks: Webhooks;

beforeAll(async () => {
  floor = await ToldFloor.open();
}, 60_000);

beforeEach(async () => {
  receiver = await Receiver.open();
  webhooks = floor.start({ limits: HASTY });
  ({ service } = webhooks);
});

afterEach(async () => {
  await floor.forget();
  await receiver.close();
});

afterAll(() => floor.close());

const subscribe = async (target: Receiver, name = 'Payroll'): Promise<string> => {
  const asked = { name, url: target.url, filter: ALL, withNames: false };
  const { webhook, secret } = await service.create(asker(), asked);
  target.secret = secret;
  return webhook.id;
};

/** Identities of everything that was recorded of an agent since the beginning of the test, in order. */
const recordedOf = async (agent: string, since: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let after = since, hasMore = true; hasMore;) {
    const page = await floor.store.stream.readTransitions({ after, limit: 500 });
    ids.push(...page.entries.filter(({ agentId }) => agentId === agent).map((entry) => idempotencyKey(entry)));
    ({ next: after, hasMore } = page);
  }
  return ids;
};

const AGENTS = ['ann', 'ben', 'cem', 'dee', 'eve'];

it('every change reaches a target that fails, hangs, redirects into the house, cuts off, dawdles and comes back: at least once, in order for each agent, and signed', async () => {
  const since = await floor.store.stream.head('transitions');
  const id = await subscribe(receiver);
  const moods: Mood[] = ['fails', 'hangs', 'redirects', 'cuts', 'dawdles', 'babbles'];
  for (const mood of moods) {
    receiver.mood = mood;
    const before = receiver.requests;
    await floor.happen(AGENTS, 4);
    await expect.poll(() => receiver.requests, PATIENT).toBeGreaterThan(before + 4);
  }
  receiver.mood = 'takes';
  for (const agent of AGENTS) {
    const recorded = await recordedOf(agent, since);
    expect(recorded).toHaveLength(4 * moods.length);
    await expect.poll(() => receiver.ofAgent(agent), PATIENT).toEqual(recorded);
  }
  expect(receiver.forged).toEqual([]);
  expect(receiver.strays).toBe(0);
  await expect
    .poll(async () => (await service.list(asker().viewer)).webhooks[0], PATIENT)
    .toMatchObject({ id, state: 'delivering', waiting: 0, dead: 0 });
  const status = webhooks.status();
  expect(status).toMatchObject({ running: 1, waiting: 0, dead: 0 });
  expect(status.calls.taken).toBeGreaterThanOrEqual(4 * moods.length * AGENTS.length);
  expect(status.calls.failed).toBeGreaterThan(4 * 4);
}, 60_000);

it('an agent whose messages are refused holds back nobody else, and a dead target no other target', async () => {
  const dead = await Receiver.open();
  const hanging = await Receiver.open();
  hanging.mood = 'hangs';
  await subscribe(dead, 'Dead');
  await dead.close();
  await subscribe(hanging, 'Hanging');
  await subscribe(receiver);
  receiver.mood = (agent) => (agent === 'ben' ? 'fails' : 'takes');
  const since = await floor.store.stream.head('transitions');
  await floor.happen(AGENTS, 10);
  const others = AGENTS.filter((agent) => agent !== 'ben');
  for (const agent of others)
    await expect.poll(() => receiver.ofAgent(agent), PATIENT).toEqual(await recordedOf(agent, since));
  expect(receiver.ofAgent('ben')).toEqual([]);
  const told = async () => (await service.list(asker().viewer)).webhooks.slice(0, 2);
  await expect
    .poll(async () => (await told()).map(({ name, state, lastError }) => [name, state, lastError]), PATIENT)
    .toEqual([
      ['Dead', 'failing', 'nothing listens there'],
      ['Hanging', 'failing', 'no answer within 0.4 s'],
    ]);
  receiver.mood = 'takes';
  await expect.poll(() => receiver.ofAgent('ben'), PATIENT).toEqual(await recordedOf('ben', since));
  await hanging.close();
}, 60_000);

it('what waits is bounded: a dead target keeps its place in the record, and gets everything in order when it is back', async () => {
  await floor.stop();
  ({ service } = floor.start({ limits: { ...HASTY, window: 500 } }));
  receiver.mood = 'fails';
  const id = await subscribe(receiver);
  const since = await floor.store.stream.head('transitions');
  await floor.happen(AGENTS, 200);
  const waiting = async () => (await floor.store.deliveries.counts()).get(id)?.waiting ?? 0;
  await expect.poll(waiting, PATIENT).toBeGreaterThan(250);
  expect(await waiting()).toBeLessThanOrEqual(500);
  receiver.mood = 'takes';
  for (const agent of AGENTS) {
    const recorded = await recordedOf(agent, since);
    expect(recorded).toHaveLength(200);
    await expect.poll(() => receiver.ofAgent(agent), PATIENT).toEqual(recorded);
  }
}, 90_000);

it('a message that has failed for a day is dead, the next one of its agent goes on, and a replay delivers it after all', async () => {
  await floor.stop();
  ({ service } = floor.start({ limits: { ...HASTY, deadAfterMs: 1500 } }));
  const id = await subscribe(receiver);
  receiver.mood = 'fails';
  const since = await floor.store.stream.head('transitions');
  await floor.happen(['ann'], 1);
  const [first] = await recordedOf('ann', since);
  const dead = async () => (await service.deliveries(asker().viewer, id, { limit: 9, states: ['dead'] })).deliveries;
  await expect.poll(async () => (await dead()).length, PATIENT).toBe(1);
  const [letter] = await dead();
  expect(letter).toMatchObject({ status: 500, response: 'out of order\u{fffd}', error: 'answered 500' });
  expect(letter?.attempts).toBeGreaterThan(1);
  receiver.mood = 'takes';
  await floor.happen(['ann'], 1);
  await expect.poll(() => receiver.taken.length, PATIENT).toBe(1);
  expect(receiver.ofAgent('ann')).not.toContain(first);
  expect(await service.replay(asker(), id, 'all')).toBe(1);
  await expect.poll(() => receiver.ofAgent('ann'), PATIENT).toContain(first);
  expect(await service.replay(asker(), id, 'all')).toBe(0);
}, 60_000);

it('a paused webhook is told afterwards what happened meanwhile, and one whose target is gone pauses itself', async () => {
  const id = await subscribe(receiver);
  await service.pause(asker(), id, true);
  const since = await floor.store.stream.head('transitions');
  await floor.happen(['ann'], 6);
  expect(receiver.requests).toBe(0);
  await service.pause(asker(), id, false);
  await expect.poll(() => receiver.ofAgent('ann'), PATIENT).toEqual(await recordedOf('ann', since));
  receiver.mood = 'gone';
  await floor.happen(['ann'], 1);
  await expect
    .poll(async () => (await service.list(asker().viewer)).webhooks[0], PATIENT)
    .toMatchObject({ state: 'paused', pausedBy: 'gone', waiting: 1 });
  receiver.mood = 'takes';
  await service.pause(asker(), id, false);
  await expect.poll(() => receiver.ofAgent('ann'), PATIENT).toEqual(await recordedOf('ann', since));
}, 60_000);

it('a Floorwatch that is started again goes on where the last one stood', async () => {
  const since = await floor.store.stream.head('transitions');
  await subscribe(receiver);
  receiver.mood = 'fails';
  await floor.happen(AGENTS, 3);
  await expect.poll(() => receiver.requests, PATIENT).toBeGreaterThan(4);
  await floor.stop();
  await floor.happen(AGENTS, 3);
  receiver.mood = 'takes';
  ({ service } = floor.start({ limits: HASTY }));
  for (const agent of AGENTS)
    await expect.poll(() => receiver.ofAgent(agent), PATIENT).toEqual(await recordedOf(agent, since));
}, 60_000);
