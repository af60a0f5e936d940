import { divisionId, type DivisionScope } from '@floorwatch/domain';
import { expect, test } from 'vitest';
import { isGranted, rightsOf } from './rights.ts';

const [SALES, SUPPORT] = [divisionId('sales'), divisionId('support')];

const role = (parts: { domain?: string; entityName?: string; actions?: string[]; condition?: string }) => ({
  role: { policies: [{ domain: 'presence', entityName: 'userPresence', actions: ['edit'], ...parts }] },
});

const EDIT = 'presence:userPresence:edit';

test('a permission is granted by its name or by a star in any place', () => {
  expect(isGranted([role({})], EDIT)).toBe(true);
  expect(isGranted([role({ actions: ['*'] })], EDIT)).toBe(true);
  expect(isGranted([role({ entityName: '*' })], EDIT)).toBe(true);
  expect(isGranted([role({ domain: '*' })], EDIT)).toBe(true);
  expect(isGranted([role({ actions: ['view'] })], EDIT)).toBe(false);
  expect(isGranted([role({ domain: 'routing' })], EDIT)).toBe(false);
  expect(isGranted([{}, { role: {} }], EDIT)).toBe(false);
});

test('a policy under a condition does not count', () => {
  expect(isGranted([role({ condition: 'something' })], EDIT)).toBe(false);
  expect(isGranted([role({ condition: '' })], EDIT)).toBe(true);
});

test('a right of two permissions holds where both do', () => {
  const where = (edit: DivisionScope, plan: DivisionScope): DivisionScope | undefined =>
    rightsOf(
      new Map([
        [EDIT, edit],
        ['wfm:schedule:edit', plan],
      ]),
    ).get('override-verdict');
  expect(where('all', 'all')).toBe('all');
  expect(where('all', new Set([SALES]))).toEqual(new Set([SALES]));
  expect(where(new Set([SALES, SUPPORT]), 'all')).toEqual(new Set([SALES, SUPPORT]));
  expect(where(new Set([SALES]), new Set([SUPPORT]))).toBeUndefined();
});

test('a right without any of its permissions is nowhere', () => {
  expect(rightsOf(new Map()).size).toBe(0);
  expect([...rightsOf(new Map([[EDIT, 'all']])).keys()]).toEqual(['change-presence']);
});
