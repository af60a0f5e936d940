import { expect, test } from 'vitest';
import { agentId, presenceDefinitionId } from '../agent/ids.ts';
import type { Presence } from '../agent/presence.ts';
import { Board } from './board.ts';
import type { AgentObservation } from './observation.ts';

const ANN = agentId('ann');

const boardWithAnn = (): Board => {
  const board = new Board('epoch-1');
  board.putAgent({ id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null });
  return board;
};

const seen = (observedAt: number, parts: Partial<AgentObservation>): AgentObservation => ({
  agentId: ANN,
  observedAt,
  platformNow: observedAt,
  kind: 'snapshot',
  ...parts,
});

const meal: Presence = {
  system: 'meal',
  definitionId: presenceDefinitionId('soup'),
  message: 'back 12:30',
  since: { at: 1000, exact: true },
};

test('what the platform left out of a presence is filled in when it is told again', () => {
  const board = boardWithAnn();
  board.applyEvent(seen(1100, { presence: { ...meal, definitionId: null, message: null } }));
  expect(board.applyEvent(seen(1200, { presence: meal }))).not.toBeNull();
  expect(board.rowOf(ANN)?.state.presence).toEqual(meal);
  expect(board.applyEvent(seen(1300, { presence: { ...meal, message: null } }))).toBeNull();
});

test('what was told without its instant gives way to the instant that is known already', () => {
  const board = boardWithAnn();
  board.applyEvent(seen(1100, { presence: meal, routing: { state: 'idle', since: { at: 1000, exact: true } } }));
  board.applyEvent(
    seen(1200, {
      presence: { ...meal, system: 'offline', since: { at: 1200, exact: false } },
      routing: { state: 'offQueue', since: { at: 1200, exact: false } },
    }),
  );
  expect(board.rowOf(ANN)?.state).toMatchObject({ presence: { system: 'offline' }, routing: { state: 'offQueue' } });
  board.applyEvent(seen(1300, { presence: meal, routing: { state: 'idle', since: { at: 1000, exact: true } } }));
  expect(board.rowOf(ANN)?.state).toMatchObject({ presence: meal, routing: { state: 'idle', since: { at: 1000 } } });
});

test('a presence that is seen again without its instant and its words has gone on', () => {
  const board = boardWithAnn();
  board.applyEvent(seen(1100, { presence: meal }));
  const bare: Presence = { system: 'meal', definitionId: null, message: null, since: { at: 1200, exact: false } };
  expect(board.applyEvent(seen(1200, { presence: bare }))).toBeNull();
  expect(board.applyEvent(seen(1300, { presence: { ...bare, system: 'busy' } }))).not.toBeNull();
});
