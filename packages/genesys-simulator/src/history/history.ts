import type { RoutingStatusName } from '../floor/live-state.ts';
import type { ScenarioEngine } from '../floor/scenario-engine.ts';
import type { UserProfile } from '../org/user-profile.ts';
import { LifeLog } from './life-log.ts';
import { toSegments, type PresenceSegment, type PresenceValue, type RoutingSegment, type Turn } from './segment.ts';

/** Virtual instants, ms; `to` is not part of it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * What agents did, at any time: before the floor opened as the roster and the seed have it, since then as it happened.
 * The two meet without a seam, because the floor opens where the past leaves off.
 */
export class History {
  readonly #engine: ScenarioEngine;
  readonly #life: LifeLog;

  constructor(engine: ScenarioEngine, agentCount: number) {
    this.#engine = engine;
    this.#life = new LifeLog(engine, agentCount);
  }

  presenceSegments(profile: UserProfile, interval: Interval): PresenceSegment[] {
    const turns = [...this.#pastPresence(profile, interval), ...this.#life.presenceTurns(profile.id)];
    return toSegments(turns, interval);
  }

  routingSegments(profile: UserProfile, interval: Interval): RoutingSegment[] {
    const turns = [...this.#pastRouting(profile, interval), ...this.#life.routingTurns(profile.id)];
    return toSegments(turns, interval);
  }

  #pastPresence(profile: UserProfile, { from, to }: Interval): Turn<PresenceValue>[] {
    const { roster } = this.#engine;
    const until = Math.min(to, roster.openedAt);
    const turns = roster
      .shiftsBetween(profile, Math.min(from, roster.openedAt), until)
      .flatMap(({ steps }) => steps)
      .filter(({ startsAt }) => startsAt <= roster.openedAt)
      .map(({ startsAt, change }) => ({
        at: Math.round(startsAt),
        value: { definitionId: change.definition.id, systemPresence: change.definition.systemPresence },
      }));
    return dropRepeats(turns, (a, b) => a.definitionId === b.definitionId);
  }

  /** Contact by contact: handling and after-call work are one status to routing. */
  #pastRouting(profile: UserProfile, { from, to }: Interval): Turn<RoutingStatusName>[] {
    const { roster, past } = this.#engine;
    const start = Math.max(roster.horizon, Math.min(from, roster.openedAt));
    const first = past.at(profile, start);
    const later = roster
      .shiftsBetween(profile, start, Math.min(to, roster.openedAt))
      .flatMap((shift) => past.ofShift(profile, shift))
      .filter(({ startsAt }) => startsAt > first.startsAt && startsAt <= roster.openedAt);
    const turns = [first, ...later].map(({ statusSince, status }) => ({ at: statusSince, value: status }));
    return dropRepeats(turns, (a, b) => a === b);
  }
}

const dropRepeats = <Value>(turns: readonly Turn<Value>[], isSame: (a: Value, b: Value) => boolean): Turn<Value>[] =>
  turns.filter(({ value }, index) => {
    const before = turns[index - 1];
    return before === undefined || !isSame(before.value, value);
  });
