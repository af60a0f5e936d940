import {
  overlapOf,
  type AgentId,
  type Interval,
  type RecordingGap,
  type RecordingStore,
  type Transition,
} from '@floorwatch/domain';
import { GenesysNotPermitted, type AgentDetails, type GenesysCloud } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import type { RecordWriter } from './record-writer.ts';

/** Gaps that are looked at in one round: one for each agent of the largest floor, and then some. */
const GAPS_PER_ROUND = 20_000;

/** Questions of one round: a minute or two of work for store and platform. */
const QUESTIONS_PER_ROUND = 10;

/** Agents in one question to the platform (API §9.3). */
const AGENTS_PER_QUESTION = 100;

/** Transitions of one statement. */
const TRANSITIONS_PER_WRITE = 1000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Gaps that begin within this time are asked for together, and short ones apart from long ones. */
const TOGETHER_WITHIN_MS = HOUR_MS;

/** How much later than its end is asked for: the change that ended the gap shows that the answer reaches there. */
const BEYOND_MS = MINUTE_MS;

/** Two services' instants of one change may differ by this much, ms: so an answer may seem to end a little early. */
const TOLERANCE_MS = 2000;

/** After this long the platform's history has everything, ms: what it shows as going on did go on. */
const SETTLED_MS = HOUR_MS;

/** The platform's history reaches this far back (API §9.1), and a gap that it has not filled by then it never will, ms. */
const OLDEST_MS = 31 * DAY_MS;
const GIVE_UP_MS = DAY_MS;

/** Pause before a gap is asked for again, ms; twice as long each time. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = HOUR_MS;

/** A permission that is missing is looked for again after this, ms. */
const ASK_AGAIN_AFTER_REFUSAL_MS = 10 * MINUTE_MS;

export interface GapFillerOptions {
  readonly store: Pick<RecordingStore, 'readOpenGaps'>;
  readonly writer: RecordWriter;
  readonly cloud: Pick<GenesysCloud, 'listUserDetails' | 'platformNow'>;
  readonly log: Logger;
}

export interface GapFillerStatus {
  /** Open gaps at the last look; no more than a round takes. */
  readonly openGaps: number;
  /** Closed since the start. */
  readonly filled: number;
  readonly unknowable: number;
  /** Why the platform's history cannot be asked, for people; null while it can. */
  readonly problem: string | null;
}

interface Pause {
  readonly attempts: number;
  readonly until: number;
}

/** Fills gaps from the platform's own history of presences and routing statuses; one question for many agents. */
export class GapFiller {
  readonly #options: GapFillerOptions;
  readonly #pauses = new Map<string, Pause>();
  #openGaps = 0;
  #filled = 0;
  #unknowable = 0;
  #refusal: { readonly reason: string; readonly at: number } | null = null;

  constructor(options: GapFillerOptions) {
    this.#options = options;
  }

  status(): GapFillerStatus {
    return {
      openGaps: this.#openGaps,
      filled: this.#filled,
      unknowable: this.#unknowable,
      problem: this.#refusal?.reason ?? null,
    };
  }

  /**
   * Asks for the oldest open gaps; those that the platform does not have yet stay open, and are asked for again later.
   * @param how whether to ask for all of them at once, whatever the pauses
   * @throws what store and platform throw; what was filled stays filled
   */
  async fill({ signal, impatient = false }: { signal: AbortSignal; impatient?: boolean }): Promise<void> {
    const { store, cloud, log } = this.#options;
    const open = await store.readOpenGaps(GAPS_PER_ROUND);
    this.#openGaps = open.length;
    this.#forgetPausesBut(open);
    const now = cloud.platformNow();
    const isRefused = this.#refusal !== null && now - this.#refusal.at < ASK_AGAIN_AFTER_REFUSAL_MS;
    if (isRefused && !impatient) return;
    const due = open.filter((gap) => impatient || (this.#pauses.get(keyOf(gap))?.until ?? 0) <= now);
    try {
      const groups = groupsOf(due);
      for (const group of impatient ? groups : groups.slice(0, QUESTIONS_PER_ROUND)) {
        signal.throwIfAborted();
        await this.#fillGroup(group, signal);
      }
      this.#refusal = null;
    } catch (error) {
      if (!(error instanceof GenesysNotPermitted)) throw error;
      if (this.#refusal === null) log.warn({ event: 'gaps-refused', reason: error.message }, 'gaps cannot be filled');
      this.#refusal = { reason: error.message, at: now };
    }
  }

  async #fillGroup(gaps: readonly RecordingGap[], signal: AbortSignal): Promise<void> {
    const { cloud } = this.#options;
    const now = cloud.platformNow();
    const end = Math.max(...gaps.map(({ to }) => to));
    const interval = {
      from: Math.max(Math.min(...gaps.map(({ from }) => from)), now - OLDEST_MS),
      // What is now is an estimate, and may be a little before the end that the platform has told.
      to: Math.max(end + 1, Math.min(end + BEYOND_MS, now)),
    };
    const ids = [...new Set(gaps.map(({ agentId }) => agentId))];
    const answers =
      interval.from < interval.to ? await this.#ask(ids, interval, signal) : new Map<AgentId, AgentDetails>();
    const reached = gaps.filter((gap) => reachesEnd(gap, answers.get(gap.agentId), { interval, now }));
    await this.#take(reached, answers, now);
    const missed = gaps.filter((gap) => !reached.includes(gap));
    await this.#postpone(missed, now);
  }

  async #ask(ids: readonly AgentId[], interval: Interval, signal: AbortSignal): Promise<Map<AgentId, AgentDetails>> {
    const details = await this.#options.cloud.listUserDetails(ids, interval, { priority: 'history', signal });
    return new Map(details.map((one) => [one.agentId, one]));
  }

  async #take(gaps: readonly RecordingGap[], answers: ReadonlyMap<AgentId, AgentDetails>, now: number): Promise<void> {
    const { writer } = this.#options;
    const told = gaps.flatMap((gap) => changesIn(gap, answers.get(gap.agentId)?.transitions ?? []));
    for (let from = 0; from < told.length; from += TRANSITIONS_PER_WRITE)
      await writer.write({ gaps: [], transitions: told.slice(from, from + TRANSITIONS_PER_WRITE) });
    await writer.close(gaps, 'filled');
    this.#filled += gaps.length;
    this.#openGaps -= gaps.length;
    const untold = gaps.flatMap((gap) => holesIn(gap, answers.get(gap.agentId)?.holes ?? [], now - OLDEST_MS));
    if (untold.length === 0) return;
    await writer.write({ gaps: untold, transitions: [] });
    await writer.close(untold, 'unknowable');
  }

