import { presenceDefinitionId, type Presence } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { presenceEtag } from './presence-etag.ts';

const MEAL: Presence = {
  system: 'meal',
  definitionId: presenceDefinitionId('meal'),
  message: null,
  since: { at: 1000, exact: true },
};

test('a presence has another version when definition, message or instant is another, and only then', () => {
  const others: Presence[] = [
    { ...MEAL, definitionId: presenceDefinitionId('late-dinner') },
    { ...MEAL, message: 'soup' },
    { ...MEAL, since: { at: 1001, exact: true } },
    { ...MEAL, since: { at: 1000, exact: false } },
  ];
  expect(new Set([MEAL, ...others].map(presenceEtag)).size).toBe(5);
  expect(presenceEtag({ ...MEAL, message: '' })).toBe(presenceEtag(MEAL));
  expect(presenceEtag(MEAL)).toMatch(/^"[\w-]{22}"$/);
});

test('where the platform told no instant our reading time is not part of the version', () => {
  const at = (instant: number): Presence => ({ ...MEAL, since: { at: instant, exact: false } });
  expect(presenceEtag(at(1))).toBe(presenceEtag(at(2)));
});
