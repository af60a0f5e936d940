import { agentId } from '@floorwatch/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepLog } from '../genesys-log.fake.ts';
import { Oddities } from '../oddities.ts';
import { toAgentDetails } from './user-details.ts';

const ANN = agentId('ann');
const iso = (ms: number): string => new Date(ms).toISOString();
const presence = (from: number, to: number | null, systemPresence: string) => ({
  startTime: iso(from),
  ...(to !== null && { endTime: iso(to) }),
  systemPresence,
});
const routing = (from: number, to: number | null, routingStatus: string) => ({
  startTime: iso(from),
  ...(to !== null && { endTime: iso(to) }),
  routingStatus,
});
const reading = (from: number, to: number) => ({
  interval: { from, to },
  ingestedAt: 9999,
  oddities: new Oddities(keepLog()),
});

test('records become transitions of the platform’s history, by instant, with the running one at the end', () => {
  const detail = {
    userId: 'ann',
    primaryPresence: [
      presence(50, 200, 'AVAILABLE'),
      { ...presence(200, null, 'ON_QUEUE'), organizationPresenceId: 'd' },
    ],
    routingStatus: [routing(60, 210, 'OFF_QUEUE'), routing(210, 300, 'IDLE')],
  };
  const details = toAgentDetails(ANN, [detail], reading(100, 400));
  expect(details.transitions.map(({ at, fact, exact, source }) => [at, fact.kind, exact, source])).toEqual([
    [50, 'presence', true, 'analytics'],
    [60, 'routing', true, 'analytics'],
    [200, 'presence', true, 'analytics'],
    [210, 'routing', true, 'analytics'],
  ]);
  expect(details.transitions[2]?.fact).toEqual({
    kind: 'presence',
    presence: 'onQueue',
    definitionId: 'd',
    message: null,
  });
  expect(details).toMatchObject({ holes: [], toldUpTo: { presence: Infinity, routing: 300 } });
});

test('a stretch that begins with the question may be older: its beginning is not taken for exact', () => {
  const details = toAgentDetails(
    ANN,
    [{ userId: 'ann', primaryPresence: [presence(100, null, 'MEAL')] }],
    reading(100, 200),
  );
  expect(details.transitions).toMatchObject([{ at: 100, exact: false }]);
});

test('what the history leaves out between two stretches is a hole, and what cannot be read is passed over', () => {
  const how = reading(0, 400);
  const records = [presence(0, 100, 'BUSY'), presence(150, null, 'AWAY'), presence(120, 130, 'ASTRAL'), 'nonsense'];
  const details = toAgentDetails(ANN, [{ userId: 'ann', primaryPresence: records }], how);
  expect(details.holes).toEqual([{ from: 100, to: 150 }]);
  expect(details.toldUpTo).toEqual({ presence: Infinity, routing: null });
  expect(how.oddities.counts()).toEqual({ 'users details: record': 2 });
});

test('told in halves, twice, on any page and in any order, the story is the same', () => {
  const life = [0, 40, 90, 160, 260].map((at, index, all) => ({
    at,
    to: all[index + 1] ?? null,
    status: ['IDLE', 'INTERACTING', 'IDLE', 'OFF_QUEUE', 'IDLE'][index] ?? '',
  }));
  const whole = life.map(({ at, to, status }) => routing(at, to, status));
  const expected = toAgentDetails(ANN, [{ userId: 'ann', routingStatus: whole }], reading(10, 300));
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 259 }), { maxLength: 6 }),
      fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
      (cuts, order) => {
        const halves = life.flatMap(({ at, to, status }) => {
          const inside = [...new Set(cuts)].filter((cut) => cut > at && cut < (to ?? 260)).toSorted((a, b) => a - b);
          const edges = [at, ...inside];
          return edges.map((from, index) => routing(from, edges[index + 1] ?? to, status));
        });
        const told = [...whole, ...halves]
          .map((record, index) => ({ record, rank: order[index % order.length] ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ record }) => ({ userId: 'ann', routingStatus: [record] }));
        expect(toAgentDetails(ANN, told, reading(10, 300))).toEqual(expected);
      },
    ),
  );
});
