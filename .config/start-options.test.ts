import { describe, expect, it } from 'vitest';
import { nodeOptionsIn, readStartOptions } from './start-options.ts';

describe('start options', () => {
  it('are those between node and the program', () => {
    const manifest = '{ "scripts": { "start": "pnpm build && node --one=1 --two apps/bff/src/main.ts" } }';
    expect(nodeOptionsIn(manifest)).toEqual(['--one=1', '--two']);
  });

  it('say so when nothing starts the program', () => {
    expect(() => nodeOptionsIn('{ "scripts": {} }')).toThrow(/no script that starts/);
  });

  it('leave out the file of settings: the bench makes its own', () => {
    expect(readStartOptions().filter((option) => option.startsWith('--env-file'))).toEqual([]);
  });
});
