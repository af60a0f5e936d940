import { describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './test-reports.ts';

describe('the figures of vitest', () => {
  const report = (testResults: unknown[], counts: object): string => JSON.stringify({ ...counts, testResults });

  it('are read from its report, todos counting as skipped', () => {
    const text = report([], { numPassedTests: 12, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 });
    expect(readVitestReport(text)).toEqual({ passed: 12, failed: 2, skipped: 4 });
  });

  it('count a file that could not be loaded as a failure, and a file with failed tests only by those', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(readVitestReport(report(files, { numPassedTests: 2, numFailedTests: 1 }))).toEqual({
      passed: 2,
      failed: 2,
      skipped: 0,
    });
  });

  it.each(['', '{"numPassed', '[]', 'null', '{}'])('are not made up from %j', (text) => {
    expect(readVitestReport(text)).toBeNull();
  });
});

describe('the figures of Playwright', () => {
  it('are read from its report, flaky counting as failed', () => {
    const text = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 1 } });
    expect(readPlaywrightReport(text)).toEqual({ passed: 5, failed: 3, skipped: 1 });
  });

  it.each(['', '{"stats":', '{}', '{"stats":{}}'])('are not made up from %j', (text) => {
    expect(readPlaywrightReport(text)).toBeNull();
  });
});
