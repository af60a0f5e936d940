import { agentId } from '@floorwatch/domain';
import { FakeClock, type FakeRecordingStore } from '@floorwatch/domain/testing';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { Reconciliation, RECONCILE_EVERY_MS } from './reconciliation.ts';
import { ANN, IDLE, INTERACTING, storeFor, TellingPlatform, toldBy } from './told-by-the-platform.fake.ts';

const MINUTE_MS = 60_000;
const { signal } = new AbortController();

let clock: FakeClock;
let platform: TellingPlatform;
let store: FakeRecordingStore;
let agents: ReturnType<typeof agentId>[];
let reconciliation: Reconciliation;
let began: number;

beforeEach(() => {
  clock = new FakeClock();
  platform = new TellingPlatform();
  began = platform.now;
  const parts = storeFor(platform);
  ({ store } = parts);
  agents = [ANN];
  const options = { ...parts, cloud: platform, clock, log: pino({ level: 'silent' }), agents: () => agents };
  reconciliation = new Reconciliation(options, began);
});

const pass = async (ms: number): Promise<void> => {
  platform.now += ms;
  await clock.advance(ms);
};

describe('Reconciliation', () => {
  it('finds the change that no reading could show, because an event told of the next one', async () => {
    await store.addTransitions(
      [began, began + 2 * MINUTE_MS].map((at) => toldBy('event', { id: ANN, at, fact: IDLE })),
    );
    const lost = began + MINUTE_MS;
    platform.has(ANN, [[began, IDLE], [lost, INTERACTING], [began + 2 * MINUTE_MS, IDLE]]); // prettier-ignore
    await pass(RECONCILE_EVERY_MS + 10 * MINUTE_MS);
    await reconciliation.compareDue(signal);
    expect(store.transitions.filter(({ source }) => source === 'analytics')).toMatchObject([{ at: lost }]);
    expect(reconciliation.status()).toMatchObject({ comparedAgents: 1, found: 1, lastAt: clock.now() });
  });

  it('takes an instant that differs a little for the same change', async () => {
    await store.addTransitions([toldBy('event', { id: ANN, at: began, fact: IDLE }), toldBy('event', { id: ANN, at: began + MINUTE_MS, fact: INTERACTING })]); // prettier-ignore
    platform.has(ANN, [[began + MINUTE_MS + 1500, INTERACTING]]);
    await pass(RECONCILE_EVERY_MS + 10 * MINUTE_MS);
    await reconciliation.compareDue(signal);
    expect(reconciliation.status()).toMatchObject({ comparedAgents: 1, found: 0 });
  });

  it('finds a change that is like another one shortly before', async () => {
    const changes = [[0, IDLE], [500, INTERACTING], [1000, IDLE], [9000, INTERACTING]] as const; // prettier-ignore
    platform.has(ANN, changes.map(([at, fact]) => [began + at, fact] as const)); // prettier-ignore
    const heard = changes.filter(([at]) => at !== 1000);
    await store.addTransitions(heard.map(([at, fact]) => toldBy('event', { id: ANN, at: began + at, fact })));
    await pass(RECONCILE_EVERY_MS + 10 * MINUTE_MS);
    await reconciliation.compareDue(signal);
    expect(store.transitions.filter(({ source }) => source === 'analytics')).toMatchObject([{ at: began + 1000 }]);
  });

  it('leaves the time before the first record to the gap that tells of it', async () => {
    await store.addTransitions([toldBy('event', { id: ANN, at: began + 5 * MINUTE_MS, fact: IDLE })]);
    platform.has(ANN, [[began + MINUTE_MS, INTERACTING]]);
    await pass(RECONCILE_EVERY_MS + 10 * MINUTE_MS);
    await reconciliation.compareDue(signal);
    expect(reconciliation.status().found).toBe(0);
  });

  it('asks for everybody within an hour, evenly, and for nobody twice', async () => {
    agents = Array.from({ length: 3000 }, (_, index) => agentId(`a${String(index)}`));
    await pass(10 * MINUTE_MS);
    for (let minute = 0; minute < 120; minute += 1) {
      await pass(MINUTE_MS);
      await reconciliation.compareDue(signal);
    }
    expect(platform.questions.length).toBeGreaterThanOrEqual(30);
    expect(platform.questions.length).toBeLessThanOrEqual(70);
    expect(new Set(platform.questions.flatMap(({ ids }) => ids)).size).toBe(3000);
  });
});
