import { describe, expect, it } from 'vitest';
import { compare, inform, judge, type Finding } from './finding.ts';
import { renderResults } from './results-document.ts';
import { renderTable } from './table.ts';

const latency = (value: number): Finding =>
  judge({ what: 'latency', goal: { value, limit: 150, bound: 'at most' }, unit: 'ms' });

describe('verdicts', () => {
  it.each([
    ['at most', 149, 'met'],
    ['at most', 150, 'met'],
    ['at most', 151, 'missed'],
    ['at least', 149, 'missed'],
    ['at least', 150, 'met'],
  ] as const)('%s 150: %d is %s', (bound, value, verdict) => {
    expect(judge({ what: 'x', goal: { value, limit: 150, bound }, unit: 'ms' }).verdict).toBe(verdict);
  });

  it('call a goal missed that could not be measured', () => {
    expect(latency(Number.NaN)).toMatchObject({ measured: 'not measured', verdict: 'missed' });
  });

  it('hold the ratio against the goal where there is a peer to beat', () => {
    expect(
      compare({ what: 'cpu', measured: '25 %', peer: '20 %', goal: { value: 1.251, limit: 1.25, bound: 'at most' } }),
    ).toMatchObject({ ratio: '1.25 ×', goal: '≤ 1.25 ×', verdict: 'missed' });
  });

  it('give the ratio to a peer that is there for comparison only', () => {
    const goal = { value: 60, limit: 58, bound: 'at least' } as const;
    expect(judge({ what: 'fps', goal, unit: 'fps', digits: 1, peer: 15 })).toMatchObject({
      measured: '60.0 fps',
      peer: '15.0 fps',
      ratio: '4.00 ×',
      verdict: 'met',
    });
  });
});

describe('renderTable', () => {
  it('lines up every column', () => {
    const lines = renderTable([latency(12), inform('memory', '240 MB')]).split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[2]).toMatch(/^\| latency +\| 12 ms +\| – +\| – +\| ≤ 150 ms \| met +\|$/);
  });
});

describe('renderResults', () => {
  const machine = {
    cores: 2,
    processor: 'a processor',
    memoryGb: 8,
    node: 'v24.21.0',
    date: '2026-11-21',
    idleShare: 0.974,
  };

  it('tells the machine, counts only goals, and names what failed', () => {
    const text = renderResults({
      machine,
      reports: [{ name: 'one', findings: [latency(12), latency(500), inform('p50', '3 ms')], notes: ['how'] }],
      failures: ['two: took longer than 5 minutes'],
    });
    expect(text).toContain('2026-11-21 · 2 cores (a processor), 8 GB · Node v24.21.0 · 97 % of the cores idle');
    expect(text).toContain('1 of 2 goals met.');
    expect(text).toContain('**Not measured:** two: took longer than 5 minutes');
    expect(text).toContain('### one\n- how');
  });
});
