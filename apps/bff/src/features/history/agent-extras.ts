import type { Actor } from '@floorwatch/contracts';
import type { AgentId, AuditLog, Clock, Interval, OwnChange } from '@floorwatch/domain';
import type { GenesysCloud, PresenceChange, ScheduledActivity } from '@floorwatch/genesys';
import type { Logger } from 'pino';
import { nearestChange } from '../../ingest/setters/nearest-change.ts';
import { readOwnChanges } from '../../ingest/setters/own-changes.ts';
import { problemOf } from '../../plugins/platform-problem.ts';
import { iso } from './asked-range.ts';
import type { UntoldSegment } from './history-segments.ts';
import { ShortMemory } from './short-memory.ts';

/** Agents whose schedule and audit are remembered. */
const AGENTS_REMEMBERED = 200;

export interface AgentExtrasOptions {
  readonly cloud: Pick<GenesysCloud, 'getSchedule' | 'listPresenceChanges'>;
  /** Where it stands what Floorwatch itself did; null where there is no store. */
  readonly audit: AuditLog | null;
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

  /**
   * Who set a presence, by the instant at which it began. What Floorwatch did it knows itself, rules included; who did
   * anything else the platform's audit says. Where an audit cannot be read, nobody knows.
   */
  async actors(id: AgentId, range: Interval): Promise<(at: number) => Actor> {
    const [own, changes] = await Promise.all([this.#ownChanges(id, range), this.#changesOf(id, range)]);
    const ownAt = new Map(own.map(({ at, setBy }) => [at, { by: setBy.kind, name: setBy.name }]));
    return (at) => {
      const { by = 'unknown', name = null } = ownAt.get(at) ?? nearestChange(changes, at) ?? {};
      return { by, name };
    };
  }

  async #ownChanges(id: AgentId, range: Interval): Promise<readonly OwnChange[]> {
    const { audit } = this.#options;
    if (audit === null) return [];
    return readOwnChanges(audit, range, [id]).catch((error: unknown) => this.#withoutSetters(error));
  }

  #changesOf(id: AgentId, range: Interval): Promise<readonly PresenceChange[]> {
    const { cloud } = this.#options;
    const read = () => cloud.listPresenceChanges(id, range, { priority: 'interactive' });
    return this.#changes.recall(keyOf(id, range), read).catch((error: unknown) => this.#withoutSetters(error));
  }

  #withoutSetters(error: unknown): [] {
    this.#options.log.info({ event: 'setters-unknown', reason: String(error) }, 'who set presences is not told');
    return [];
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