  async #postpone(gaps: readonly RecordingGap[], now: number): Promise<void> {
    const { writer, log } = this.#options;
    const hopeless = gaps.filter(({ to }) => to < now - GIVE_UP_MS && to < now - SETTLED_MS);
    await writer.close(hopeless, 'unknowable');
    this.#unknowable += hopeless.length;
    this.#openGaps -= hopeless.length;
    if (hopeless.length > 0)
      log.warn({ event: 'gaps-unknowable', gaps: hopeless.length }, 'the platform cannot tell what happened then');
    for (const gap of gaps) {
      const attempts = (this.#pauses.get(keyOf(gap))?.attempts ?? 0) + 1;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
      this.#pauses.set(keyOf(gap), { attempts, until: now + pauseMs });
    }
  }

  #forgetPausesBut(open: readonly RecordingGap[]): void {
    const known = new Set(open.map(keyOf));
    for (const key of this.#pauses.keys()) if (!known.has(key)) this.#pauses.delete(key);
  }
}

const keyOf = ({ agentId, from, to }: RecordingGap): string => `${agentId} ${String(from)} ${String(to)}`;

interface Group {
  readonly gaps: RecordingGap[];
  readonly agents: Set<AgentId>;
  readonly from: number;
}

/** Gaps of up to a hundred agents that lie close together, oldest first. */
const groupsOf = (gaps: readonly RecordingGap[]): RecordingGap[][] => {
  const groups: Group[] = [];
  const current = new Map<boolean, Group>();
  for (const gap of gaps.toSorted((a, b) => a.from - b.from)) {
    const isLong = gap.to - gap.from > TOGETHER_WITHIN_MS;
    let group = current.get(isLong);
    if (group === undefined || !fits(gap, group)) {
      group = { gaps: [], agents: new Set(), from: gap.from };
      current.set(isLong, group);
      groups.push(group);
    }
    group.gaps.push(gap);
    group.agents.add(gap.agentId);
  }
  return groups.map((group) => group.gaps);
};

const fits = ({ agentId, from }: RecordingGap, group: Group): boolean =>
  from - group.from <= TOGETHER_WITHIN_MS && (group.agents.size < AGENTS_PER_QUESTION || group.agents.has(agentId));

/**
 * Whether the answer tells of the gap to its end. The platform's history lags, and shows a status as going on that has
 * long ended: only something that it tells of the end, or of what came after, shows that it knows.
 */
const reachesEnd = (
  { to }: RecordingGap,
  details: AgentDetails | undefined,
  { interval, now }: { interval: Interval; now: number },
): boolean => {
  if (details === undefined) return false;
  const ends = Object.values(details.toldUpTo).filter((end) => end !== null);
  const seenEnds = ends.filter((end) => end !== Infinity && end !== interval.to); // cut where the question ends
  const latest = Math.max(...details.transitions.map(({ at }) => at), ...seenEnds);
  if (latest >= to) return true;
  return to < now - SETTLED_MS && ends.length === 2 && ends.every((end) => end >= to - TOLERANCE_MS);
};

/** What happened in the gap; of a time without recording also what held when it began, which nobody may have recorded. */
const changesIn = ({ from, to, reason }: RecordingGap, told: readonly Transition[]): Transition[] => {
  const inside = told.filter(({ at }) => at > from && at < to);
  if (reason !== 'not-recording') return inside;
  const before = (['presence', 'routing'] as const).flatMap(
    (kind) => told.findLast(({ at, fact }) => at <= from && fact.kind === kind) ?? [],
  );
  return [...before, ...inside];
};

const holesIn = (gap: RecordingGap, holes: readonly Interval[], oldest: number): RecordingGap[] =>
  [...holes, { from: -Infinity, to: oldest }].flatMap((hole) => {
    const part = overlapOf(gap, hole);
    return part === null ? [] : [{ ...gap, ...part }];
  });
