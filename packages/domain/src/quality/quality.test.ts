import { describe, expect, it } from 'vitest';
import { UNSEEN, type AgentState } from '../agent/agent.ts';
import type { RoutingState } from '../agent/routing-status.ts';
import { isCredibleSnapshot } from './snapshot-check.ts';
import { looksStuck, mayGetStuck } from './stuck.ts';

const working = (state: RoutingState, { active = 0, acw = 0, at = 0 } = {}): AgentState => ({
  ...UNSEEN,
  presence: { system: 'onQueue', definitionId: null, message: null, since: { at: 0, exact: true } },
  routing: { state, since: { at: 0, exact: true } },
  contacts: { active, afterCallWork: acw, since: { at, exact: true } },
});

describe('isCredibleSnapshot', () => {
  it('believes a list with nine tenths of those known, and not one agent fewer', () => {
    expect(isCredibleSnapshot(1000, 900)).toBe(true);
    expect(isCredibleSnapshot(1000, 899)).toBe(false);
  });

  it('believes the first list there is', () => {
    expect(isCredibleSnapshot(0, 3)).toBe(true);
  });
});

describe('looksStuck', () => {
  it('suspects an agent who interacts with nothing for a minute', () => {
    expect(looksStuck(working('interacting'), 60_000)).toBe(true);
    expect(looksStuck(working('interacting'), 59_999)).toBe(false);
  });

  it('counts from the end of the last contact, not from its beginning', () => {
    expect(looksStuck(working('interacting', { at: 30_000 }), 60_000)).toBe(false);
  });

  it.each([
    ['has a contact', working('interacting', { active: 1 })],
    ['does after-call work', working('interacting', { acw: 1 })],
    ['is idle', working('idle')],
    ['has contacts nobody has counted yet', { ...working('interacting'), contacts: null }],
  ])('does not suspect an agent who %s', (_what, state) => {
    expect(looksStuck(state, 3_600_000)).toBe(false);
    expect(mayGetStuck(state)).toBe(false);
  });
});
