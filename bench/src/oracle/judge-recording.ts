import { agentId, WINDOW_MS, type AvailabilityWindow, type Interval, type RecordingStore } from '@floorwatch/domain';
import { addVerdicts, judgeTransitions, type TransitionVerdict } from './transition-verdict.ts';
import type { TrueFloor } from './true-lanes.ts';
import { judgeWindows, touches } from './window-verdict.ts';

/** Agents read from the store at once: three days of so many are some 100,000 transitions. */
const AGENTS_AT_ONCE = 25;

export interface RecordingEvidence {
  readonly store: Pick<RecordingStore, 'readTransitions' | 'readWindows' | 'readGaps'>;
  readonly truth: TrueFloor;
  /** From the floor's opening to the last closed window. */
  readonly range: Interval;
  /** Where events were late or lost; what is recorded as a gap of an agent counts as such by itself. */
  readonly blurred: readonly Interval[];
  readonly stepMs: number;
}

export interface RecordingVerdict {
  readonly transitions: TransitionVerdict;
  readonly windows: number;
  /** Of them, how many were not held to the step of the clock in the split of after-call work. */
  readonly blurredWindows: number;
  readonly windowProblems: readonly string[];
  readonly gaps: Readonly<Record<'open' | 'filled' | 'unknowable', number>>;
  /** Every problem in words; empty when recording is the truth. */
  readonly problems: readonly string[];
}

/** Holds everything in a store against everything that truly happened. */
export const judgeRecording = async (evidence: RecordingEvidence): Promise<RecordingVerdict> => {
  const { store, truth, blurred, stepMs } = evidence;
  const range = evidence.range;
  const windowRange = wholeWindows(range);
  const verdicts: TransitionVerdict[] = [];
  const windowProblems: string[] = [];
  const gaps = { open: 0, filled: 0, unknowable: 0 };
  let windows = 0;
  let blurredWindows = 0;
  for (const ids of inChunks(truth.agentIds)) {
    const agentIds = ids.map(agentId);
    const recorded = await store.readTransitions({ agentIds, from: range.from, to: range.to + 1 });
    const allWindows = Map.groupBy(await store.readWindows({ agentIds, ...windowRange }), ({ agentId: id }) => id);
    const allGaps = Map.groupBy(await store.readGaps({ agentIds, ...range }), ({ agentId: id }) => id);
    for (const userId of ids) {
      const lanes = truth.lanesOf(userId);
      const own: readonly AvailabilityWindow[] = allWindows.get(agentId(userId)) ?? [];
      const ownGaps = allGaps.get(agentId(userId)) ?? [];
      for (const { state } of ownGaps) gaps[state] += 1;
      const unsure = [...blurred, ...ownGaps];
      windows += own.length;
      blurredWindows += own.filter((window) => touches(window, unsure)).length;
      verdicts.push(judgeTransitions({ userId, lanes, range, transitions: recorded.get(agentId(userId)) ?? [] }));
      windowProblems.push(
        ...judgeWindows({ userId, lanes, range: windowRange, windows: own, blurred: unsure, stepMs }),
      );
    }
  }
  const transitions = addVerdicts(verdicts);
  return {
    transitions,
    windows,
    blurredWindows,
    windowProblems,
    gaps,
    problems: [
      ...transitions.missing.map((text) => `missing: ${text}`),
      ...transitions.doubled.map((text) => `doubled: ${text}`),
      ...transitions.invented.map((text) => `invented: ${text}`),
      ...windowProblems,
      ...(gaps.open + gaps.unknowable > 0
        ? [`${String(gaps.open)} gaps open, ${String(gaps.unknowable)} unknowable`]
        : []),
    ],
  };
};

/** The whole windows within a range. */
export const wholeWindows = ({ from, to }: Interval): Interval => ({
  from: Math.ceil(from / WINDOW_MS) * WINDOW_MS,
  to: Math.floor(to / WINDOW_MS) * WINDOW_MS,
});

const inChunks = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / AGENTS_AT_ONCE) }, (_, index) =>
    ids.slice(index * AGENTS_AT_ONCE, (index + 1) * AGENTS_AT_ONCE),
  );
