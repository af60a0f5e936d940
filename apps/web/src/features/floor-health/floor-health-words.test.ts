import { expect, test } from 'vitest';
import {
  ago,
  budgetShare,
  budgetWords,
  channelNote,
  checkWords,
  platformWords,
  sampleWords,
  upstreamWords,
} from './floor-health-words.ts';
import { at, NOW, WELL } from './health-report.fake.ts';

test('ages are counted on the server’s clock', () => {
  expect(ago(at(-61), NOW)).toBe('61 s ago');
  expect(ago(null, NOW)).toBe('never');
});

test('a lost channel says why, how often it was tried, and when it is tried next', () => {
  const [live, lost] = WELL.channels;
  expect(live && channelNote(live, NOW)).toBeNull();
  expect(lost && channelNote(lost, NOW)).toBe('the socket closed · attempt 3 · next try in 4 s');
});

test('the budget shows its share, and a pause with its end', () => {
  expect(budgetShare(WELL)).toBe(0.2);
  expect(budgetShare({ ...WELL, budget: { ...WELL.budget, allowed: null } })).toBeNull();
  expect(budgetWords({ ...WELL, budget: { ...WELL.budget, pausedUntil: at(20) } })).toEqual({
    tone: 'alarm',
    text: 'Paused by Genesys Cloud, goes on in 20 s',
  });
  const platform = { breaker: 'open', since: at(-9), reason: 'no answer' } as const;
  expect(budgetWords({ ...WELL, platform })).toMatchObject({
    tone: 'alarm',
    text: expect.stringMatching(/^Held back/) as string,
  });
});

test('a check of answers is believed, doubted, or closed off until its probe', () => {
  const lastRejection = { at: at(-5), known: 500, named: 320 };
  expect(checkWords(WELL.reads, NOW).tone).toBe('good');
  expect(checkWords({ ...WELL.reads, rejections: 1, rejectionsInARow: 1, lastRejection }, NOW)).toEqual({
    tone: 'warn',
    text: 'Not believed; last 5 s ago: named 320 of 500',
  });
  const open = { breaker: 'open', rejections: 3, rejectionsInARow: 3, lastRejection, nextProbeAt: at(42) } as const;
  expect(checkWords(open, NOW)).toEqual({
    tone: 'alarm',
    text: 'Breaker open after 3 rejections in a row; probe in 42 s',
  });
});

test('background calls that are held back say since when and why', () => {
  expect(platformWords(WELL).tone).toBe('good');
  const platform = { breaker: 'open', since: at(-7), reason: 'Genesys Cloud answered 503' } as const;
  expect(platformWords({ ...WELL, platform }).text).toBe(
    'Breaker open for 7 s: one probe a second. Genesys Cloud answered 503',
  );
});

test('divergence is a share of the last sample, and says when everybody was read again', () => {
  expect(sampleWords(WELL)).toMatchObject({ figure: '–', text: 'no sample yet, next in 30:00' });
  const last = { at: at(-60), compared: 240, diverged: 5, refreshed: false };
  expect(sampleWords({ ...WELL, sample: { nextAt: null, last } })).toMatchObject({ figure: '2.1 %', tone: 'good' });
  const bad = { ...last, diverged: 48, refreshed: true };
  expect(sampleWords({ ...WELL, sample: { nextAt: null, last: bad } })).toMatchObject({
    figure: '20 %',
    tone: 'warn',
    text: '48 of 240, 60 s ago; everybody was read again',
  });
});

test.each(['live', 'starting', 'partial', 'down'] as const)('%s has words of its own', (state) => {
  expect(upstreamWords({ ...WELL, upstream: { ...WELL.upstream, state } }).text).not.toBe('');
});
