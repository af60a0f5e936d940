import { webhookFilter } from '@floorwatch/contracts';
import { describe, expect, it } from 'vitest';
import { WEBHOOK } from './some-webhook.fake.ts';
import { filterWords, prettyJson, stateOf, targetOf } from './webhook-words.ts';

const NAMES = { divisions: new Map([['d1', 'North']]), queues: new Map([['q1', 'Sales']]) };

describe('How a webhook is doing', () => {
  it('is told with what to do about it, and the secret that is lost comes first', () => {
    expect(stateOf(WEBHOOK, 'UTC')).toEqual({ word: 'Delivering', tone: 'good', advice: null });
    const failing = { state: 'failing', failingSince: '2026-08-15T08:00:00.000Z', lastError: 'answered 500' } as const;
    expect(stateOf({ ...WEBHOOK, ...failing }, 'Europe/Berlin').advice).toMatch(
      /^Since Sat 15 Aug 2026, 10:00:00: answered 500\./,
    );
    expect(stateOf({ ...WEBHOOK, state: 'paused', pausedBy: 'gone' }, 'UTC').tone).toBe('alarm');
    expect(stateOf({ ...WEBHOOK, state: 'paused', pausedBy: 'person' }, 'UTC').tone).toBe('quiet');
    expect(stateOf({ ...WEBHOOK, ...failing, isSecretKnown: false }, 'UTC').word).toBe('Secret lost');
  });
});

describe('What a webhook tells of', () => {
  it('is said by name, and cut where it is long', () => {
    const words = (filter: object): string => filterWords(webhookFilter.parse(filter), NAMES);
    expect(words({})).toBe('Every change of every agent');
    expect(words({ kinds: ['presence', 'routing'] })).toBe('Presence or routing status');
    expect(words({ divisions: ['d1'], queues: ['q1', 'q9'], teams: ['Blue'], activities: ['meal'] })).toBe(
      'Division North · queue Sales or q9 · team Blue · to or from meal',
    );
    expect(words({ teams: ['1', '2', '3', '4', '5', '6'] })).toBe('Team 1 or 2 or 3 or 4 or 2 more');
  });

  it('names a target without the path, which may be its password, and shows what is no JSON as it is', () => {
    expect(targetOf(WEBHOOK.url)).toBe('payroll.example');
    expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyJson('{"a":')).toBe('{"a":');
  });
});
