import { beforeEach, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { onBothEngines } from '../testing/engines.fake.ts';
import type { DeliveryOutcome, NewDelivery } from './delivery-row.ts';
import type { StoredWebhook } from './webhook-row.ts';

const NOW = 1_786_780_800_000;

const webhook = (id: string): StoredWebhook => ({
  id,
  name: `Payroll ${id}`,
  url: 'https://payroll.example/hook',
  filter: '{}',
  withNames: false,
  secret: 'sealed',
  previousSecret: null,
  previousUntil: null,
  pausedBy: null,
  origin: 'people',
  cursor: '10',
  version: 1,
  createdAt: NOW,
  failingSince: null,
  lastError: null,
  lastSuccessAt: null,
});

const delivery = (agentId: string, n: number): NewDelivery => ({
  messageId: `msg_${String(n)}`,
  type: 'agent.transition',
  agentId,
  orderKey: agentId,
  occurredAt: NOW + n,
  takenAt: NOW + n,
  body: `{"n":${String(n)},"words":"ü 😀"}`,
});

const came = (seq: number, state: DeliveryOutcome['state']): DeliveryOutcome => ({
  seq,
  state,
  at: NOW + 100,
  status: state === 'delivered' ? 204 : 500,
  latencyMs: 12,
  response: 'said',
  error: state === 'delivered' ? null : 'it answered 500',
});

onBothEngines('Webhooks in the store', (bench) => {
  let store: Store;

  beforeEach(async () => {
    store ??= await bench.open();
    for (const { id } of await store.webhooks.list()) await store.webhooks.remove(id);
  }, 60_000);

  const take = async (id: string, from: string, numbers: readonly number[]): Promise<number[]> => {
    const deliveries = numbers.map((n) => delivery(n % 2 === 0 ? 'ann' : 'ben', n));
    const taken = await store.deliveries.take({ webhookId: id, from, to: `${from}+`, deliveries });
    return taken ?? expect.fail('somebody else took them');
  };

  it('come back as they were put there, and a change needs the version that is there', async () => {
    await store.webhooks.add(webhook('a'));
    const { secret, ...kept } = (await store.webhooks.find('a')) ?? expect.fail('gone');
    expect({ ...kept, secret }).toEqual(webhook('a'));
    const settings = { name: 'Chat', url: 'https://chat.example/', filter: '{"kinds":[]}', withNames: true };
    expect(await store.webhooks.change('a', 2, settings)).toBe(false);
    expect(await store.webhooks.change('a', 1, settings)).toBe(true);
    expect(await store.webhooks.change('a', 1, settings)).toBe(false);
    expect(await store.webhooks.setPause('a', 'gone')).toBe(true);
    expect(await store.webhooks.find('a')).toMatchObject({ ...settings, version: 3, pausedBy: 'gone' });
    expect(await store.webhooks.remove('a')).toBe(true);
    expect(await store.webhooks.remove('a')).toBe(false);
  });

  it('take deliveries together with the step of the cursor, and each step once', async () => {
    await store.webhooks.add(webhook('a'));
    const seqs = await take('a', '10', [1, 2, 3]);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    const again = { webhookId: 'a', from: '10', to: '11', deliveries: [delivery('ann', 4)] };
    expect(await store.deliveries.take(again)).toBeNull();
    expect((await store.deliveries.waiting('a')).map(({ orderKey }) => orderKey)).toEqual(['ben', 'ann', 'ben']);
    expect((await store.webhooks.find('a'))?.cursor).toBe('10+');
    expect((await store.deliveries.read(seqs)).map(({ body }) => body).toSorted()[0]).toContain('ü 😀');
  });

  it('know what became of each attempt, count what waits and what is dead, and let the dead wait again', async () => {
    await store.webhooks.add(webhook('a'));
    const [first = 0, second = 0, third = 0] = await take('a', '10', [1, 2, 3]);
    await store.deliveries.settle([came(first, 'delivered'), came(second, 'dead'), came(third, 'waiting')]);
    expect((await store.deliveries.counts()).get('a')).toEqual({ waiting: 1, dead: 1, waitingSince: NOW + 3 });
    const page = { beforeSeq: null, limit: 10 };
    expect(await store.deliveries.list('a', {}, page)).toMatchObject([
      { seq: third, state: 'waiting', attempts: 1, status: 500, settledAt: null },
      { seq: second, state: 'dead', attempts: 1, error: 'it answered 500', settledAt: NOW + 100 },
      { seq: first, state: 'delivered', status: 204, response: 'said', error: null },
    ]);
    expect(await store.deliveries.list('a', { states: ['dead'], agentId: 'ben' }, page)).toEqual([]);
    expect(await store.deliveries.list('a', {}, { beforeSeq: third, limit: 1 })).toMatchObject([{ seq: second }]);
    expect(await store.deliveries.revive('a', { seqs: [first], now: NOW, limit: 9 })).toEqual([]);
    expect(await store.deliveries.revive('a', { seqs: 'all', now: NOW, limit: 9 })).toEqual([
      { seq: second, orderKey: 'ann' },
    ]);
    expect(await store.deliveries.list('a', { agentId: 'ann' }, page)).toMatchObject([
      { state: 'waiting', attempts: 0, takenAt: NOW },
    ]);
  });

  it('keep what is over for a while, and what waits for as long as it waits', async () => {
    await store.webhooks.add(webhook('a'));
    const seqs = await take('a', '10', [1, 2, 3, 4, 5, 6]);
    await store.deliveries.settle(seqs.slice(0, 4).map((seq) => came(seq, 'delivered')));
    await store.deliveries.settle([came(seqs[4] ?? 0, 'dead')]);
    const left = async (): Promise<string[]> =>
      (await store.deliveries.list('a', {}, { beforeSeq: null, limit: 9 })).map(({ state }) => state);
    const keep = { deliveredBefore: 0, newest: 2, deadBefore: 0 };
    expect(await store.deliveries.prune(keep)).toBe(2);
    expect(await left()).toEqual(['waiting', 'dead', 'delivered', 'delivered']);
    expect(await store.deliveries.prune({ deliveredBefore: NOW + 9, newest: 9, deadBefore: NOW + 9 })).toBe(3);
    expect(await left()).toEqual(['waiting']);
  });
});
