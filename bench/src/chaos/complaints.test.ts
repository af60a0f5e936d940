import { expect, test } from 'vitest';
import { complaintsIn } from './complaints.ts';

const WELL = 'Floorwatch watches Demo organisation: http://127.0.0.1:8080\n';

test('a process that ended in order without a word of trouble has no complaints', () => {
  expect(complaintsIn({ exitCode: 0, output: `${WELL}{"level":40,"msg":"a warning"}\n` })).toEqual([]);
});

test.each([
  ['an error in the log', { exitCode: 0, output: `${WELL}{"level":50,"msg":"unhandled"}\n` }, /unhandled/],
  ['a stack that nobody caught', { exitCode: 1, output: `${WELL}TypeError: x is not a function\n` }, /TypeError/],
  ['an exit code', { exitCode: 1, output: WELL }, /code 1/],
  ['a signal', { exitCode: null, output: WELL }, /signal/],
])('%s is one', (_, ended, words) => {
  expect(complaintsIn(ended).join('\n')).toMatch(words);
});
