import { expect, test } from 'vitest';
import { toPresenceChange } from './presence-change.ts';

const EVENT = { entity: { id: 'ann' }, eventDate: '1970-01-01T00:00:01.000Z', level: 'USER', status: 'SUCCESS' };

test.each([
  ['the agent', { user: { id: 'ann', name: 'Ann' } }, { at: 1000, by: 'agent', name: 'Ann' }],
  ['somebody else', { user: { id: 'sue', name: 'Sue' } }, { at: 1000, by: 'supervisor', setter: 'sue', name: 'Sue' }],
  ['somebody without a name', { user: { id: 'sue' } }, { at: 1000, by: 'supervisor', setter: 'sue', name: null }],
  ['a client on its own', { client: { id: 'app' } }, { at: 1000, by: 'system', name: null }],
  ['the platform', { user: { id: 'ann' }, level: 'SYSTEM' }, { at: 1000, by: 'system', name: null }],
  ['nobody, for it failed', { user: { id: 'ann' }, status: 'FAILURE' }, null],
  ['nobody knows whose', { user: { id: 'ann' }, entity: {} }, null],
  ['nobody knows when', { user: { id: 'ann' }, eventDate: 'soon' }, null],
])('a presence is changed by %s', (_, parts, change) => {
  expect(toPresenceChange({ ...EVENT, ...parts })).toEqual(change && { agentId: 'ann', setter: null, ...change });
});
