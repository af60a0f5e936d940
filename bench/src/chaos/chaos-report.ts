import type { ChaosResult } from './run-seed.ts';

const LISTED_PROBLEMS = 20;

/** What became of one run, as a person reads it. */
export const describeResult = ({ seed, problems, quietPoints, stream, struck, memoryBytes }: ChaosResult): string => {
  const slowest = Math.max(...quietPoints.map(({ settledAfterMs }) => settledAfterMs));
  const strikes = [...struck].filter(([, times]) => times > 0);
  return [
    `seed ${String(seed)}: ${problems.length === 0 ? 'nothing lost, doubled or wrong' : `${String(problems.length)} PROBLEMS`}`,
    `  transitions: ${String(stream.happened)} happened, ${String(stream.seen)} seen, ${String(stream.conflated)} conflated, ${String(stream.inGaps)} in gaps, ${String(stream.missing.length)} missing, ${String(stream.doubled.length)} doubled, ${String(stream.undated)} undated`,
    `  quiet points: ${String(quietPoints.length)}, the slowest true after ${(slowest / 1000).toFixed(1)} s; BFF memory ${String(Math.round(memoryBytes / 1e6))} MB`,
    `  faults that struck: ${strikes.map(([name, times]) => `${name} ${String(times)}`).join(', ') || 'none'}`,
    ...problems.slice(0, LISTED_PROBLEMS).map((text) => `  ✗ ${text}`),
    ...(problems.length > LISTED_PROBLEMS ? [`  … and ${String(problems.length - LISTED_PROBLEMS)} more`] : []),
  ].join('\n');
};

/** The sum over all runs, in one line, and how to see a failed one again. */
export const describeAll = (
  results: readonly ChaosResult[],
  { minutes, agents }: { minutes: number; agents: number },
): string => {
  const sum = (of: (result: ChaosResult) => number): number => results.reduce((total, one) => total + of(one), 0);
  const failed = results.filter(({ problems }) => problems.length > 0);
  return [
    `chaos: ${String(results.length)} seeds, ${String(results.length - failed.length)} well, ${String(failed.length)} failed; ` +
      `${String(sum(({ quietPoints }) => quietPoints.length))} quiet points, ${String(sum(({ stream }) => stream.happened))} transitions: ` +
      `${String(sum(({ stream }) => stream.seen))} seen, ${String(sum(({ stream }) => stream.conflated))} conflated, ` +
      `${String(sum(({ stream }) => stream.inGaps))} in gaps, ${String(sum(({ stream }) => stream.missing.length))} missing, ` +
      `${String(sum(({ stream }) => stream.doubled.length))} doubled`,
    ...failed.map(
      ({ seed }) =>
        `  again: pnpm chaos --seed ${String(seed)} --minutes ${String(minutes)} --agents ${String(agents)}`,
    ),
  ].join('\n');
};
