import type { PresenceDefinition } from '@floorwatch/contracts';
import { expect, test } from 'vitest';
import { foldName } from '../../live/fold-name.ts';
import { groupDefinitions } from './definition-groups.ts';

const definition = (more: Partial<PresenceDefinition>): PresenceDefinition => ({
  id: 'd',
  label: 'Break',
  system: 'break',
  isPrimary: false,
  isActive: true,
  divisionId: null,
  ...more,
});

const ALL: readonly PresenceDefinition[] = [
  definition({ id: 'idle', label: 'Idle', system: 'idle', isPrimary: true }),
  definition({ id: 'coffee', label: 'Café' }),
  definition({ id: 'break', label: 'Break', isPrimary: true }),
  definition({ id: 'queue', label: 'On Queue', system: 'onQueue', isPrimary: true }),
  definition({ id: 'old', label: 'Old break', isActive: false }),
  definition({ id: 'south', label: 'Siesta', divisionId: 'south' }),
];

const idsFor = (divisions: readonly string[], text = ''): string[] =>
  groupDefinitions(ALL, { divisions: new Set(divisions), text: foldName(text), fold: foldName }).flatMap((group) =>
    group.definitions.map(({ id }) => id),
  );

test('on queue comes first, a primary presence before its secondary ones, and nobody is set to idle', () => {
  expect(idsFor(['north'])).toEqual(['queue', 'break', 'coffee']);
});

test('a presence of one division is offered there only, an inactive one nowhere', () => {
  expect(idsFor(['south'])).toEqual(['queue', 'break', 'coffee', 'south']);
});

test('it is found by any part of the organisation’s word, accents or not', () => {
  expect(idsFor(['north'], 'cafe')).toEqual(['coffee']);
});
