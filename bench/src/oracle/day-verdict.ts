import {
  getAgentAvailability,
  getAgentHistory,
  listAvailability,
  type AvailabilityFigures,
} from '@floorwatch/contracts';
import type { Interval } from '@floorwatch/domain';
import { inOneSpelling } from '../chaos/facts.ts';
import { BERLIN, berlinMidnights } from './berlin-days.ts';
import { presenceWord, type TrueFloor, type TrueLanes, type Turn } from './true-lanes.ts';
import { emptySums, sumBetween, sumLane, TRUE_STATES, type Sums } from './true-states.ts';

/** Asks Floorwatch's HTTP API. @returns the body of the answer */
export type Ask = (address: string) => Promise<unknown>;

export interface DayEvidence {
  readonly ask: Ask;
  readonly truth: TrueFloor;
  readonly range: Interval;
}

export interface DayVerdict {
  /** Length of each whole day of the zone in the range, hours. */
  readonly dayHours: readonly number[];
  /** Figures that were compared. */
  readonly compared: number;
  readonly problems: readonly string[];
}

const HOUR = 3_600_000;

/**
 * Holds the totals that the API tells of whole days in Europe/Berlin against the journal's, to the millisecond: the states
 * of each agent, presence and routing status of each agent, and the states of everybody together.
 */
export const judgeDays = async ({ ask, truth, range }: DayEvidence): Promise<DayVerdict> => {
  const midnights = berlinMidnights(range.from, range.to);
  const days = midnights.slice(1).map((to, index) => ({ from: midnights[index] ?? to, to }));
  const tally = new Tally();
  if (days.length === 0) return { dayHours: [], compared: 0, problems: [] };
  const everybody = days.map(() => emptySums());
  for (const userId of truth.agentIds) {
    const lanes = truth.lanesOf(userId);
    const sums = sumBetween(lanes, midnights);
    sums.forEach((sum, day) => addTo(everybody[day], sum));
    await judgeAgentStates({ ask, userId, midnights, sums, tally });
    for (const day of days) await judgeAgentLanes({ ask, userId, lanes, day, tally });
  }
  await judgeEverybody({ ask, days, sums: everybody, tally });
  const { compared, problems } = tally;
  return { dayHours: days.map(({ from, to }) => (to - from) / HOUR), compared, problems };
};

class Tally {
  compared = 0;
  readonly problems: string[] = [];

  /** Seconds that were told against milliseconds that are true. */
  compare(what: string, seconds: number, ms: number): void {
    this.compared += 1;
    const told = seconds * 1000;
    if (Math.abs(told - ms) > 1e-4) this.problems.push(`${what}: ${told.toFixed(3)} ms told, ${String(ms)} ms true`);
  }

  compareStates(what: string, figures: AvailabilityFigures, sums: Sums): void {
    this.compare(`${what} available`, figures.availableSeconds, sums.available);
    this.compare(`${what} not ready`, figures.notReadySeconds, sums.notReady);
    this.compare(`${what} offline`, figures.offlineSeconds, sums.offline);
    this.compare(`${what} unknown`, figures.unknownSeconds, 0);
    // Which part of the two is after-call work carries no instant on the platform: windows hold it to the clock's step.
    this.compare(`${what} at work`, figures.onCallSeconds + figures.wrapUpSeconds, sums.onCall + sums.wrapUp);
  }
}

const isoOf = (instant: number): string => new Date(instant).toISOString();

const addTo = (sum: ReturnType<typeof emptySums> | undefined, other: Sums): void => {
  for (const state of TRUE_STATES) if (sum !== undefined) sum[state] += other[state];
};

const judgeAgentStates = async ({
  ask,
  userId,
  midnights,
  sums,
  tally,
}: {
  readonly ask: Ask;
  readonly userId: string;
  readonly midnights: readonly number[];
  readonly sums: readonly Sums[];
  readonly tally: Tally;
}): Promise<void> => {
  const query = new URLSearchParams({
    from: isoOf(midnights[0] ?? 0),
    to: isoOf(midnights.at(-1) ?? 0),
    granularity: '1d',
    zone: BERLIN,
  });
  const address = `${getAgentAvailability.path.replace(':id', userId)}?${query.toString()}`;
  const { intervals } = getAgentAvailability.reply.parse(await ask(address));
  const told = intervals.map(({ windowStart }) => windowStart);
  const true_ = midnights.slice(0, -1).map(isoOf);
  if (told.map((at) => isoOf(Date.parse(at))).join() !== true_.join())
    tally.problems.push(`${userId}: days begin at ${told.join(', ')}, not at ${true_.join(', ')}`);
  intervals.forEach((figures, day) =>
    tally.compareStates(`${userId} ${figures.windowStart}`, figures, sums[day] ?? emptySums()),
  );
};

const judgeAgentLanes = async ({
  ask,
  userId,
  lanes,
  day,
  tally,
}: {
  readonly ask: Ask;
  readonly userId: string;
  readonly lanes: TrueLanes;
  readonly day: Interval;
  readonly tally: Tally;
}): Promise<void> => {
  const told = { presence: new Map<string, number>(), routing: new Map<string, number>() };
  for (const segment of await readHistory(ask, userId, day)) {
    const ms = Date.parse(segment.to) - Date.parse(segment.from);
    if (segment.kind === 'organisation')
      add(told.presence, presenceWord(segment.system ?? '', segment.definitionId), ms);
    if (segment.kind === 'routing') add(told.routing, inOneSpelling(segment.routing ?? ''), ms);
  }
  for (const lane of ['presence', 'routing'] as const)
    compareLane(`${userId} ${isoOf(day.from)} ${lane}`, { told: told[lane], turns: lanes[lane], day, tally });
};

const compareLane = (
  what: string,
  {
    told,
    turns,
    day,
    tally,
  }: {
    readonly told: ReadonlyMap<string, number>;
    readonly turns: readonly Turn[];
    readonly day: Interval;
    readonly tally: Tally;
  },
): void => {
  const truth = sumLane(turns, day.from, day.to);
  for (const word of new Set([...told.keys(), ...truth.keys()]))
    tally.compare(`${what} ${word}`, (told.get(word) ?? 0) / 1000, truth.get(word) ?? 0);
};

const add = (sums: Map<string, number>, word: string, ms: number): void => {
  sums.set(word, (sums.get(word) ?? 0) + ms);
};

const readHistory = async (ask: Ask, userId: string, { from, to }: Interval) => {
  const segments = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = new URLSearchParams({
      from: isoOf(from),
      to: isoOf(to),
      kind: 'organisation,routing',
      limit: '5000',
    });
    if (cursor !== '') query.set('cursor', cursor);
    const address = `${getAgentHistory.path.replace(':id', userId)}?${query.toString()}`;
    const page = getAgentHistory.reply.parse(await ask(address));
    segments.push(...page.segments);
    cursor = page.cursor;
  }
  return segments;
};

const judgeEverybody = async ({
  ask,
  days,
  sums,
  tally,
}: {
  readonly ask: Ask;
  readonly days: readonly Interval[];
  readonly sums: readonly Sums[];
  readonly tally: Tally;
}): Promise<void> => {
  for (const [index, { from, to }] of days.entries()) {
    const query = new URLSearchParams({ from: isoOf(from), to: isoOf(to), zone: BERLIN, limit: '1' });
    const { total } = listAvailability.reply.parse(await ask(`${listAvailability.path}?${query.toString()}`));
    tally.compareStates(`everybody ${isoOf(from)}`, total, sums[index] ?? emptySums());
  }
};
