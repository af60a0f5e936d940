import { type Viewer } from '@floorwatch/domain';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { StoreUnavailable } from '@floorwatch/store';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { actorOf } from './actor.ts';
import { AuditTrail, type Deed } from './audit-trail.ts';
import { HeadWitness } from './head-witness.ts';

const DAY_MS = 86_400_000;

const DEED: Deed = {
  action: 'sign-out',
  outcome: 'accepted',
  actor: { kind: 'person', id: 'jane', name: 'Jane' },
  target: null,
  before: null,
  after: null,
  reason: null,
  correlationId: 'c-1',
  platformCorrelationId: null,
};

let audit: FakeAuditLog;
let clock: FakeClock;
let lines: Record<string, unknown>[];

beforeEach(() => {
  [audit, clock, lines] = [new FakeAuditLog(), new FakeClock(), []];
});

const log = () =>
  pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) });

describe('the way to the audit', () => {
  it('dates what is done, and gives back its place in the chain', async () => {
    const trail = new AuditTrail({ audit, clock, log: log() });
    expect(await trail.record(DEED)).toMatchObject({ ...DEED, seq: 1, at: clock.now() });
  });

  it('stops a deed that cannot be kept, and says so without a word of the database', async () => {
    audit.outage = new StoreUnavailable('PostgreSQL at db.example cannot be used now');
    const refused = new AuditTrail({ audit, clock, log: log() }).record(DEED);
    await expect(refused).rejects.toMatchObject({ statusCode: 503, code: 'audit-unavailable' });
    await expect(refused).rejects.not.toThrow('db.example');
    expect(lines).toMatchObject([{ event: 'audit-unavailable', action: 'sign-out' }]);
  });

  it('stops every deed where there is no store', async () => {
    const trail = new AuditTrail({ audit: null, clock, log: log() });
    await expect(trail.record(DEED)).rejects.toMatchObject({ statusCode: 503, code: 'audit-unavailable' });
    expect(trail.isKept).toBe(false);
  });

  it('puts what is over already into the log where the audit cannot take it', async () => {
    const trail = new AuditTrail({ audit, clock, log: log() });
    await trail.note(DEED);
    audit.outage = new StoreUnavailable('gone');
    await trail.note({ ...DEED, correlationId: 'c-2' });
    expect(audit.entries).toHaveLength(1);
    expect(lines).toMatchObject([{ event: 'audit-lost', record: { correlationId: 'c-2', action: 'sign-out' } }]);
  });
});

describe('the witness', () => {
  it('tells the head at the start, each day, and at the end', async () => {
    const witness = new HeadWitness({ audit, clock, log: log() });
    witness.start();
    await clock.advance(0);
    const { hash } = await new AuditTrail({ audit, clock, log: log() }).record(DEED);
    await clock.advance(DAY_MS);
    audit.outage = new StoreUnavailable('gone');
    await clock.advance(DAY_MS);
    audit.outage = null;
    await witness.stop();
    await clock.advance(DAY_MS);
    expect(lines.map(({ event, head }) => [event, head])).toEqual([
      ['audit-head', `0:${'0'.repeat(64)}`],
      ['audit-head', `1:${hash}`],
      ['audit-head-unknown', undefined],
      ['audit-head', `1:${hash}`],
    ]);
  });
});

it('a viewer without a name is nobody: without sign-in nobody is known', () => {
  const viewer: Viewer = { userId: 'jane', name: 'Jane', role: 'viewer', rights: new Map() };
  expect(actorOf(viewer)).toEqual({ kind: 'person', id: 'jane', name: 'Jane' });
  expect(actorOf({ ...viewer, userId: '', name: '' })).toEqual({ kind: 'anonymous', id: null, name: null });
});
