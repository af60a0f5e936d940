import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNSEEN, type AgentState } from '../agent/agent.ts';
import type { RoutingState } from '../agent/routing-status.ts';
import { seededRandom } from '../random.ts';
import { compareWithPlatform, drawSample, needsFullRefresh, SETTLED_AFTER_MS } from './divergence.ts';

const NOW = 1_000_000;

const routing = (state: RoutingState, at: number, exact = true) => ({ routing: { state, since: { at, exact } } });

const holding = (state: RoutingState, at: number): AgentState => ({ ...UNSEEN, ...routing(state, at) });

describe('compareWithPlatform', () => {
  it('looks at what the agent does, not at since when', () => {
    expect(compareWithPlatform(holding('idle', 1), routing('idle', 99), NOW)).toBe('same');
  });

  it('finds a fact that the platform has had for a while and the board has not', () => {
    expect(compareWithPlatform(holding('idle', 1), routing('interacting', NOW - SETTLED_AFTER_MS), NOW)).toBe(
      'differs',
    );
    expect(compareWithPlatform(UNSEEN, routing('idle', 1), NOW)).toBe('differs');
  });

  it('waits for the event of a change that has only just been made', () => {
    expect(compareWithPlatform(holding('idle', 1), routing('interacting', NOW - 1), NOW)).toBe('moving');
  });

  it('does not blame the board for an event that overtook the answer', () => {
    expect(compareWithPlatform(holding('interacting', NOW), routing('idle', 1), NOW)).toBe('moving');
  });

  it('takes a part that the answer left out for no difference', () => {
    expect(compareWithPlatform(holding('idle', 1), {}, NOW)).toBe('same');
  });
});

describe('drawSample', () => {
  const someAgents = fc.uniqueArray(fc.integer(), { maxLength: 300 });

  it('draws a fifth of the agents, each at most once', () => {
    fc.assert(
      fc.property(someAgents, fc.string(), (agents, seed) => {
        const sample = drawSample(agents, seededRandom(seed));
        expect(sample).toHaveLength(Math.ceil(agents.length / 5));
        expect(new Set(sample).size).toBe(sample.length);
        for (const agent of sample) expect(agents).toContain(agent);
      }),
    );
  });

  it('draws the same for the same seed, and another for another', () => {
    const agents = Array.from({ length: 500 }, (_, index) => index);
    expect(drawSample(agents, seededRandom('a'))).toEqual(drawSample(agents, seededRandom('a')));
    expect(drawSample(agents, seededRandom('a'))).not.toEqual(drawSample(agents, seededRandom('b')));
  });

  it('gives every agent the same chance', () => {
    const random = seededRandom('fair');
    const agents = Array.from({ length: 50 }, (_, index) => index);
    const drawn = agents.map(() => 0);
    for (let round = 0; round < 2000; round += 1)
      for (const agent of drawSample(agents, random)) drawn[agent] = (drawn[agent] ?? 0) + 1;
    expect(Math.min(...drawn)).toBeGreaterThan(400 * 0.8);
    expect(Math.max(...drawn)).toBeLessThan(400 * 1.2);
  });
});

describe('needsFullRefresh', () => {
  it('tolerates five in a hundred, and not one more', () => {
    expect(needsFullRefresh({ compared: 100, diverged: 5 })).toBe(false);
    expect(needsFullRefresh({ compared: 100, diverged: 6 })).toBe(true);
    expect(needsFullRefresh({ compared: 0, diverged: 0 })).toBe(false);
  });
});
