import { readActivity, type Activity } from '../activity/activity.ts';
import { hidesFact, type RecordedPast } from './lanes.ts';
import type { FactKind, FactValue, Transition } from './transition.ts';

type Fact<Kind extends FactKind> = Extract<FactValue, { kind: Kind }>;

/** What held of an agent at an instant; null where it cannot be known. */
export interface HeldFacts {
  readonly presence: Fact<'presence'> | null;
  readonly routing: Fact<'routing'> | null;
  readonly work: Fact<'work'> | null;
  readonly queues: Fact<'queues'> | null;
}

/** What a transition changed. Null where it cannot be known: nothing was recorded, or a gap hides it. */
export interface TransitionContext {
  /** What held before, of the same kind. */
  readonly previous: FactValue | null;
  /** What the agent was doing just before the instant of the transition. */
  readonly activityBefore: Activity | null;
  /** And from that instant on, with all that began at it. */
  readonly activityAfter: Activity | null;
  /** Everything that held just before the instant, and from it on. */
  readonly before: HeldFacts;
  readonly after: HeldFacts;
}

/**
 * Reads what a transition changed from its agent's past, by the truth table and by the gaps as the lanes do.
 * @param past of this agent, with the transition itself and the latest of each kind before it
 */
export const contextOf = (past: RecordedPast, { fact, at }: Pick<Transition, 'fact' | 'at'>): TransitionContext => {
  const before = factsAt(past, at - 1);
  const after = factsAt(past, at);
  return {
    previous: factAt(past, fact.kind, at - 1),
    activityBefore: activityOfFacts(before),
    activityAfter: activityOfFacts(after),
    before,
    after,
  };
};

const factsAt = (past: RecordedPast, instant: number): HeldFacts => ({
  presence: factAt(past, 'presence', instant),
  routing: factAt(past, 'routing', instant),
  work: factAt(past, 'work', instant),
  queues: factAt(past, 'queues', instant),
});

const factAt = <Kind extends FactKind>(
  { transitions, gaps }: RecordedPast,
  kind: Kind,
  instant: number,
): Fact<Kind> | null => {
  if (gaps.some((gap) => hidesFact(gap, kind) && gap.from <= instant && instant < gap.to)) return null;
  let latest: { readonly at: number; readonly fact: Fact<Kind> } | null = null;
  for (const { fact, at } of transitions)
    if (isOfKind(fact, kind) && at <= instant && (latest === null || at > latest.at)) latest = { at, fact };
  return latest?.fact ?? null;
};

const isOfKind = <Kind extends FactKind>(fact: FactValue, kind: Kind): fact is Fact<Kind> => fact.kind === kind;

const activityOfFacts = ({ presence, routing, work }: HeldFacts): Activity | null =>
  presence === null || routing === null
    ? null
    : readActivity(presence.presence, routing.routing, work?.work === 'afterCallWork').activity;
