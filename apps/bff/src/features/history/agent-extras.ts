import type { AgentId, Clock, Interval } from '@floorwatch/domain';
import type { GenesysCloud, PresenceChange, ScheduledActivity } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { problemOf } from '../../plugins/platform-problem.ts';
import { iso } from './asked-range.ts';
import type { Actor, UntoldSegment } from './history-segments.ts';
import { ShortMemory } from './short-memory.ts';

/** Agents whose schedule and audit are remembered. */
const AGENTS_REMEMBERED = 200;

/** The audit and the presence service tell the same change at instants that differ by so much at most, ms. */
const SAME_CHANGE_MS = 2000;

export interface AgentExtrasOptions {
  readonly cloud: Pick<GenesysCloud, 'getSchedule' | 'listPresenceChanges'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface ScheduleLane {
  readonly segments: UntoldSegment[];
  /** Why there is none, for people; null where there is one. */
  readonly problem: string | null;
}

/** What is told beside what happened: what was planned, and who did it. Neither may spoil the rest by failing. */
export class AgentExtras {
  readonly #options: AgentExtrasOptions;
  readonly #schedules: ShortMemory<ScheduledActivity[] | null>;
  readonly #changes: ShortMemory<PresenceChange[]>;

  constructor(options: AgentExtrasOptions) {
    this.#options = options;
    this.#schedules = new ShortMemory(options.clock, AGENTS_REMEMBERED);
    this.#changes = new ShortMemory(options.clock, AGENTS_REMEMBERED);
  }

  /** @param range the planned future included */
  async schedule(id: AgentId, range: Interval): Promise<ScheduleLane> {
    const { cloud } = this.#options;
    const read = () => cloud.getSchedule(id, range, { priority: 'interactive' });
    try {
      const activities = await this.#schedules.recall(keyOf(id, range), read);
      if (activities === null)
        return { segments: [], problem: 'This agent is in no management unit of workforce management' };
      return { segments: activities.map((activity) => toSegment(activity, range)), problem: null };
    } catch (error) {
      return { segments: [], problem: this.#explain(error) };
    }
  }

  /** Who set a presence, by the instant at which it began; where the audit cannot be read, nobody knows. */
  async actors(id: AgentId, range: Interval): Promise<(at: number) => Actor> {
    const { cloud } = this.#options;
    const read = () => cloud.listPresenceChanges(id, range, { priority: 'interactive' });
    try {
      const changes = await this.#changes.recall(keyOf(id, range), read);
      return (at) => actorOf(changes, at);
    } catch (error) {
      this.#explain(error);
      return () => actorOf([], 0);
    }
  }

  #explain(error: unknown): string {
    const problem = problemOf(error, { isFatal: false });
    this.#options.log.info({ event: 'lane-left-out', reason: String(error) }, problem);
    return problem;
  }
}

/** By the minute: the end of a range is the present more often than not. */
const keyOf = (id: AgentId, { from, to }: Interval): string =>
  `${id} ${String(from)} ${String(Math.floor(to / 60_000))}`;

const toSegment = (activity: ScheduledActivity, range: Interval): UntoldSegment => {
  const { category, activityCode, isPaid } = activity;
  const from = Math.max(activity.from, range.from);
  const to = Math.min(activity.to, range.to);
  const startsExactly = activity.from >= range.from;
  const isOngoing = activity.to > range.to;
  const stretch = { from: iso(from), to: iso(to), startsExactly, isOngoing };
  return { from, tell: () => ({ kind: 'schedule', ...stretch, category, activityCode, isPaid }) };
};

/** The entry nearest to the instant, if there is one near enough. */
const actorOf = (changes: readonly PresenceChange[], at: number): Actor => {
  const near = changes.filter((change) => Math.abs(change.at - at) <= SAME_CHANGE_MS);
  const [nearest] = near.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
  return nearest === undefined ? { by: 'unknown', name: null } : { by: nearest.by, name: nearest.name };
};
