import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './run-command.ts';
import { readStartCommand, startCommandIn } from './start-command.ts';

describe('the start command', () => {
  it('has options between node and the program, and a folder for what is compiled', () => {
    const start =
      'pnpm build && NODE_COMPILE_CACHE=some/folder exec node --one=1 --env-file=a --two apps/bff/src/main.ts';
    expect(startCommandIn(`{ "scripts": { "start": "${start}" } }`)).toEqual({
      nodeOptions: ['--one=1', '--two'],
      compileCache: resolve(ROOT, 'some/folder'),
    });
  });

  it('is missed where nothing starts the program', () => {
    expect(() => startCommandIn('{ "scripts": {} }')).toThrow(/no script that starts/);
  });

  it('of this repository keeps what is compiled where tools keep their files', () => {
    expect(readStartCommand().compileCache).toBe(resolve(ROOT, 'node_modules/.cache/compiled'));
  });
});
