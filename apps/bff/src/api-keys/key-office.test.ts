import { divisionId, type DivisionScope, type Right, type Viewer } from '@floorwatch/domain';
import { FakeAuditLog, FakeClock } from '@floorwatch/domain/testing';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { KeyOffice } from './key-office.ts';
import { FakeKeyStore } from './key-store.fake.ts';

const NORTH = divisionId('north');
const SOUTH = divisionId('south');

const viewerWith = (rights: Partial<Record<Right, DivisionScope>>): Viewer => ({
  userId: 'ada',
  name: 'Ada',
  role: 'admin',
  rights: new Map(Object.entries(rights) as [Right, DivisionScope][]),
});

const officeWith = (audit: FakeAuditLog | null = new FakeAuditLog()) => {
  const clock = new FakeClock();
  const store = new FakeKeyStore();
  const trail = new AuditTrail({ audit, clock, log: pino({ level: 'silent' }) });
  return { office: new KeyOffice({ store, trail, clock }), store };
};

const wishFor = (divisions: DivisionScope) => ({
  name: 'n',
  scopes: ['feed:windows'] as const,
  divisions,
  expiresInDays: null,
});

const CASES: readonly {
  readonly what: string;
  readonly rights: Partial<Record<Right, DivisionScope>>;
  readonly divisions: DivisionScope;
  readonly isGiven: boolean;
}[] = [
  { what: 'everything, of all', rights: { manage: 'all', 'see-history': 'all' }, divisions: 'all', isGiven: true },
  {
    what: 'a division of theirs',
    rights: { manage: new Set([NORTH]), 'see-history': 'all' },
    divisions: new Set([NORTH]),
    isGiven: true,
  },
  {
    what: 'another division',
    rights: { manage: new Set([NORTH]), 'see-history': 'all' },
    divisions: new Set([NORTH, SOUTH]),
    isGiven: false,
  },
  {
    what: 'everything, of those who manage some',
    rights: { manage: new Set([NORTH]), 'see-history': 'all' },
    divisions: 'all',
    isGiven: false,
  },
  {
    what: 'a history they may not see',
    rights: { manage: 'all', 'see-history': new Set([SOUTH]) },
    divisions: new Set([NORTH]),
    isGiven: false,
  },
  { what: 'a history of those who see none', rights: { manage: 'all' }, divisions: new Set([NORTH]), isGiven: false },
];

it.each(CASES)('a key opens no more than is the giver’s own: $what', async ({ rights, divisions, isGiven }) => {
  const { office, store } = officeWith();
  const making = office.create(wishFor(divisions), { viewer: viewerWith(rights), correlationId: 'c' });
  if (isGiven) await making;
  else await expect(making).rejects.toMatchObject({ code: 'not-allowed' });
  expect(await store.list()).toHaveLength(isGiven ? 1 : 0);
});

it('a key lasts the days that were asked for, to the millisecond, however time goes on meanwhile', async () => {
  const clock = new FakeClock();
  const trail = new AuditTrail({ audit: new FakeAuditLog(), clock, log: pino({ level: 'silent' }) });
  let reads = 0;
  const restless = Object.assign(Object.create(clock) as FakeClock, { now: () => clock.now() + ++reads });
  const office = new KeyOffice({ store: new FakeKeyStore(), trail, clock: restless });
  const viewer = viewerWith({ manage: 'all', 'see-history': 'all' });
  const { key } = await office.create({ ...wishFor('all'), expiresInDays: 30 }, { viewer, correlationId: 'c' });
  expect((key.expiresAt ?? NaN) - key.createdAt).toBe(30 * 86_400_000);
});

it('keys of other divisions are neither shown nor revoked', async () => {
  const { office } = officeWith();
  const all = { viewer: viewerWith({ manage: 'all', 'see-history': 'all' }), correlationId: 'c' };
  const { key: foreign } = await office.create(wishFor(new Set([SOUTH])), all);
  const { key: own } = await office.create(wishFor(new Set([NORTH])), all);
  const north = { viewer: viewerWith({ manage: new Set([NORTH]) }), correlationId: 'c' };
  expect((await office.list(north)).map(({ id }) => id)).toEqual([own.id]);
  await expect(office.revoke(foreign.id, north)).rejects.toMatchObject({ statusCode: 404 });
  expect((await office.revoke(own.id, north)).revokedAt).not.toBeNull();
});

it('no audit, no key', async () => {
  const { office, store } = officeWith(null);
  const asker = { viewer: viewerWith({ manage: 'all', 'see-history': 'all' }), correlationId: 'c' };
  await expect(office.create(wishFor('all'), asker)).rejects.toMatchObject({ code: 'audit-unavailable' });
  expect(await store.list()).toEqual([]);
});
