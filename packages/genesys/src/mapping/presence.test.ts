import { SYSTEM_PRESENCES } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { toPresence, toSystemPresence } from './presence.ts';

const NOW = Date.parse('2026-08-15T12:00:00.000Z');

test.each(['On Queue', 'OnQueue', 'ON_QUEUE', 'on queue', 'ONQUEUE'])('%j is on queue', (spelling) => {
  expect(toSystemPresence(spelling)).toBe('onQueue');
});

test('all ten are known in the spelling of REST and in that of events', () => {
  const words = ['Available', 'Away', 'Break', 'Busy', 'Idle', 'Meal', 'Meeting', 'Offline', 'On Queue', 'Training'];
  expect(words.map(toSystemPresence)).toEqual(SYSTEM_PRESENCES);
  expect(words.map((word) => toSystemPresence(word.toUpperCase().replace(' ', '_')))).toEqual(SYSTEM_PRESENCES);
});

test('a presence we do not know is not guessed', () => {
  expect(toSystemPresence('Sabbatical')).toBeNull();
  expect(toPresence({ presenceDefinition: { systemPresence: 'Sabbatical' } }, NOW)).toBeNull();
});

test('without its instant a presence has held since now at the latest', () => {
  const presence = toPresence({ presenceDefinition: { systemPresence: 'Break' }, modifiedDate: 'yesterday' }, NOW);
  expect(presence?.since).toEqual({ at: NOW, exact: false });
});

test('the message has another name inside an activity event', () => {
  const presenceDefinition = { systemPresence: 'MEAL' };
  expect(toPresence({ presenceDefinition, presenceMessage: 'soup' }, NOW)?.message).toBe('soup');
  expect(toPresence({ presenceDefinition, message: 'soup' }, NOW)?.message).toBe('soup');
  expect(toPresence({ presenceDefinition, presenceMessage: '' }, NOW)?.message).toBeNull();
});
