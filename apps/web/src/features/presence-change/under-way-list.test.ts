import type { PresenceChangeView, PresenceHoldView } from '@floorwatch/contracts';
import { expect, test } from 'vitest';
import { marksOf, sortUnderWay } from './under-way-list.ts';

const AT = '2026-08-15T08:00:00.000Z';
const BREAK = { definitionId: 'break', label: 'Break', system: 'break', message: null } as const;

const change = (agentId: string, more: Partial<PresenceChangeView> = {}): PresenceChangeView => ({
  id: `change-of-${agentId}`,
  agentId,
  kind: 'presence',
  cause: 'direct',
  state: 'accepted',
  wanted: BREAK,
  before: null,
  now: null,
  replaced: null,
  problem: null,
  requestedAt: AT,
  settledAt: null,
  undoableUntil: null,
  by: { kind: 'person', name: 'Mia' },
  correlationId: 'c-1',
  ...more,
});

const hold = (agentId: string, ended: PresenceHoldView['ended'] = null): PresenceHoldView => ({
  id: `hold-of-${agentId}`,
  agentId,
  wanted: BREAK,
  by: { kind: 'person', name: 'Mia' },
  since: AT,
  endsAt: AT,
  reasserted: 0,
  ended,
});

test('a tile says the change that is nearest to happen, and nothing of what is over', () => {
  const marks = marksOf(
    [
      change('ana', { state: 'waiting' }),
      change('ana'),
      change('ben', { state: 'confirmed' }),
      change('cem', { state: 'waiting' }),
    ],
    [hold('cem'), hold('dea'), hold('eve', { at: AT, why: 'time', reason: 'Its time was up.' })],
  );
  expect(Object.fromEntries(marks)).toEqual({ ana: 'pending', cem: 'waiting', dea: 'held' });
});

test('the single changes of a bulk and of a hold are not told a second time', () => {
  const listed = sortUnderWay({
    changes: [change('ana', { cause: 'bulk' }), change('ben', { cause: 'hold' }), change('cem')],
    holds: [],
    bulks: [],
  });
  expect(listed.going.map(({ agentId }) => agentId)).toEqual(['cem']);
});
