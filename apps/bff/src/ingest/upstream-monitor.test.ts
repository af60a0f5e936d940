import { FakeClock } from '@floorwatch/domain/testing';
import { GenesysUnauthorized, GenesysUnavailable, type ChannelStatus } from '@floorwatch/genesys';
import { beforeEach, describe, expect, it } from 'vitest';
import { UpstreamMonitor, type ListDoubt } from './upstream-monitor.ts';

const CONTEXT = { method: 'GET', path: '/api/v2/users', correlationId: null };

describe('UpstreamMonitor', () => {
  let clock: FakeClock;
  let channels: ChannelStatus[];
  let inDoubt: number;
  let uncovered: number;
  let listDoubt: ListDoubt | null;
  let monitor: UpstreamMonitor;

  const channel = (index: number, changes: Partial<ChannelStatus> = {}): ChannelStatus => ({
    index,
    state: 'live',
    agents: 500,
    since: clock.now(),
    lastFrameAt: clock.now(),
    attempt: 0,
    nextAttemptAt: null,
    rejectedTopics: [],
    reason: null,
    ...changes,
  });

  beforeEach(() => {
    clock = new FakeClock(1_000_000);
    channels = [channel(0), channel(1)];
    inDoubt = 0;
    listDoubt = null;
    monitor = new UpstreamMonitor({
      clock,
      agentsTotal: () => 1000,
      agentsInDoubt: () => inDoubt,
      agentsUncovered: () => uncovered,
      channels: () => channels,
      listDoubt: () => listDoubt,
    });
    monitor.boardComplete();
  });

  it('is live only when every agent’s events arrive', () => {
    expect(monitor.health()).toMatchObject({ state: 'live', hop: null, dataAt: null, agentsLive: 1000 });
  });

  it('shows how far the loading has come, and what stops it', () => {
    const starting = new UpstreamMonitor({
      clock,
      agentsTotal: () => 0,
      agentsInDoubt: () => 0,
      agentsUncovered: () => 0,
      channels: () => [],
      listDoubt: () => null,
    });
    starting.loading({ loaded: 300, total: 1000 });
    expect(starting.health()).toMatchObject({ state: 'starting', hop: null, agentsLive: 300, agentsTotal: 1000 });
    starting.readFailed(new GenesysUnauthorized({ message: 'check the secret', context: CONTEXT }));
    expect(starting.health()).toMatchObject({ state: 'starting', hop: 'sign-in' });
    expect(starting.health().message).toContain('check the secret');
  });

  it('names the push hop and dates the data from the last frame of the broken channel', async () => {
    const heardAt = clock.now();
    await clock.advance(20_000);
    channels = [channel(0), channel(1, { state: 'lost', lastFrameAt: heardAt, reason: 'the socket closed' })];
    expect(monitor.health()).toMatchObject({
      state: 'partial',
      hop: 'push',
      since: clock.now(),
      dataAt: heardAt,
      message: 'the socket closed',
      agentsLive: 500,
    });
  });

  it('dates the data from the start of a complete re-reading once there was one', async () => {
    channels = [channel(0, { state: 'lost' }), channel(1, { state: 'lost' })];
    await clock.advance(15_000);
    monitor.polledSince(clock.now() - 2000);
    expect(monitor.health()).toMatchObject({ state: 'down', agentsLive: 0, dataAt: clock.now() - 2000 });
  });

  it('is partial, but not old, while the list of agents is not believed', () => {
    listDoubt = { since: 5, unlisted: 300, message: 'only 700 of 1000' };
    expect(monitor.health()).toEqual({
      state: 'partial',
      hop: 'api',
      since: 5,
      dataAt: null,
      message: 'only 700 of 1000',
      agentsLive: 700,
      agentsTotal: 1000,
    });
  });

  it('does not trust agents that wait for a re-reading after a gap', () => {
    inDoubt = 40;
    expect(monitor.health()).toMatchObject({ state: 'partial', hop: 'push', agentsLive: 960 });
    expect(monitor.health().message).toMatch(/40 agents/);
    inDoubt = 0;
    expect(monitor.health()).toMatchObject({ state: 'live' });
  });

  it('keeps the instant of the first failure of a row, and names the hop that fails now', async () => {
    channels = [channel(0, { state: 'lost' }), channel(1, { state: 'lost' })];
    const brokeAt = clock.now();
    monitor.readFailed(new GenesysUnavailable({ message: 'no answer', context: CONTEXT, status: null }));
    await clock.advance(5000);
    monitor.readFailed(new GenesysUnavailable({ message: 'no answer', context: CONTEXT, status: null }));
    expect(monitor.health()).toMatchObject({ hop: 'api', since: brokeAt });
    monitor.readSucceeded();
    expect(monitor.health()).toMatchObject({ hop: 'push' });
  });

  it('counts agents whose topic the platform rejected as not live', () => {
    channels = [
      channel(0, { rejectedTopics: ['a', 'b'].map((topic) => ({ topic, reason: 'not allowed' })) }),
      channel(1),
    ];
    expect(monitor.health()).toMatchObject({ state: 'partial', agentsLive: 998 });
    expect(monitor.health().message).toMatch(/refuses the events of 2 agents \(not allowed\).*role and divisions/);
  });

  it('says what to do about agents for whom the platform has no channel', () => {
    channels = [channel(0), channel(1, { agents: 400 })];
    uncovered = 100;
    expect(monitor.health()).toMatchObject({ state: 'partial', hop: 'push', agentsLive: 900 });
    expect(monitor.health().message).toMatch(/100 agents are re-read.*EventBridge.*TARGET_DIVISION_IDS/);
  });
});
