import { getAgentAvailability, getAgentHistory, listAvailability } from '@floorwatch/contracts';
import { agentId, WINDOW_MS, type AgentId, type Interval } from '@floorwatch/domain';
import { openOrganisation } from '../kills/lonely-organisation.ts';
import { MortalFloorwatch } from '../kills/mortal-floorwatch.ts';
import { until } from '../processes/until.ts';
import { percentile } from '../report/statistics.ts';
import { makePlace, type EngineChoice } from '../store/store-place.ts';
import { inventTransitions, windowsFor } from './invented-past.ts';
import { fillStore } from './store-rates.ts';

const DAY_MS = 86_400_000;
const MONTH_MS = 31 * DAY_MS;

const SETTLE_DEADLINE_MS = 60_000;

/** How many agents have a whole month; all of them have the last day. */
const AGENTS_WITH_A_MONTH = 5;

export interface HistoryTimes {
  /** Time of an answer over HTTP, 95th percentile, ms. */
  readonly monthOfOneMs: number;
  readonly monthAsSegmentsMs: number;
  readonly dayOfManyMs: number;
  readonly transitionsOfMonth: number;
}

interface Scale {
  readonly engine: EngineChoice;
  readonly agents: number;
  readonly questions: number;
}

/** Fills a store with a past, starts the product on it and asks. */
export const measureHistoryTimes = async ({ engine, agents, questions }: Scale): Promise<HistoryTimes> => {
  const place = await makePlace(engine);
  const organisation = await openOrganisation({ agents, seed: 'bench', startsAt: Date.now() });
  try {
    const ids = (await organisation.control.truth()).agents.map(({ userId }) => agentId(userId));
    const to = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS - WINDOW_MS;
    const store = await place.open();
    const past = inventPast(ids, to);
    await fillStore(store, past);
    await store.recording.writeProgress({ windowsUpTo: to, aliveAt: to });
    await store.close();
    const floorwatch = await MortalFloorwatch.start({ ...organisation.credentials, ...place.env });
    try {
      await floorwatch.isLive();
      await isSettled(floorwatch);
      const month = { from: to - MONTH_MS, to };
      const asker = new Asker(floorwatch.url, questions);
      const rich = ids.slice(0, AGENTS_WITH_A_MONTH);
      return {
        monthOfOneMs: await asker.ask(rich.map((id) => monthAddress(id, month))),
        monthAsSegmentsMs: await asker.ask(rich.map((id) => segmentsAddress(id, month))),
        dayOfManyMs: await asker.ask([dayAddress({ from: to - DAY_MS, to })]),
        transitionsOfMonth: past.get(rich[0] ?? agentId(''))?.transitions.length ?? 0,
      };
    } finally {
      await floorwatch.stop();
    }
  } finally {
    await organisation.stop();
    await place.remove();
  }
};

/**
 * The invented past and the simulator's floor do not know each other: what the start finds to be different is recorded,
 * and looked up in the platform's history, before anybody asks.
 */
const isSettled = (floorwatch: MortalFloorwatch): Promise<true> =>
  until('what the start has found to be recorded', SETTLE_DEADLINE_MS, async () => {
    const { waiting, gaps } = await floorwatch.recordingReport();
    const isFilled = gaps.open === 0 && gaps.filled + gaps.unknowable > 0;
    return isFilled && waiting === 0 ? true : null;
  });

const inventPast = (ids: readonly AgentId[], to: number) =>
  new Map(
    ids.map((id, index) => {
      const range = { from: to - (index < AGENTS_WITH_A_MONTH ? MONTH_MS : DAY_MS), to };
      const transitions = inventTransitions(id, range, index);
      return [id, { transitions, windows: windowsFor(id, transitions, range) }];
    }),
  );

const queryOf = ({ from, to }: Interval, more: Readonly<Record<string, string>>): string =>
  new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...more }).toString();

const monthAddress = (id: AgentId, month: Interval): string =>
  `${getAgentAvailability.path.replace(':id', id)}?${queryOf(month, { granularity: '1d', zone: 'Europe/Berlin' })}`;

const segmentsAddress = (id: AgentId, month: Interval): string =>
  `${getAgentHistory.path.replace(':id', id)}?${queryOf(month, { kind: 'organisation,routing,activity' })}`;

const dayAddress = (day: Interval): string =>
  `${listAvailability.path}?${queryOf(day, { sort: 'occupancy', limit: '100', granularity: '1h', zone: 'Europe/Berlin' })}`;

/** Asks over and over, one question at a time. */
class Asker {
  readonly #url: string;
  readonly #questions: number;

  constructor(url: string, questions: number) {
    this.#url = url;
    this.#questions = questions;
  }

  /** @returns the 95th percentile of the times, ms; of each address the first answer is not counted */
  async ask(addresses: readonly string[]): Promise<number> {
    for (const address of addresses) await this.#time(address);
    const times: number[] = [];
    while (times.length < this.#questions)
      times.push(await this.#time(addresses[times.length % addresses.length] ?? ''));
    return percentile(times, 0.95);
  }

  async #time(address: string): Promise<number> {
    const startedAt = performance.now();
    const reply = await fetch(`${this.#url}${address}`);
    await reply.arrayBuffer();
    if (!reply.ok) throw new Error(`${reply.url} answered ${String(reply.status)}`);
    return performance.now() - startedAt;
  }
}
