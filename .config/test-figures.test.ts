import { describe, expect, it } from 'vitest';
import {
  addFigures,
  judge,
  NOTHING,
  readPlaywrightReport,
  readVitestReport,
  summaryLine,
  type Figures,
} from './test-figures.ts';

const figures = (passed: number, failed: number, skipped: number): Figures => ({ passed, failed, skipped });

describe('the figures of vitest', () => {
  const report = (testResults: unknown[], counts: object): string => JSON.stringify({ ...counts, testResults });

  it('are read from its report, todos counting as skipped', () => {
    const text = report([], { numPassedTests: 12, numFailedTests: 2, numPendingTests: 1, numTodoTests: 3 });
    expect(readVitestReport(text)).toEqual(figures(12, 2, 4));
  });

  it('count a file that could not be loaded as a failure, and a file with failed tests only by those', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(readVitestReport(report(files, { numPassedTests: 2, numFailedTests: 1 }))).toEqual(figures(2, 2, 0));
  });

  it.each(['', '{"numPassed', '[]', 'null', '{}'])('are not made up from %j', (text) => {
    expect(readVitestReport(text)).toBeNull();
  });
});

describe('the figures of Playwright', () => {
  it('are read from its report, flaky counting as failed', () => {
    const text = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 1 } });
    expect(readPlaywrightReport(text)).toEqual(figures(5, 3, 1));
  });

  it.each(['', '{"stats":', '{}', '{"stats":{}}'])('are not made up from %j', (text) => {
    expect(readPlaywrightReport(text)).toBeNull();
  });
});

describe('a runner', () => {
  it('that passed is taken at its word', () => {
    expect(judge({ exitCode: 0, figures: figures(3, 0, 1) })).toEqual({ figures: figures(3, 0, 1), problem: null });
  });

  it('that failed by its tests is taken at its word', () => {
    expect(judge({ exitCode: 1, figures: figures(3, 2, 0) })).toEqual({ figures: figures(3, 2, 0), problem: null });
  });

  it('that crashed without a report counts as a failure', () => {
    const { figures: judged, problem } = judge({ exitCode: 0, figures: null });
    expect(judged).toEqual(figures(0, 1, 0));
    expect(problem).toContain('without a report');
  });

  it('that found no tests counts as a failure', () => {
    expect(judge({ exitCode: 0, figures: NOTHING }).figures).toEqual(figures(0, 1, 0));
  });

  it('that ended badly although all its tests passed counts as a failure', () => {
    const { figures: judged, problem } = judge({ exitCode: 3, figures: figures(7, 0, 0) });
    expect(judged).toEqual(figures(7, 1, 0));
    expect(problem).toContain('exit code 3');
  });
});

it('the last line adds up all runners', () => {
  const total = [figures(200, 0, 2), figures(14, 1, 0)].reduce(addFigures, NOTHING);
  expect(summaryLine(total)).toBe('tests: 214 passed, 1 failed, 2 skipped');
});
