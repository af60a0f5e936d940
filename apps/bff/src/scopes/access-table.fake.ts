import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { PersonaName } from '../sessions/signed-in-floor.fake.ts';

/** One cell of the table in `docs/access.md`: what somebody gets who asks for an agent of a division. */
export interface AccessCell {
  /** `GET /api/agents/:id`, or the type of a socket message. */
  readonly what: string;
  /** Null for somebody who is not signed in. */
  readonly persona: PersonaName | null;
  /** Whether an agent of the team lead's division is asked for, or one of another. */
  readonly division: 'own' | 'another';
  /** `200`, `404`, `left out`, `sent`, `–`. */
  readonly expected: string;
}

const COLUMNS = new Map<string, Pick<AccessCell, 'persona' | 'division'>>([
  ['Signed out', { persona: null, division: 'own' }],
  ['No rights', { persona: 'agent', division: 'own' }],
  ['Viewer', { persona: 'viewer', division: 'another' }],
  ['Team lead, own division', { persona: 'team-lead', division: 'own' }],
  ['Team lead, another division', { persona: 'team-lead', division: 'another' }],
  ['Supervisor', { persona: 'supervisor', division: 'another' }],
  ['Admin', { persona: 'admin', division: 'another' }],
]);

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Reads the table of routes and messages. */
export const readAccessTable = (): AccessCell[] => {
  const lines = readFileSync(new URL('../../../../docs/access.md', import.meta.url), 'utf8').split('\n');
  const head = lines.findIndex((line) => line.startsWith('| Request or message'));
  const [, ...columns] = cellsOf(lines[head] ?? expect.fail('docs/access.md has no table of requests and messages'));
  const rows = lines.slice(head + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .flatMap((line) => {
      const [what = '', ...cells] = cellsOf(line);
      expect(cells, line).toHaveLength(columns.length);
      return cells.map((expected, index) => {
        const column =
          COLUMNS.get(columns[index] ?? '') ?? expect.fail(`the column ${String(columns[index])} is unknown`);
        return { what: what.replaceAll('`', ''), ...column, expected };
      });
    });
};
