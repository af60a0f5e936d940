import type { Finding } from './finding.ts';

const HEAD = ['What', 'Measured', 'Peer', 'Ratio', 'Goal', 'Verdict'] as const;

/** The findings as a Markdown table, padded so that it reads well in a terminal too. */
export const renderTable = (findings: readonly Finding[]): string => {
  const rows = findings.map(({ what, measured, peer, ratio, goal, verdict }) => [
    what,
    measured,
    peer ?? '–',
    ratio ?? '–',
    goal,
    verdict,
  ]);
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};
