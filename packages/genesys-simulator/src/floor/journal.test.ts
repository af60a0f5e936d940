import { describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';

const fill = (journal: Journal, count: number): void => {
  for (let added = 0; added < count; added += 1)
    journal.append({
      seq: journal.nextSeq(),
      at: added,
      userId: 'u',
      part: 'outOfOffice',
      before: { active: false, modifiedAt: 0 },
      after: { active: true, modifiedAt: added },
    });
};

describe('journal', () => {
  it('is read in pages without gaps or repetitions', () => {
    const journal = new Journal(100);
    fill(journal, 70);
    const read: number[] = [];
    for (let page = journal.after(0, 32); page.length > 0; page = journal.after(read.at(-1) ?? 0, 32))
      read.push(...page.map(({ seq }) => seq));
    expect(read).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
  });

  it('forgets the oldest entries beyond its capacity and says from where it still knows', () => {
    const journal = new Journal(10);
    fill(journal, 25);
    expect([journal.firstSeq, journal.lastSeq]).toEqual([16, 25]);
    expect(journal.after(0, 3).map(({ seq }) => seq)).toEqual([16, 17, 18]);
    expect(journal.after(24, 10).map(({ seq }) => seq)).toEqual([25]);
  });
});
