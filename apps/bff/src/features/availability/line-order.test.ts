import type { AgentAvailabilityLine } from '@floorwatch/contracts';
import { ACCESSIBILITY, NO_TIME } from '@floorwatch/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFiguresReply } from './figures-reply.ts';
import { afterPosition, cursorOfLine, inOrder, readLineCursor, type LineOrder } from './line-order.ts';

const RANGE = { from: 0, to: 1, askedTo: 2, now: 1, retainedFrom: 0 };
const NO_FIGURES = toFiguresReply(NO_TIME, ACCESSIBILITY);

const line: fc.Arbitrary<AgentAvailabilityLine> = fc
  .record({
    agentId: fc.uuid(),
    name: fc.constantFrom('Ana', 'Bo', 'Bo', 'Zoë', 'agent 2', 'agent 10'),
    readyShare: fc.option(fc.constantFrom(0, 0.25, 0.5, 1)),
  })
  .map(({ readyShare, ...who }) => ({
    ...who,
    team: null,
    divisionId: null,
    total: { ...NO_FIGURES, readyShare },
    intervals: [],
  }));

const lines = fc.uniqueArray(line, { selector: ({ agentId }) => agentId, maxLength: 30 });
const order = fc.record({ sort: fc.constantFrom('name', 'readyShare'), order: fc.constantFrom('asc', 'desc') });

describe('lines of a team', () => {
  it('come each once, in order, by pages of any size', () => {
    fc.assert(
      fc.property(lines, order, fc.integer({ min: 1, max: 7 }), (all, how: LineOrder, limit) => {
        const sorted = inOrder(all, how);
        const paged: AgentAvailabilityLine[] = [];
        for (let rest = sorted; rest.length > 0;) {
          const page = rest.slice(0, limit);
          paged.push(...page);
          const last = page.at(-1) ?? expect.fail('a page has lines');
          rest = afterPosition(sorted, readLineCursor(cursorOfLine(last, { ...how, range: RANGE })), how);
        }
        expect(paged).toEqual(sorted);
        expect(sorted.map(({ agentId }) => agentId).toSorted()).toEqual(all.map(({ agentId }) => agentId).toSorted());
      }),
    );
  });

  it('without a figure come last in either order', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('asc', 'desc'), (all, direction: 'asc' | 'desc') => {
        const shares = inOrder(all, { sort: 'readyShare', order: direction }).map(({ total }) => total.readyShare);
        const known = shares.filter((share) => share !== null);
        expect(shares.slice(0, known.length)).toEqual(known);
      }),
    );
  });
});
