import type { Actor } from '@floorwatch/contracts';
import type { AgentRow, Presence, Since } from '@floorwatch/domain';
import { activityHolding, presenceHolding, routingHolding } from './holdings.ts';
import type { Holding, LaneKind, LaneSegment } from './lane.ts';

/** From `at` on (ms, platform clock) this holds on a lane, as the live floor told. */
export interface LivePoint {
  readonly at: number;
  readonly exact: boolean;
  readonly holding: Holding;
}

export type LiveLane = Exclude<LaneKind, 'schedule'>;

/** What the live floor told of one agent since the page was opened. Immutable. */
export interface LiveTail {
  readonly row: AgentRow | null;
  readonly points: Readonly<Record<LiveLane, readonly LivePoint[]>>;
}

export const NO_TAIL: LiveTail = { row: null, points: { presence: [], routing: [], activity: [] } };

/** More than the API can be behind by; older ones it knows. */
const POINTS_KEPT = 500;

export interface RowNames {
  /** The organisation's word for a presence definition; null where it is not known. */
  readonly labelOf: (definitionId: string) => string | null;
  readonly setterOf: (presence: Presence) => Actor;
}

/** Adds what a new row of the agent tells. */
export const noteRow = (tail: LiveTail, row: AgentRow, { labelOf, setterOf }: RowNames): LiveTail => {
  const { presence, routing } = row.state;
  const { points } = tail;
  const labelIn = (definitionId: string | null) => (definitionId === null ? null : labelOf(definitionId));
  return {
    row,
    points: {
      presence:
        presence === null
          ? points.presence
          : add(
              points.presence,
              presence.since,
              presenceHolding({
                ...presence,
                label: labelIn(presence.definitionId),
                actor: setterOf(presence),
                source: 'event',
              }),
            ),
      routing:
        routing === null
          ? points.routing
          : add(points.routing, routing.since, routingHolding({ routing: routing.state, source: 'event' })),
      activity: add(points.activity, lastChangeOf(row), activityHolding(row)),
    },
  };
};

/**
 * When the activity on the lane began: the latest change of a fact that decides it. That is not the time in activity: who
 * finishes a call on a break is on that break for as long as the break lasts, but on the lane it begins after the call.
 */
const lastChangeOf = ({ state }: AgentRow): Since | null => {
  const changes = [state.presence?.since, state.routing?.since, state.contacts?.since].filter(
    (since) => since !== undefined,
  );
  return changes.toSorted((a, b) => a.at - b.at).at(-1) ?? null;
};

const add = (points: readonly LivePoint[], since: Since | null, holding: Holding): readonly LivePoint[] => {
  if (since === null) return points;
  const last = points.at(-1);
  if (last?.holding.key === holding.key) {
    const isNewsOfSetter =
      last.at === since.at && holding.actor !== null && !sameActor(holding.actor, last.holding.actor);
    return isNewsOfSetter ? [...points.slice(0, -1), { ...last, holding }] : points;
  }
  return [...points, { at: since.at, exact: since.exact, holding }].slice(-POINTS_KEPT);
};

const sameActor = (a: Actor, b: Actor | null): boolean => a.by === b?.by && a.name === b?.name;

/** Who set a presence is often known only after the API was asked. */
const withSetterHeard = (told: LaneSegment | undefined, points: readonly LivePoint[]): LaneSegment | undefined => {
  if (told?.actor?.by !== 'unknown') return told;
  const actor =
    points.find(({ at, holding }) => at === told.from && holding.key === told.key)?.holding.actor ?? told.actor;
  return actor.by === 'unknown' ? told : { ...told, actor };
};

/**
 * A lane as the API told it, carried on to `until` (ms) by what the live floor told since. What the API has told wins:
 * a live point counts only if it is newer than the last change the API knows, so the answer that brings the same change
 * later doubles nothing, and one that does not have it yet loses nothing.
 */
export const growLane = (told: readonly LaneSegment[], points: readonly LivePoint[], until: number): LaneSegment[] => {
  const lane = [...told];
  const lastTold = withSetterHeard(lane.pop(), points);
  if (lastTold !== undefined) lane.push(lastTold);
  const newer = points.filter(({ at }) => lastTold === undefined || at > lastTold.from);
  for (const { at, exact, holding } of newer.toSorted((a, b) => a.at - b.at)) {
    const last = lane.at(-1);
    if (at >= until || last?.key === holding.key) continue;
    if (last !== undefined && last.from === at) lane.pop();
    else if (last !== undefined) lane[lane.length - 1] = { ...last, to: at, isOngoing: false };
    lane.push({ ...holding, from: at, to: until, startsExactly: exact, isOngoing: true });
  }
  const last = lane.at(-1);
  if (last !== undefined && (last !== lastTold || last.isOngoing))
    lane[lane.length - 1] = { ...last, to: Math.max(last.to, until), isOngoing: true };
  return lane;
};
