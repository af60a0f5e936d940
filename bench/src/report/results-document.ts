import type { BenchReport } from './finding.ts';
import { describeMachine, type MachineFacts } from './machine.ts';
import { renderTable } from './table.ts';

export interface Results {
  readonly machine: MachineFacts;
  readonly reports: readonly (BenchReport & { readonly name: string })[];
  /** Problems of benchmarks that did not come to an end. */
  readonly failures: readonly string[];
}

/** The text of RESULTS.md. */
export const renderResults = ({ machine, reports, failures }: Results): string => {
  const findings = reports.flatMap((report) => report.findings);
  const missed = findings.filter(({ verdict }) => verdict === 'missed').length;
  const judged = findings.filter(({ verdict }) => verdict !== 'for information').length;
  return [
    '# Results of `pnpm bench`',
    describeMachine(machine),
    `${String(judged - missed)} of ${String(judged)} goals met. Server, simulator, load and peers share this machine, so look at the ratios first.`,
    renderTable(findings),
    ...failures.map((failure) => `**Not measured:** ${failure}`),
    '## How it was measured',
    ...reports.map(({ name, notes }) => [`### ${name}`, ...notes.map((note) => `- ${note}`)].join('\n')),
  ]
    .join('\n\n')
    .concat('\n');
};
