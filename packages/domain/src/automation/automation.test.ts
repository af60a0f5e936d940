import { expect, it } from 'vitest';
import { agentId, divisionId, queueId } from '../agent/ids.ts';
import { reachedBy, type AutomationTargets } from './automation.ts';

const row = (id: string, division: string | null, more: { team?: string; queues?: string[] } = {}) => ({
  profile: {
    id: agentId(id),
    name: id,
    divisionId: division === null ? null : divisionId(division),
    title: null,
    department: null,
    team: more.team ?? null,
  },
  queueIds: more.queues?.map(queueId) ?? null,
});

const NOBODY: AutomationTargets = { agentIds: [], teams: [], divisionIds: [], queueIds: [] };

const ROWS = [
  row('ann', 'north', { team: 'A' }),
  row('bob', 'north', { queues: ['billing'] }),
  row('cho', 'south', { team: 'A', queues: ['billing'] }),
  row('dan', null),
];

const names = (targets: Partial<AutomationTargets>, scope: 'all' | string[] | null = 'all'): string[] =>
  reachedBy({ ...NOBODY, ...targets }, Array.isArray(scope) ? new Set(scope.map(divisionId)) : scope, ROWS).map(
    ({ profile }) => profile.name,
  );

it('a rule reaches whoever is named, or is in a team, a division or a queue that is', () => {
  expect(names({ agentIds: [agentId('dan')], queueIds: [queueId('billing')] })).toEqual(['bob', 'cho', 'dan']);
  expect(names({ teams: ['A'] })).toEqual(['ann', 'cho']);
  expect(names({ divisionIds: [divisionId('north')] })).toEqual(['ann', 'bob']);
  expect(names({})).toEqual([]);
});

it('a rule never reaches beyond the divisions of its owner', () => {
  expect(names({ teams: ['A'], agentIds: [agentId('dan')] }, ['south'])).toEqual(['cho']);
  expect(names({ teams: ['A'] }, null)).toEqual([]);
});
