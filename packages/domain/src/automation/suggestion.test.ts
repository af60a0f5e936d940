import { expect, it } from 'vitest';
import { SOON_MS, suggestionOf, type PlannedAgainstDone } from './suggestion.ts';

const NOW = Date.parse('2026-08-15T10:00:00Z');

const agent = (parts: Partial<PlannedAgainstDone>): PlannedAgainstDone => ({
  scheduled: 'onQueueWork',
  next: null,
  presence: 'onQueue',
  ...parts,
});

it.each<[string, Partial<PlannedAgainstDone>, unknown]>([
  ['a break that is due', { scheduled: 'break' }, { kind: 'break-due', category: 'break', system: 'break', at: null }],
  ['a meal taken as a break', { scheduled: 'meal', presence: 'break' }, { kind: 'break-due', system: 'meal' }],
  ['a break that is over', { presence: 'break' }, { kind: 'back-due', category: 'onQueueWork', system: 'onQueue' }],
  ['work off the queue after a meal', { scheduled: 'offQueueWork', presence: 'meal' }, { system: 'available' }],
  [
    'training that begins soon',
    { next: { category: 'training', at: NOW + SOON_MS } },
    { kind: 'starts-soon', system: 'training', at: NOW + SOON_MS },
  ],
])('%s is suggested', (_title, parts, wanted) => {
  expect(suggestionOf(agent(parts), NOW)).toMatchObject(wanted as object);
});

it.each<[string, Partial<PlannedAgainstDone>]>([
  ['does what is planned', { scheduled: 'break', presence: 'break' }],
  ['is offline', { scheduled: 'break', presence: 'offline' }],
  ['has not been seen', { scheduled: 'break', presence: null }],
  ['is planned by nobody', { scheduled: null, presence: 'break' }],
  ['is in a break outside the shift', { scheduled: 'unscheduled', presence: 'break' }],
  ['has training in more than five minutes', { next: { category: 'training', at: NOW + SOON_MS + 1 } }],
  ['has a break soon: it comes when it is due', { next: { category: 'break', at: NOW + 60_000 } }],
  ['is in the meeting already', { presence: 'meeting', next: { category: 'meeting', at: NOW + 60_000 } }],
  ['had training that has begun', { next: { category: 'training', at: NOW } }],
])('nothing is suggested for an agent who %s', (_title, parts) => {
  expect(suggestionOf(agent(parts), NOW)).toBeNull();
});
