import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixture } from '../fixtures.fake.ts';
import { keepLog } from '../genesys-log.fake.ts';
import { Oddities } from '../oddities.ts';
import { toUserSnapshot } from './user-snapshot.ts';

const SENT_AT = Date.parse('2026-08-15T12:00:00.000Z');
const moment = { sentAt: SENT_AT, platformNow: SENT_AT + 5000 };

type Raw = Record<string, unknown>;
const page = JSON.parse(fixture('users-page')) as { entities: [Raw] };
const ana = page.entities[0];

const read = (raw: unknown) => {
  const oddities = new Oddities(keepLog());
  return { snapshot: toUserSnapshot(raw, moment, oddities), oddities: oddities.counts() };
};

test('a user of the platform becomes an agent with all parts', () => {
  const { snapshot, oddities } = read(ana);
  expect(oddities).toEqual({});
  expect(snapshot?.profile).toEqual({
    id: '1f0c8c5e-5a3b-4c0e-8a7f-2b9d6e4f1a01',
    name: 'Ana Ruiz',
    divisionId: '6fd0a1b2-0c3d-4e5f-8a9b-1c2d3e4f5a02',
    title: 'Agent',
    department: 'Support',
    team: 'Tier 1',
  });
  expect(snapshot?.observation).toMatchObject({
    kind: 'snapshot',
    observedAt: SENT_AT,
    platformNow: SENT_AT + 5000,
    presence: {
      system: 'onQueue',
      definitionId: 'e08eaf1b-ee47-4fa9-a231-1200e284798f',
      message: null,
      since: { at: Date.parse('2026-08-15T08:02:11.205Z'), exact: true },
    },
    routing: { state: 'interacting', since: { at: Date.parse('2026-08-15T08:02:11.418Z'), exact: true } },
    outOfOffice: { active: false, modifiedAt: null },
  });
});

test('in a snapshot a medium that is not named holds nothing', () => {
  const contacts = read(ana).snapshot?.observation.contacts;
  expect(contacts?.call).toEqual({ active: 1, afterCallWork: 0 });
  expect(contacts?.email).toEqual({ active: 0, afterCallWork: 0 });
});

test('an expand that is missing leaves its part unchanged, never offline', () => {
  const { snapshot, oddities } = read({ id: 'u1', name: 'Ana Ruiz' });
  expect(Object.keys(snapshot?.observation ?? {}).toSorted()).toEqual(['agentId', 'kind', 'observedAt', 'platformNow']);
  expect(oddities).toEqual({});
});

test.each([
  ['routingStatus', { status: 'DREAMING' }, 'routing'],
  ['routingStatus', { startTime: '2026-08-15T08:02:11.418Z' }, 'routing'],
  ['presence', { presenceDefinition: {} }, 'presence'],
  ['presence', { presenceDefinition: { systemPresence: 'Sabbatical' } }, 'presence'],
  ['conversationSummary', { call: { contactCenter: { active: 'many', acw: 0 } } }, 'contacts'],
  ['outOfOffice', {}, 'outOfOffice'],
])('a strange %s (%j) is left out and counted; the other parts stay', (field, value, part) => {
  const { snapshot, oddities } = read({ ...ana, [field]: value });
  const all = ['presence', 'routing', 'contacts', 'outOfOffice'];
  const seen = all.filter((name) => name in (snapshot?.observation ?? {}));
  expect(seen).toEqual(all.filter((name) => name !== part));
  expect(Object.values(oddities)).toEqual([1]);
});

test('of a profile, what is absent or strange is not told, and null says that there is none', () => {
  expect(read({ id: 'u1' }).snapshot?.profile).toEqual({ id: 'u1' });
  expect(read({ id: 'u1', name: null, title: 7, team: {} }).snapshot?.profile).toEqual({ id: 'u1' });
  expect(read({ id: 'u1', division: null, title: '', team: null }).snapshot?.profile).toEqual({
    id: 'u1',
    divisionId: null,
    title: null,
    team: null,
  });
});

test('whatever stands in a user, reading it neither throws nor loses the agent', () => {
  const fields = fc.constantFrom(
    'name',
    'division',
    'team',
    'presence',
    'routingStatus',
    'conversationSummary',
    'title',
  );
  fc.assert(
    fc.property(fc.dictionary(fields, fc.anything()), (strange) => {
      const { snapshot } = read({ ...ana, ...strange });
      expect(snapshot?.profile.id).toBe(ana['id']);
    }),
  );
});

test('only something without an id is dropped', () => {
  expect(read({ name: 'nobody' }).snapshot).toBeNull();
  expect(read(null).snapshot).toBeNull();
});
