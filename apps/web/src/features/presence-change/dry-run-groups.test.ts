import { expect, test } from 'vitest';
import { groupOf, includedIn, type DryRunAgent } from './dry-run-groups.ts';

const agent = (agentId: string, more: Partial<DryRunAgent> = {}): DryRunAgent => ({
  agentId,
  etag: `"${agentId}"`,
  current: null,
  verdict: {
    verdict: 'allow',
    reason: 'Nothing is planned',
    scheduled: null,
    next: null,
    effective: 'allow',
    unknownPolicy: null,
  },
  effects: [],
  obstacles: [],
  ...more,
});

const FREE = agent('free');
const BLOCKED = agent('blocked', { obstacles: ['schedule-blocks'] });
const OFFLINE = agent('offline', { obstacles: ['schedule-blocks', 'agent-offline'] });
const THERE = agent('there', { effects: ['nothing-changes'] });
const GONE = agent('gone', { etag: null, obstacles: ['agent-gone'] });
const ALL = [FREE, BLOCKED, OFFLINE, THERE, GONE];

const idsWith = (excluded: readonly string[], overrides: boolean): string[] =>
  includedIn(ALL, { excluded: new Set(excluded), overrides }).map(({ agentId }) => agentId);

test('whom only the schedule stops can be overridden, whom anything else stops cannot', () => {
  expect(ALL.map(groupOf)).toEqual(['go', 'blocked', 'impossible', 'nothing', 'impossible']);
  expect(idsWith([], false)).toEqual(['free']);
  expect(idsWith([], true)).toEqual(['free', 'blocked']);
});

test('nobody is sent who was left out by hand, or is there already', () => {
  expect(idsWith(['free'], true)).toEqual(['blocked']);
});
