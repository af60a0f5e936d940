import { agentId, Board } from '@floorwatch/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { VolatileWatch } from './volatile-watch.ts';

const ANN = agentId('ann');

describe('VolatileWatch', () => {
  let board: Board;
  let watch: VolatileWatch;
  let now: number;

  const change = (): void => {
    now += 1000;
    const state = now % 2000 === 0 ? 'idle' : 'notResponding';
    const since = { at: now, exact: true };
    board.applyEvent({ agentId: ANN, observedAt: now, platformNow: now, kind: 'event', routing: { state, since } });
  };

  const flags = (): readonly string[] => {
    watch.review();
    return board.rowOf(ANN)?.flags.map(({ kind }) => kind) ?? [];
  };

  beforeEach(() => {
    now = 0;
    board = new Board('epoch-1');
    watch = new VolatileWatch({ board, platformNow: () => now });
    board.onChange((made) => {
      watch.noted(made);
    });
    board.putAgent({ id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null });
    const presence = { system: 'onQueue', definitionId: null, message: null, since: { at: 0, exact: true } } as const;
    board.applyEvent({ agentId: ANN, observedAt: 0, platformNow: 0, kind: 'event', presence });
    change(); // from unknown: the first state is no transition
  });

  it('flags the fourth change within a minute, with the reason, and one version for the whole spell', () => {
    for (let changes = 0; changes < 3; changes += 1) change();
    expect(flags()).toEqual([]);
    change();
    expect(flags()).toEqual(['volatile']);
    expect(board.rowOf(ANN)?.flags[0]?.since).toBe(now);
    expect(board.rowOf(ANN)?.flags[0]?.reason).toMatch(/3 changes within 60 s/);
    const { version } = board;
    change();
    expect(flags()).toEqual(['volatile']);
    expect(board.version).toBe(version + 1);
  });

  it('takes the flag down after two quiet minutes', () => {
    for (let changes = 0; changes < 4; changes += 1) change();
    expect(flags()).toEqual(['volatile']);
    now += 119_999;
    expect(flags()).toEqual(['volatile']);
    now += 1;
    expect(flags()).toEqual([]);
  });

  it('forgets an agent who left', () => {
    for (let changes = 0; changes < 4; changes += 1) change();
    board.removeAgent(ANN);
    expect(() => {
      watch.review();
    }).not.toThrow();
  });
});
