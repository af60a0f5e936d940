import { describe, expect, it } from 'vitest';
import { addFigures, judge, NOTHING, summaryLine, type Figures } from './test-figures.ts';

const figures = (passed: number, failed: number, skipped: number): Figures => ({ passed, failed, skipped });

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
