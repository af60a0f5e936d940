import { webhookFilter, type WebhookSettingsAsked } from '@floorwatch/contracts';
import { divisionId } from '@floorwatch/domain';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ApiError } from '../plugins/api-error.ts';
import { Receiver } from './receiver.fake.ts';
import { newSecret } from './signing.ts';
import { asker, QUEUES, ToldFloor, viewerWith } from './told-floor.fake.ts';
import type { WebhookService } from './webhook-service.ts';

const PATIENT = { timeout: 15_000, interval: 50 };

let floor: ToldFloor;
let receiver: Receiver;
let service: WebhookService;

beforeAll(async () => {
  floor = await ToldFloor.open();
}, 60_000);

beforeEach(async () => {
  receiver = await Receiver.open();
  ({ service } = floor.start());
});

afterEach(async () => {
  await floor.forget();
  await receiver.close();
});

afterAll(() => floor.close());

const asking = (more: Partial<WebhookSettingsAsked> = {}): WebhookSettingsAsked => ({
  name: 'Payroll',
  url: receiver.url,
  filter: webhookFilter.parse({}),
  withNames: false,
  ...more,
});

const refusalOf = async (deed: Promise<unknown>): Promise<string> => {
  const error: unknown = await deed.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ApiError ? `${String(error.statusCode)} ${error.code}` : 'not refused';
};

it('every change stands in the audit before it is done, without the secret and without the path of the address', async () => {
  const url = `${receiver.url}?token=very-private`;
  const { webhook, secret } = await service.create(asker(), asking({ url }));
  await service.change(asker(), webhook.id, { ...asking({ name: 'Chat', url }), version: 1 });
  const rotated = await service.rotate(asker(), webhook.id, 2);
  await service.pause(asker(), webhook.id, true);
  await service.remove(asker(), webhook.id);
  const told = floor.audit.entries.map(({ action, outcome, actor, after }) => [
    action,
    outcome,
    actor.id,
    after?.['name'],
  ]);
  expect(told).toEqual([
    ['settings-change', 'requested', 'admin', 'Payroll'],
    ['settings-change', 'accepted', 'admin', 'Payroll'],
    ['settings-change', 'requested', 'admin', 'Chat'],
    ['settings-change', 'accepted', 'admin', 'Chat'],
    ['settings-change', 'requested', 'admin', 'Chat'],
    ['settings-change', 'accepted', 'admin', 'Chat'],
    ['settings-change', 'requested', 'admin', 'Chat'],
    ['settings-change', 'accepted', 'admin', 'Chat'],
    ['settings-change', 'requested', 'admin', undefined],
    ['settings-change', 'accepted', 'admin', undefined],
  ]);
  const everything = JSON.stringify(floor.audit.entries) + floor.logged.join('');
  for (const hidden of [secret, rotated.secret, secret.slice(6), 'very-private', '/hook'])
    expect(everything).not.toContain(hidden);
});

it('what is in the store tells no secret, and is of no use under another key', async () => {
  const { secret } = await service.create(asker(), asking());
  const [stored] = await floor.store.webhooks.list();
  expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
  await floor.stop();
  ({ service } = floor.start({ key: 'another key, that has 32 characters' }));
  const [webhook] = (await service.list(asker().viewer)).webhooks;
  expect(webhook?.isSecretKnown).toBe(false);
  expect(await refusalOf(service.ping(asker(), webhook?.id ?? ''))).toBe('400 invalid-request');
  await floor.happen(['ann'], 1);
  receiver.secret = (await service.rotate(asker(), webhook?.id ?? '', 1)).secret;
  await expect.poll(() => receiver.taken.length, PATIENT).toBe(1);
  expect(receiver.forged).toEqual([]);
});

it('for a day after a new secret receivers with either of the two are content', async () => {
  const { webhook, secret } = await service.create(asker(), asking());
  const rotated = await service.rotate(asker(), webhook.id, 1);
  expect(rotated.secret).not.toBe(secret);
  receiver.secret = secret;
  await floor.happen(['ann'], 1);
  await expect.poll(() => receiver.taken.length, PATIENT).toBe(1);
  receiver.secret = rotated.secret;
  await floor.happen(['ann'], 1);
  await expect.poll(() => receiver.taken.length, PATIENT).toBe(2);
  expect(receiver.forged).toEqual([]);
  receiver.secret = newSecret();
  await floor.happen(['ann'], 1);
  await expect.poll(() => receiver.forged.length, PATIENT).toBe(1);
});

