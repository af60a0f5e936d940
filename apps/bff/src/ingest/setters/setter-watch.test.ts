import { agentId, Board, type AgentId } from '@floorwatch/domain';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { GenesysNotPermitted, type PresenceChange } from '@floorwatch/genesys';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { SetterWatch } from './setter-watch.ts';

const MINUTE_MS = 60_000;
const ANN = agentId('ann');
const BOB = agentId('bob');
const SUE = agentId('sue');

let clock: FakeClock;
let board: Board;
let audit: FakeAuditLog;
let told: PresenceChange[];
let refusal: Error | null;
let asked: { readonly from: number; readonly to: number }[];
let watch: SetterWatch;
const { signal } = new AbortController();

beforeEach(() => {
  clock = new FakeClock(1_000_000_000);
  board = new Board('epoch-1');
  audit = new FakeAuditLog();
  told = [];
  asked = [];
  refusal = null;
  for (const id of [ANN, BOB, SUE])
    board.putAgent({ id, name: id, divisionId: null, title: null, department: null, team: null });
  const cloud = {
    platformNow: () => clock.now(),
    listLatestPresenceChanges: (interval: { readonly from: number; readonly to: number }) => {
      asked.push(interval);
      return refusal === null ? Promise.resolve(told) : Promise.reject(refusal);
    },
  };
  watch = new SetterWatch({ board, clock, audit, cloud, log: pino({ level: 'silent' }) });
});

const begins = (id: AgentId, at: number): void => {
  board.applyEvent({
    agentId: id,
    observedAt: at,
    platformNow: at,
    kind: 'event',
    presence: { system: 'break', definitionId: null, message: null, since: { at, exact: true } },
  });
};

const change = (id: AgentId, at: number, by: PresenceChange['by'] = 'agent'): PresenceChange => ({
  agentId: id,
  at,
  by,
  setter: by === 'supervisor' ? SUE : null,
  name: null,
});

const setBy = (id: AgentId) => board.rowOf(id)?.state.presence?.setBy;

const keepOwn = (since: number, kind: 'person' | 'automation') =>
  audit.append({
    at: since + 400,
    action: 'presence-change',
    outcome: 'confirmed',
    actor: { kind, id: SUE, name: 'Sue' },
    target: { agentId: ANN, divisionId: null },
    before: null,
    after: { since },
    reason: null,
    correlationId: 'c',
    platformCorrelationId: null,
  });

describe('SetterWatch', () => {
  it('tells of each presence what the platform’s audit says of its beginning, and nothing of others', async () => {
    const began = clock.now() - MINUTE_MS;
    begins(ANN, began);
    begins(BOB, began);
    told = [change(ANN, began + 700, 'supervisor'), change(ANN, began - 1500), change(BOB, began + 2500)];
    await watch.look(signal);
    expect(setBy(ANN)).toEqual({ kind: 'supervisor', ref: board.rowOf(SUE)?.ref });
    expect(setBy(BOB)).toBeUndefined();
  });

  it('believes our own audit first: the platform knows a rule as some program', async () => {
    const began = clock.now() - 10 * 24 * 60 * MINUTE_MS;
    begins(ANN, began);
    await keepOwn(began, 'automation');
    told = [change(ANN, began, 'system')];
    await watch.look(signal);
    expect(setBy(ANN)?.kind).toBe('automation');
    expect(asked).toEqual([]);
  });

  it('does not judge a presence that has just begun, for its entry may not be there yet', async () => {
    const began = clock.now() - 1000;
    begins(ANN, began);
    told = [change(ANN, began - 900, 'supervisor')];
    await watch.look(signal);
    expect(setBy(ANN)).toBeUndefined();
    await clock.advance(30_000);
    told = [change(ANN, began, 'agent'), ...told];
    await watch.look(signal);
    expect(setBy(ANN)?.kind).toBe('agent');
  });

  it('asks again for an entry that is late, not for ever, and not at all where everything is known', async () => {
    begins(ANN, clock.now() - 20_000);
    for (let looks = 0; looks < 20; looks += 1) {
      await watch.look(signal);
      await clock.advance(30_000);
    }
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.length).toBeLessThan(7);
  });

  it('tells what is its own where the platform may not be asked, and does not insist', async () => {
    const began = clock.now() - MINUTE_MS;
    begins(ANN, began);
    begins(BOB, began);
    await keepOwn(began, 'person');
    refusal = new GenesysNotPermitted({
      message: 'no',
      context: { method: 'POST', path: '/api/v2/audits/query/realtime', correlationId: null },
      status: 403,
      code: null,
      needs: ['audits:audit:view'],
    });
    await expect(watch.look(signal)).rejects.toThrow(refusal);
    expect(setBy(ANN)).toEqual({ kind: 'supervisor', ref: board.rowOf(SUE)?.ref });
    begins(BOB, clock.now());
    await clock.advance(MINUTE_MS);
    await watch.look(signal);
    expect(asked).toHaveLength(1);
    expect(setBy(BOB)).toBeUndefined();
  });

  it('goes on when an audit cannot be read, and finds out later', async () => {
    const stopping = new AbortController();
    const began = clock.now() - 20_000;
    begins(ANN, began);
    audit.outage = new Error('away');
    const running = watch.run(stopping.signal);
    await clock.advance(30_000);
    audit.outage = null;
    told = [change(ANN, began)];
    await clock.advance(30_000);
    expect(setBy(ANN)?.kind).toBe('agent');
    stopping.abort();
    await running.catch(() => undefined);
  });
});
