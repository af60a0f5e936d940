import type { Figures } from './test-figures.ts';

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
