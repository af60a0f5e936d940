import type { UpstreamHealth } from '@floorwatch/contracts';
import { describe, expect, test } from 'vitest';
import { noticeFor, type LiveCondition } from './connection-words.ts';

const LIVE: UpstreamHealth = {
  state: 'live',
  hop: null,
  since: null,
  dataAt: null,
  message: null,
  agentsLive: 1003,
  agentsTotal: 1003,
};

const condition = (parts: Partial<LiveCondition> = {}): LiveCondition => ({
  freshness: { kind: 'live', ageMs: 400 },
  connection: { kind: 'open' },
  upstream: LIVE,
  ...parts,
});

const waiting = {
  kind: 'waiting',
  attempt: 4,
  retryAtMs: 0,
  problem: {
    message: 'Floorwatch is restarting.',
    correlationId: null,
    retryAfterMs: null,
    isNotReady: false,
  },
} as const;

const stale = { kind: 'stale', ageMs: 95_000, sinceMs: Date.parse('2026-08-15T08:00:00Z') } as const;

describe('the banner', () => {
  test('is silent while all is well', () => {
    expect(noticeFor(condition())).toBeNull();
  });

  test('says at once that the connection was lost, before the data is old', () => {
    expect(noticeFor(condition({ connection: waiting }))).toMatchObject({
      tone: 'warn',
      title: 'Floorwatch is restarting.',
    });
  });

  test('says how old late data is', () => {
    const freshness = { ...stale, kind: 'late', ageMs: 14_000, hop: 'floorwatch' } as const;
    expect(noticeFor(condition({ freshness }))?.title).toMatch(
      /^The data is 14 s old\. Floorwatch does not answer this browser since \d\d:\d\d:\d\d \S+\.$/,
    );
  });

  test.each([
    ['floorwatch', 'Floorwatch does not answer this browser'],
    ['sign-in', 'Floorwatch cannot sign in to Genesys Cloud'],
    ['api', 'Genesys Cloud does not answer Floorwatch'],
    ['push', 'Genesys Cloud sends no events to Floorwatch'],
  ] as const)('names the broken hop of stale data: %s', (hop, words) => {
    const notice = noticeFor(condition({ freshness: { ...stale, hop } }));
    expect(notice).toMatchObject({ tone: 'alarm' });
    expect(notice?.title).toContain(words);
    expect(notice?.detail).toContain('timers have stopped');
  });

  test('passes on what Floorwatch says of the platform, but not when Floorwatch itself is silent', () => {
    const upstream = { ...LIVE, state: 'down', hop: 'api', message: 'HTTP 503, trying again' } as const;
    const detail = (hop: 'api' | 'floorwatch') =>
      noticeFor(condition({ upstream, freshness: { ...stale, hop } }))?.detail;
    expect(detail('api')).toContain('HTTP 503');
    expect(detail('floorwatch')).not.toContain('HTTP 503');
  });

  test('counts the agents that are live while some are not', () => {
    const partial = { ...LIVE, state: 'partial', agentsLive: 941, message: 'channel 2 is down' } as const;
    expect(noticeFor(condition({ upstream: partial }))).toEqual({
      tone: 'warn',
      title: '941 of 1,003 agents are live.',
      detail: 'channel 2 is down',
    });
  });
});
