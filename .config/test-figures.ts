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

/** Reads vitest's JSON report. A file that could not even be loaded has no tests to count and counts as one failure. */
export const readVitestReport = (text: string): Figures | null => {
  const report = parseObject(text);
  const passed = report?.['numPassedTests'];
  const failed = report?.['numFailedTests'];
  const files = report?.['testResults'];
  if (typeof passed !== 'number' || typeof failed !== 'number' || !Array.isArray(files)) return null;
  const brokenFiles = files.filter(isBrokenFile).length;
  const skipped = countOf(report?.['numPendingTests']) + countOf(report?.['numTodoTests']);
  return { passed, failed: failed + brokenFiles, skipped };
};

/** Reads Playwright's JSON report. A flaky test is a failed one: it says yes and no to the same question. */
export const readPlaywrightReport = (text: string): Figures | null => {
  const stats = parseObject(text)?.['stats'];
  if (!isObject(stats)) return null;
  const { expected, unexpected, flaky, skipped } = stats;
  if (typeof expected !== 'number' || typeof unexpected !== 'number') return null;
  return { passed: expected, failed: unexpected + countOf(flaky), skipped: countOf(skipped) };
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const parseObject = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

const countOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

const isBrokenFile = (file: unknown): boolean => {
  if (!isObject(file) || file['status'] !== 'failed') return false;
  const tests = file['assertionResults'];
  return !Array.isArray(tests) || !tests.some((test) => isObject(test) && test['status'] === 'failed');
};