it('a test calls at once, past what waits, and stands in the log whether it was taken or not', async () => {
  const { webhook, secret } = await service.create(asker(), asking());
  receiver.secret = secret;
  expect(await service.ping(asker(), webhook.id)).toMatchObject({
    state: 'delivered',
    status: 204,
    type: 'webhook.ping',
  });
  expect(receiver.pings).toEqual(['Payroll']);
  receiver.mood = 'babbles';
  const long = await service.ping(asker(), webhook.id);
  expect(long.response).toHaveLength(1024);
  receiver.mood = 'redirects';
  expect(await service.ping(asker(), webhook.id)).toMatchObject({
    state: 'failed',
    status: 307,
    error: 'answered 307: redirects are not followed',
  });
  expect(receiver.strays).toBe(0);
  const { deliveries, next } = await service.deliveries(asker().viewer, webhook.id, { limit: 2 });
  expect(deliveries.map(({ state }) => state)).toEqual(['failed', 'delivered']);
  const older = await service.deliveries(asker().viewer, webhook.id, { limit: 2, cursor: next ?? 0 });
  expect(older).toMatchObject({ deliveries: [{ state: 'delivered' }], next: null });
});

it('somebody who was faster is not written over', async () => {
  const { webhook } = await service.create(asker(), asking());
  await service.change(asker(), webhook.id, { ...asking({ name: 'First' }), version: 1 });
  const late = service.change(asker(), webhook.id, { ...asking({ name: 'Second' }), version: 1 });
  expect(await refusalOf(late)).toBe('409 version-conflict');
  expect(floor.audit.entries.at(-1)).toMatchObject({ outcome: 'failed' });
  expect(await refusalOf(service.rotate(asker(), webhook.id, 1))).toBe('409 version-conflict');
});

it('who manages the north alone makes webhooks for the north alone, and knows of no others', async () => {
  const north = asker(viewerWith(new Set([divisionId('north')])));
  const ofNorth = webhookFilter.parse({ divisions: ['north'] });
  const { webhook: everywhere } = await service.create(asker(), asking());
  for (const divisions of [[], ['south'], ['north', 'south']])
    expect(await refusalOf(service.create(north, asking({ filter: webhookFilter.parse({ divisions }) })))).toBe(
      '400 invalid-request',
    );
  const { webhook, secret } = await service.create(north, asking({ name: 'North', filter: ofNorth }));
  receiver.secret = secret;
  expect((await service.list(north.viewer)).webhooks.map(({ name }) => name)).toEqual(['North']);
  expect((await service.list(asker().viewer)).webhooks).toHaveLength(2);
  const foreign = everywhere.id;
  for (const deed of [
    service.change(north, foreign, { ...asking({ filter: ofNorth }), version: 1 }),
    service.remove(north, foreign),
    service.rotate(north, foreign, 1),
    service.pause(north, foreign, true),
    service.ping(north, foreign),
    service.replay(north, foreign, 'all'),
    service.deliveries(north.viewer, foreign, { limit: 9 }),
  ])
    expect(await refusalOf(deed)).toBe('404 not-found');
  await service.remove(asker(), foreign);
  await floor.happen(['ann', 'ben'], 2);
  await expect.poll(() => receiver.ofAgent('ann').length, PATIENT).toBe(2);
  expect(receiver.ofAgent('ben')).toEqual([]);
  const ann = floor.profiles.get('ann') ?? expect.fail('nobody');
  floor.profiles.set('ann', { ...ann, divisionId: divisionId('south') });
  const { deliveries } = await service.deliveries(north.viewer, webhook.id, { limit: 9 });
  floor.profiles.set('ann', ann);
  expect(deliveries).toEqual([]);
});

it('only what the filter wants is sent', async () => {
  const filter = webhookFilter.parse({ kinds: ['queues'], teams: ['Blue'] });
  const { secret } = await service.create(asker(), asking({ filter }));
  receiver.secret = secret;
  await floor.happen(['ann', 'cem'], 3);
  await floor.happens('cem', QUEUES);
  await floor.happens('ann', QUEUES);
  await expect
    .poll(() => receiver.taken.map(({ data }) => [data.agent.id, data.kind]), PATIENT)
    .toEqual([['ann', 'queues']]);
  expect(receiver.taken[0]?.data.current.queueIds).toEqual(['sales']);
});

it('the webhook of the environment is made once, follows the environment, and keeps what people set', async () => {
  const endpoint = { url: receiver.url, secret: newSecret() };
  for (let start = 0; start < 2; start += 1) {
    await floor.stop();
    ({ service } = floor.start({ endpoint }));
    await expect.poll(async () => (await service.list(asker().viewer)).webhooks.length, PATIENT).toBe(1);
  }
  const [made] = (await service.list(asker().viewer)).webhooks;
  expect(made).toMatchObject({ origin: 'environment', name: 'WEBHOOK_ENDPOINT', version: 1 });
  expect(floor.audit.entries.map(({ actor, outcome }) => [actor.kind, outcome])).toEqual([['system', 'accepted']]);
  const id = made?.id ?? '';
  await service.change(asker(), id, { ...asking({ name: 'Payroll' }), version: 1 });
  await floor.stop();
  const other = { url: `${receiver.url}?tenant=1`, secret: newSecret() };
  ({ service } = floor.start({ endpoint: other }));
  receiver.secret = other.secret;
  await expect
    .poll(async () => (await service.list(asker().viewer)).webhooks, PATIENT)
    .toMatchObject([{ url: other.url, name: 'Payroll', version: 4 }]);
});
