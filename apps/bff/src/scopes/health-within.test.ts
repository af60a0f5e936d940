import type { UpstreamHealth } from '@floorwatch/contracts';
import { agentId, Board, divisionId, type AgentId } from '@floorwatch/domain';
import { FakeClock } from '@floorwatch/domain/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { HealthWithin } from './health-within.ts';

const north = new Set([divisionId('north')]);

describe('health, told to somebody who may see one division', () => {
  let clock: FakeClock;
  let board: Board;
  let whole: UpstreamHealth;
  let live: AgentId[];
  let health: HealthWithin;

  const put = (name: string, division: string | null): void => {
    const inDivision = division === null ? null : divisionId(division);
    board.putAgent({ id: agentId(name), name, divisionId: inDivision, title: null, department: null, team: null });
  };

  beforeEach(() => {
    clock = new FakeClock();
    board = new Board('epoch-1');
    put('Nora', 'north');
    put('Nils', 'north');
    put('Sven', 'south');
    put('Ann', null);
    live = [agentId('Nora'), agentId('Sven')];
    whole = {
      state: 'partial',
      hop: 'push',
      since: 1,
      dataAt: 1,
      message: 'Re-reading 2 agents, Sven first',
      agentsLive: 2,
      agentsTotal: 4,
    };
    health = new HealthWithin({ board, clock, whole: () => whole, liveAgents: () => live });
  });

  it('counts the agents of that division only', () => {
    expect(health.of(north)).toMatchObject({ state: 'partial', agentsLive: 1, agentsTotal: 2 });
  });

  it('says what is broken without the numbers and names of others', () => {
    expect(health.of(north).message).toBe('Events of some agents do not arrive; these agents are re-read instead');
    whole = { ...whole, hop: 'api' };
    expect(health.of(north).message).not.toMatch(/Sven|2/);
  });

  it('is untouched for whoever may see everything', () => {
    expect(health.of('all')).toBe(whole);
  });

  it('counts again once a second, and at once when the state changes', async () => {
    health.of(north);
    live = [agentId('Nora'), agentId('Nils')];
    expect(health.of(north).agentsLive).toBe(1);
    await clock.advance(1000);
    expect(health.of(north).agentsLive).toBe(2);
    live = [];
    whole = { ...whole, state: 'down' };
    expect(health.of(north).agentsLive).toBe(0);
  });
});
