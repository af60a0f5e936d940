import { IDEMPOTENCY_HEADER, IF_MATCH_HEADER } from '@floorwatch/contracts';
import type { OperationTable } from '../operation-docs.ts';
import examples from './presence-changes.examples.json' with { type: 'json' };

const tag = 'Presence changes';
const { agentId } = examples.change;
const headers = [IF_MATCH_HEADER, IDEMPOTENCY_HEADER];

const ANSWERS =
  'Answered as soon as the platform took it or did not say; watch it at `GET /api/presence-changes/:id`. Where nothing was changed the ' +
  'answer is an error: 412 `version-conflict` with `now`, what is there instead and who set it; 428 without `If-Match`; 403 `not-allowed`, here or at ' +
  'the platform; 409 `schedule-blocks` or `change-impossible`; 422 `idempotency-conflict`; 503 `audit-unavailable`, `rate-limited` or `platform-unavailable`.';

const ONE: OperationTable = {
  'POST /api/agents/:id/presence-change/preview': {
    tag,
    summary: 'What a change would meet and do',
    description: 'Changes nothing. Reads the platform, so its `etag` is of this moment.',
    parameters: { id: agentId },
    body: examples.wish,
    reply: { json: examples.preview },
  },
  'PATCH /api/agents/:id/presence': {
    tag,
    summary: 'Sets an agent’s presence',
    description: `With \`when: after-contact\` it waits for the end of the contact. ${ANSWERS}`,
    parameters: { id: agentId },
    headers,
    body: { ...examples.wish, when: 'now', override: null },
    reply: { status: 202, json: examples.change },
  },
  'POST /api/agents/:id/not-responding/reset': {
    tag,
    summary: 'Wakes an agent who is Not Responding',
    description: ANSWERS,
    parameters: { id: agentId },
    headers,
    reply: { status: 202, json: examples.reset },
  },
  'GET /api/presence-changes': {
    tag,
    summary: 'Changes that go on, and those that ended within a minute',
    parameters: { agent: agentId },
    reply: { json: { changes: [examples.change] } },
  },
  'GET /api/presence-changes/:id': {
    tag,
    summary: 'How a change stands',
    description:
      '`confirmed` when an event of the platform has shown it, `not-confirmed` with what is there now when none has in time; a late one still confirms it.',
    parameters: { id: examples.confirmed.id },
    reply: { json: examples.confirmed },
  },
  'POST /api/presence-changes/:id/undo': {
    tag,
    summary: 'Puts back what was there',
    description: 'For whoever made the change, for 10 s, and while nobody has changed the presence since: then 412.',
    parameters: { id: examples.change.id },
    reply: { status: 202, json: examples.undo },
  },
  'POST /api/presence-changes/:id/cancel': {
    tag,
    summary: 'Takes back a change that waits',
    parameters: { id: examples.cancelled.id },
    reply: { json: examples.cancelled },
  },
};

const MANY: OperationTable = {
  'POST /api/presence-changes/bulk/preview': {
    tag,
    summary: 'What a bulk would meet and do, agent by agent',
    description:
      'The dry run: changes nothing. `estimatedMs` is how long it would take at the pace that the platform grants now.',
    body: { ...examples.wish, agentIds: [agentId] },
    reply: { json: examples.bulkPreview },
  },
  'POST /api/presence-changes/bulk': {
    tag,
    summary: 'Changes many agents, one after the other',
    description: 'Each with the `etag` of the dry run. It goes on without the page, also after a restart.',
    headers: [IDEMPOTENCY_HEADER],
    body: { ...examples.wish, agents: [{ agentId, etag: examples.preview.etag }], override: null },
    reply: { status: 202, json: examples.bulk },
  },
  'GET /api/presence-changes/bulk': {
    tag,
    summary: 'Bulks that go on, and those that ended within an hour',
    reply: { json: { bulks: [examples.bulk] } },
  },
  'GET /api/presence-changes/bulk/:id': {
    tag,
    summary: 'How a bulk stands, agent by agent',
    parameters: { id: examples.bulk.id },
    reply: { json: { ...examples.bulk, changes: [examples.confirmed] } },
  },
  'POST /api/presence-changes/bulk/:id/cancel': {
    tag,
    summary: 'Ends a bulk: those not begun are left alone',
    parameters: { id: examples.bulk.id },
    reply: { json: { ...examples.bulk, state: 'cancelled', endedAt: '2026-11-21T15:00:05.000Z' } },
  },
};

const HELD: OperationTable = {
  'POST /api/agents/:id/presence-hold': {
    tag,
    summary: 'Sets a presence and keeps it against drift to idle or away',
    description: `It lets go at once when the agent chooses something else. ${ANSWERS}`,
    parameters: { id: agentId },
    headers,
    body: { ...examples.wish, minutes: 30, override: null },
    reply: { status: 201, json: examples.hold },
  },
  'GET /api/presence-holds': {
    tag,
    summary: 'Presences that are held, and those let go within an hour',
    parameters: { agent: agentId },
    reply: { json: { holds: [examples.hold] } },
  },
  'DELETE /api/presence-holds/:id': {
    tag,
    summary: 'Lets go; the presence stays as it is',
    parameters: { id: examples.hold.id },
    reply: { json: examples.heldUntilLetGo },
  },
};

export const PRESENCE_CHANGE_OPERATIONS: OperationTable = { ...ONE, ...MANY, ...HELD };
