import type { OracleResult } from './run-oracle.ts';

const LISTED_PROBLEMS = 20;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;

/** What became of a run, as a person reads it. */
export const describeOracle = ({
  recording,
  days,
  struck,
  range,
  livedMs,
  judgedMs,
  problems,
}: OracleResult): string => {
  const { transitions, windows, blurredWindows, windowProblems, gaps } = recording;
  const { recorded } = transitions;
  const strikes = [...struck].filter(([, times]) => times > 0);
  const isoOf = (at: number): string => new Date(at).toISOString();
  return [
    `oracle: ${problems.length === 0 ? 'what was recorded is what happened' : `${String(problems.length)} PROBLEMS`}`,
    `  from ${isoOf(range.from)} to ${isoOf(range.to)}, lived in ${seconds(livedMs)}, compared in ${seconds(judgedMs)}`,
    `  presence and routing status: ${String(transitions.happened)} changes happened; recorded ${String(recorded.event)} as told, ${String(recorded.snapshot)} read, ${String(recorded.analytics)} from the platform's history; ${String(transitions.missing.length)} missing, ${String(transitions.doubled.length)} doubled, ${String(transitions.invented.length)} invented`,
    `  windows: ${String(windows)}, wrong ${String(windowProblems.length)}; in ${String(blurredWindows)} of them the split of after-call work was not judged (events late or lost)`,
    `  gaps: ${String(gaps.filled)} filled, ${String(gaps.open)} open, ${String(gaps.unknowable)} unknowable`,
    `  days in Europe/Berlin of ${days.dayHours.join(', ') || 'no'} hours: ${String(days.compared)} figures compared, wrong ${String(days.problems.length)}`,
    `  faults that struck: ${strikes.map(([name, times]) => `${name} ${String(times)}`).join(', ') || 'none'}`,
    ...problems.slice(0, LISTED_PROBLEMS).map((text) => `  ✗ ${text}`),
    ...(problems.length > LISTED_PROBLEMS ? [`  … and ${String(problems.length - LISTED_PROBLEMS)} more`] : []),
  ].join('\n');
};
