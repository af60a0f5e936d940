import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentId } from '../agent/ids.ts';
import { Board } from '../board/board.ts';
import {
  FLAG_KINDS,
  hasFlag,
  NO_FLAGS,
  sameFlags,
  withFlag,
  withoutFlag,
  type AgentFlag,
  type AgentFlags,
} from './flags.ts';
import { warningsOf } from './warnings.ts';

const someKind = fc.constantFrom(...FLAG_KINDS);

/** Flags as they come about: raised one by one. */
const someFlags = fc
  .array(fc.record({ kind: someKind, since: fc.nat(9), reason: fc.string() }), { maxLength: 5 })
  .map((flags) => flags.reduce<AgentFlags>(withFlag, NO_FLAGS));

const flag = (kind: AgentFlag['kind']): AgentFlag => ({ kind, since: 1, reason: 'why' });

describe('flags', () => {
  it('hold each kind at most once, in the order of weight, however they were raised', () => {
    fc.assert(
      fc.property(someFlags, someKind, (flags, kind) => {
        const raised = withFlag(flags, flag(kind));
        const kinds = raised.map((one) => one.kind);
        expect(kinds).toEqual(FLAG_KINDS.filter((one) => kinds.includes(one)));
        expect(raised.find((one) => one.kind === kind)).toEqual(flag(kind));
      }),
    );
  });

  it('are what they were after one is raised and taken down again', () => {
    fc.assert(
      fc.property(someFlags, someKind, (flags, kind) => {
        fc.pre(!hasFlag(flags, kind));
        expect(sameFlags(withoutFlag(withFlag(flags, flag(kind)), kind), flags)).toBe(true);
        expect(withoutFlag(flags, kind)).toBe(flags);
      }),
    );
  });
});

describe('a flagged row', () => {
  const ANN = agentId('ann');
  const board = new Board('epoch-1');
  board.putAgent({ id: ANN, name: 'Ann', divisionId: null, title: null, department: null, team: null });

  it('keeps its flags when the state changes, and they cost a version of their own', () => {
    expect(board.raiseFlag(ANN, flag('stuck'))?.after?.version).toBe(2);
    board.applyEvent({
      agentId: ANN,
      observedAt: 1,
      platformNow: 1,
      kind: 'event',
      routing: { state: 'idle', since: { at: 1, exact: true } },
      presence: { system: 'onQueue', definitionId: null, message: null, since: { at: 1, exact: true } },
    });
    expect(board.rowOf(ANN)).toMatchObject({ activity: 'ready', flags: [{ kind: 'stuck' }], version: 3 });
    expect(board.raiseFlag(ANN, flag('stuck'))).toBeNull();
    expect(board.lowerFlag(ANN, 'stuck')?.after?.flags).toEqual([]);
    expect(board.lowerFlag(ANN, 'stuck')).toBeNull();
  });

  it('warns of a contradiction only after its grace, and then before everything else', () => {
    board.raiseFlag(ANN, flag('volatile'));
    board.applyEvent({
      agentId: ANN,
      observedAt: 10_000,
      platformNow: 10_000,
      kind: 'event',
      routing: { state: 'offQueue', since: { at: 10_000, exact: true } },
    });
    const row = board.rowOf(ANN);
    if (row === null) throw new Error('Ann is on the board');
    expect(warningsOf(row, 14_999).map(({ kind }) => kind)).toEqual(['volatile']);
    expect(warningsOf(row, 15_000).map(({ kind }) => kind)).toEqual(['discrepancy', 'volatile']);
  });
});

describe('a listener of a board', () => {
  it('hears of every change as it is made, until it stops listening', () => {
    const board = new Board('epoch-1');
    const heard: (number | undefined)[] = [];
    const stop = board.onChange(({ after }) => heard.push(after?.version));
    const ann = { id: agentId('ann'), name: 'Ann', divisionId: null, title: null, department: null, team: null };
    board.putAgent(ann);
    board.raiseFlag(ann.id, flag('stuck'));
    board.removeAgent(ann.id);
    stop();
    board.putAgent(ann);
    expect(heard).toEqual([1, 2, undefined]);
  });
});
