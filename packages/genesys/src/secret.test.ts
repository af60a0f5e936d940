import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

test('a secret shows stars however it is printed', () => {
  const secret = new Secret('sesame');
  const printed = [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true }),
    [secret].join(),
  ];
  expect(printed.join(' ')).not.toContain('sesame');
  expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
});

test('a secret gives itself away only when asked', () => {
  expect(new Secret('sesame').reveal()).toBe('sesame');
});
