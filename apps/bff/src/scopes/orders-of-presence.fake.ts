import { randomUUID } from 'node:crypto';
import { IDEMPOTENCY_HEADER } from '@floorwatch/contracts';
import { agentId, presenceDefinitionId, type Bulk, type PresenceHold } from '@floorwatch/domain';
import { openTheStore, type Answer } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';
import { headersFor, send, type Asking } from './changes-of-presence.fake.ts';

const BUSY = presenceDefinitionId('31fe3bac-dea6-44b7-bed7-47f91660a1a0');

/** The floor's clock runs faster: what ends then has ended a moment ago for a long time to come. */
const FAR_AHEAD_MS = 10 * 24 * 3_600_000;

/** An order of somebody else. */
const order = () => ({
  id: randomUUID(),
  owner: { userId: randomUUID(), name: 'Somebody else' },
  wanted: { definitionId: BUSY, label: 'Busy', system: 'busy', message: null } as const,
  overrideReason: null,
  correlationId: 'made by a test',
  idempotencyKey: randomUUID(),
  requestHash: 'made by a test',
  startedAt: systemClock.now(),
});

/** A bulk of this agent that is over. @returns its id */
const bulkOf = async ({ agent }: Asking): Promise<string> => {
  const { bulks } = await openTheStore();
  const endedAt = systemClock.now() + FAR_AHEAD_MS;
  const bulk: Bulk = { ...order(), state: 'done', reason: null, endedAt };
  await bulks.add(bulk, [{ agentId: agentId(agent.id), etag: '"e"', changeId: randomUUID(), problem: null }]);
  return bulk.id;
};

/** A hold of this agent that is over. @returns its id */
const holdOf = async ({ agent }: Asking): Promise<string> => {
  const { holds } = await openTheStore();
  const endsAt = systemClock.now() + FAR_AHEAD_MS;
  const hold: PresenceHold = {
    ...order(),
    agentId: agentId(agent.id),
    endsAt,
    setAt: endsAt,
    reasserted: 0,
    heldSince: 0,
    ended: { at: endsAt, why: 'time', reason: 'The time was up' },
  };
  await holds.add(hold);
  return hold.id;
};

const letEverybodyGo = async ({ agent }: Asking): Promise<void> => {
  const { holds } = await openTheStore();
  const at = systemClock.now();
  for (const { id } of await holds.list({ endedSince: at, agentId: agentId(agent.id) }))
    await holds.end(id, { at, why: 'person', reason: 'made room' });
};

const startBulk = async (asking: Asking): Promise<Answer> => {
  const headers = await headersFor(asking);
  return send(asking, {
    method: 'POST',
    path: '/api/presence-changes/bulk',
    headers: { [IDEMPOTENCY_HEADER]: headers[IDEMPOTENCY_HEADER] },
    body: { definitionId: BUSY, agents: [{ agentId: asking.agent.id, etag: headers['if-match'] }] },
  });
};

const startHold = async (asking: Asking): Promise<Answer> => {
  await letEverybodyGo(asking);
  return send(asking, {
    method: 'POST',
    path: `/api/agents/${asking.agent.id}/presence-hold`,
    headers: await headersFor(asking),
    body: { definitionId: BUSY, message: `held by ${asking.persona ?? 'nobody'}`, minutes: 5 },
  });
};

/** How the routes are asked that change presences for longer than a request. */
export const ORDERS_OF_PRESENCE: ReadonlyMap<string, (asking: Asking) => Promise<Answer>> = new Map([
  [
    'POST /api/presence-changes/bulk/preview',
    (asking) =>
      send(asking, {
        method: 'POST',
        path: '/api/presence-changes/bulk/preview',
        body: { definitionId: BUSY, agentIds: [asking.agent.id] },
      }),
  ],
  ['POST /api/presence-changes/bulk', startBulk],
  [
    'GET /api/presence-changes/bulk',
    async (asking) => {
      await bulkOf(asking);
      return send(asking, { method: 'GET', path: '/api/presence-changes/bulk' });
    },
  ],
  [
    'GET /api/presence-changes/bulk/:id',
    async (asking) => send(asking, { method: 'GET', path: `/api/presence-changes/bulk/${await bulkOf(asking)}` }),
  ],
  [
    'POST /api/presence-changes/bulk/:id/cancel',
    async (asking) =>
      send(asking, { method: 'POST', path: `/api/presence-changes/bulk/${await bulkOf(asking)}/cancel` }),
  ],
  ['POST /api/agents/:id/presence-hold', startHold],
  [
    'GET /api/presence-holds',
    async (asking) => {
      await holdOf(asking);
      return send(asking, { method: 'GET', path: '/api/presence-holds' });
    },
  ],
  [
    'DELETE /api/presence-holds/:id',
    async (asking) => send(asking, { method: 'DELETE', path: `/api/presence-holds/${await holdOf(asking)}` }),
  ],
]);
