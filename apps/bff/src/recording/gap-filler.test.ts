import { agentId, type AgentId } from '@floorwatch/domain';
import type { FakeRecordingStore } from '@floorwatch/domain/testing';
import { GenesysNotPermitted } from '@floorwatch/genesys';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { GapFiller } from './gap-filler.ts';
import { ANN, BOB, IDLE, INTERACTING, ON_QUEUE, storeFor, TellingPlatform } from './told-by-the-platform.fake.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const { signal } = new AbortController();

let platform: TellingPlatform;
let store: FakeRecordingStore;
let filler: GapFiller;
/** Start and end of the gap that most tests are about. */
let from: number;
let to: number;

beforeEach(() => {
  platform = new TellingPlatform();
  const parts = storeFor(platform);
  ({ store } = parts);
  filler = new GapFiller({ ...parts, cloud: platform, log: pino({ level: 'silent' }) });
  from = platform.now - 10 * MINUTE_MS;
  to = platform.now - 5 * MINUTE_MS;
});

const gapOf = (id: AgentId) => ({ agentId: id, from, to, reason: 'events-lost' as const });

const states = (): string[] => store.gaps.map(({ state }) => state);

describe('GapFiller', () => {
  it('takes over what the platform tells of the gap, and only that', async () => {
    await store.addGaps([gapOf(ANN)]);
    const during = from + MINUTE_MS;
    platform.has(ANN, [[from - 1, IDLE], [during, INTERACTING], [to, IDLE], [to + 9, INTERACTING]]); // prettier-ignore
    await filler.fill({ signal });
    expect(store.transitions).toMatchObject([{ at: during, source: 'analytics', fact: INTERACTING }]);
    expect(states()).toEqual(['filled']);
    expect(filler.status()).toMatchObject({ openGaps: 0, filled: 1, problem: null });
  });

  it('asks once for the gaps of a hundred agents that lie close together', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => agentId(`a${String(index)}`));
    await store.addGaps(ids.map((id, index) => ({ ...gapOf(id), from: from - index * 1000 })));
    await filler.fill({ signal });
    expect(platform.questions.map((question) => question.ids.length)).toEqual([100, 100, 50]);
    for (const { interval } of platform.questions) expect(interval.to).toBe(to + MINUTE_MS);
  });

  it('leaves a gap open while the platform has not heard of its end, and asks again later and later', async () => {
    await store.addGaps([gapOf(ANN)]);
    platform.has(ANN, [[from - 1, IDLE], [from - 1, ON_QUEUE]]); // prettier-ignore
    await filler.fill({ signal });
    await filler.fill({ signal });
    expect(states()).toEqual(['open']);
    expect(platform.questions).toHaveLength(1);
    platform.now += 10_000;
    await filler.fill({ signal });
    platform.now += 10_000;
    await filler.fill({ signal });
    expect(platform.questions).toHaveLength(2);
    platform.has(ANN, [[from - 1, IDLE], [to, IDLE]]); // prettier-ignore
    await filler.fill({ signal, impatient: true });
    expect(states()).toEqual(['filled']);
  });

  it('is not content with something shortly before the end, nor with a clock that is behind', async () => {
    await store.addGaps([gapOf(ANN)]);
    platform.has(ANN, [[from - 1, IDLE], [to - 1500, INTERACTING]]); // prettier-ignore
    platform.now = to - 1000;
    await filler.fill({ signal });
    expect(platform.questions[0]?.interval.to).toBeGreaterThan(to);
    expect(states()).toEqual(['open']);
  });

  it('believes after an hour that a status went on which the platform shows as going on', async () => {
    await store.addGaps([gapOf(ANN)]);
    platform.has(ANN, [[from - 1, IDLE], [from - 1, ON_QUEUE]]); // prettier-ignore
    platform.now += 61 * MINUTE_MS;
    await filler.fill({ signal });
    expect(states()).toEqual(['filled']);
  });

  it('gives up after a day without an answer', async () => {
    await store.addGaps([gapOf(ANN)]);
    platform.now += DAY_MS;
    await filler.fill({ signal });
    expect(states()).toEqual(['unknowable']);
    expect(filler.status()).toMatchObject({ openGaps: 0, unknowable: 1 });
  });

  it('never asks for what is older than the platform tells', async () => {
    await store.addGaps([gapOf(ANN)]);
    platform.now += 32 * DAY_MS;
    await filler.fill({ signal });
    expect(platform.questions).toEqual([]);
    expect(states()).toEqual(['unknowable']);
  });

  it('also learns what held when nobody recorded yet', async () => {
    await store.addGaps([{ ...gapOf(ANN), reason: 'not-recording' }]);
    const changes = [[from - 90, INTERACTING], [from - 9, IDLE], [from - 50, ON_QUEUE], [to, INTERACTING]] as const; // prettier-ignore
    platform.has(ANN, changes);
    await filler.fill({ signal });
    expect(new Set(store.transitions.map(({ at }) => at))).toEqual(new Set([from - 50, from - 9]));
  });

  it('keeps as unknowable what the platform tells nothing of in the midst of it', async () => {
    await store.addGaps([gapOf(ANN)]);
    const hole = { from: from + 1000, to: from + 3000 };
    platform.has(ANN, [[from - 1, IDLE], [to, IDLE]], { holes: [hole] }); // prettier-ignore
    await filler.fill({ signal });
    expect(store.gaps).toMatchObject([
      { from, to, state: 'filled' },
      { ...hole, state: 'unknowable' },
    ]);
  });

  it('says which permission is missing, and asks again after a while', async () => {
    await store.addGaps([gapOf(BOB)]);
    platform.refusal = notPermitted();
    await filler.fill({ signal });
    await filler.fill({ signal });
    expect(platform.questions).toHaveLength(1);
    expect(filler.status().problem).toMatch('analytics:userDetail:view');
    expect(states()).toEqual(['open']);
    platform.refusal = null;
    platform.has(BOB, [[to, IDLE]]);
    platform.now += 10 * MINUTE_MS;
    await filler.fill({ signal });
    expect(filler.status()).toMatchObject({ problem: null, openGaps: 0, filled: 1 });
  });
});

const notPermitted = (): GenesysNotPermitted =>
  new GenesysNotPermitted({
    message: 'The client lacks the permission analytics:userDetail:view',
    context: { method: 'POST', path: '/api/v2/analytics/users/details/query', correlationId: null },
    status: 403,
    code: 'missing.permissions',
    needs: ['analytics:userDetail:view'],
  });
