import { setTimeout as sleep } from 'node:timers/promises';
import { openOrganisation, type LonelyOrganisation } from '../kills/lonely-organisation.ts';
import { MortalFloorwatch } from '../kills/mortal-floorwatch.ts';
import { until } from '../processes/until.ts';
import type { StorePlace } from '../store/store-place.ts';
import { MOODS, MoodyTarget, TARGET_SECRET } from './moody-target.ts';

/** The clock of the organisation moves by so much at once, ms. */
const STEP_MS = 5000;

const OPENS_AT = Date.parse('2026-03-31T08:00:00.000Z');

/** So long a mood must be met, and so long nothing new may come before all that comes has come, ms. */
const MOOD_DEADLINE_MS = 30_000;
const REST_DEADLINE_MS = 120_000;
const QUIET_MS = 4000;

const PAUSE_MS = 20;

export interface WebhookWish {
  readonly agents: number;
  readonly seed: number;
  /** Steps of the floor in each mood of the target. */
  readonly stepsPerMood: number;
  readonly place: StorePlace;
}

export interface WebhookVerdict {
  /** Entries of the recording's stream. */
  readonly recorded: number;
  /** Told more than once, which is allowed. */
  readonly repetitions: number;
  readonly requests: number;
  readonly kills: number;
  readonly problems: readonly string[];
}

/**
 * A floor goes on, a target has all its moods, and Floorwatch is killed with -9 in each of them. In the end the target must have
 * been told of every entry of the recording's stream, in its order for each agent, every message signed.
 */
export const runWebhooks = async (wish: WebhookWish): Promise<WebhookVerdict> => {
  const { agents, seed, place } = wish;
  const target = await MoodyTarget.open();
  const organisation = await openOrganisation({ agents, seed: `webhooks-${String(seed)}`, startsAt: OPENS_AT });
  const floorwatch = await MortalFloorwatch.start({
    ...organisation.credentials,
    ...place.env,
    BACKFILL_HOURS: '0',
    WEBHOOK_ENDPOINT: target.url,
    WEBHOOK_SECRET: TARGET_SECRET,
    WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
  });
  try {
    await floorwatch.isLive();
    await until('the first message', MOOD_DEADLINE_MS, () => (target.count > 0 ? true : null));
    await liveThrough({ organisation, floorwatch, target, wish });
  } finally {
    await floorwatch.stop();
    await organisation.stop();
    await target.stop();
  }
  return judge(target, place);
};

interface Parts {
  readonly organisation: LonelyOrganisation;
  readonly floorwatch: MortalFloorwatch;
  readonly target: MoodyTarget;
  readonly wish: WebhookWish;
}

const liveThrough = async ({ organisation, floorwatch, target, wish }: Parts): Promise<void> => {
  const goOn = async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step += 1) {
      await organisation.control.advance(STEP_MS);
      await sleep(PAUSE_MS);
    }
  };
  for (const mood of MOODS) {
    target.mood = mood;
    const before = target.requests;
    await goOn(wish.stepsPerMood);
    await until(`calls in which the target ${mood}`, MOOD_DEADLINE_MS, () =>
      target.requests > before + 2 ? true : null,
    );
    await floorwatch.die(); // amid calls
    await goOn(wish.stepsPerMood);
    await floorwatch.isLive();
  }
  // Until the last Floorwatch has told of something, it may not know yet what waits.
  const before = target.count;
  await goOn(wish.stepsPerMood);
  await until('the last one to tell', REST_DEADLINE_MS, () => (target.count > before ? true : null));
  await comeToRest(floorwatch, target);
};

/** Everything is recorded, nothing waits for another try, and nothing new comes for a while. */
const comeToRest = async (floorwatch: MortalFloorwatch, target: MoodyTarget): Promise<void> => {
  let count = -1;
  let since = performance.now();
  await until('everything to be told', REST_DEADLINE_MS, async () => {
    const { waiting, spilled, gaps } = await floorwatch.recordingReport();
    const isAtRest = waiting + spilled + gaps.open === 0 && (await floorwatch.messagesWaiting()) === 0;
    if (target.count !== count || !isAtRest) {
      ({ count } = target);
      since = performance.now();
    }
    return performance.now() - since > QUIET_MS ? true : null;
  });
};

const judge = async (target: MoodyTarget, place: StorePlace): Promise<WebhookVerdict> => {
  const store = await place.open();
  try {
    const recorded = new Map<string, string[]>();
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const page = await store.stream.readTransitions({ after, limit: 1000 });
      for (const { agentId, id } of page.entries) recorded.set(agentId, [...(recorded.get(agentId) ?? []), id]);
      ({ next: after, hasMore } = page);
    }
    return {
      recorded: [...recorded.values()].reduce((sum, { length }) => sum + length, 0),
      repetitions: target.repetitions,
      requests: target.requests,
      kills: MOODS.length,
      problems: [
        ...differences(recorded, target.taken),
        ...target.forged.map((reason) => `a signature did not hold: ${reason}`),
        ...(target.strays > 0 ? [`${String(target.strays)} redirects were followed`] : []),
      ],
    };
  } finally {
    await store.close();
  }
};

const differences = (
  recorded: ReadonlyMap<string, readonly string[]>,
  taken: ReadonlyMap<string, readonly string[]>,
): string[] =>
  [...new Set([...recorded.keys(), ...taken.keys()])].flatMap((agent) => {
    const [wanted, got] = [recorded.get(agent) ?? [], taken.get(agent) ?? []];
    const missing = wanted.filter((id) => !got.includes(id));
    if (missing.length > 0) return [`${agent} was not told of ${missing.join(', ')}`];
    return JSON.stringify(wanted) === JSON.stringify(got)
      ? []
      : [`${agent} was told in another order than it happened`];
  });
