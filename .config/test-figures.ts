/** What a runner found. */
export interface Figures {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What is left of a runner once it has ended. */
export interface RunnerEnd {
  readonly exitCode: number;
  /** What its report said; null where it wrote none that can be read. */
  readonly figures: Figures | null;
}

export const NOTHING: Figures = { passed: 0, failed: 0, skipped: 0 };

export const addFigures = (a: Figures, b: Figures): Figures => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** The one line a machine looks for at the end of `npm test`. */
export const summaryLine = ({ passed, failed, skipped }: Figures): string =>
  `tests: ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;

/**
 * A runner that says nothing, ran nothing, or failed without a failed test counts as one failure:
 * silence is never success.
 */
export const judge = ({ exitCode, figures }: RunnerEnd): { figures: Figures; problem: string | null } => {
  if (figures === null) return { figures: { ...NOTHING, failed: 1 }, problem: 'ended without a report' };
  if (figures.passed + figures.failed + figures.skipped === 0)
    return { figures: { ...NOTHING, failed: 1 }, problem: 'found no tests' };
  if (exitCode !== 0 && figures.failed === 0)
    return {
      figures: { ...figures, failed: 1 },
      problem: `failed (exit code ${String(exitCode)}) although none of its tests did`,
    };
  return { figures, problem: null };
};
