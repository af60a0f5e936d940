import { listAgents } from '@floorwatch/contracts';
import type { OperationTable } from '../operation-docs.ts';
import examples from './agents.examples.json' with { type: 'json' };

const id = examples.one.id;

export const AGENT_OPERATIONS: OperationTable = {
  'GET /api/agents': {
    tag: 'Agents',
    summary: 'The whole wall at one position',
    description:
      'Its ETag is the position: an unchanged wall answers 304. Rows are tuples, as on the live socket, which brings what comes after this position.',
    reply: { json: examples.list, schema: listAgents.reply },
  },
  'GET /api/agents/:id': {
    tag: 'Agents',
    summary: 'One agent, in words',
    parameters: { id },
    reply: { json: examples.one },
  },
  'GET /api/agents/:id/presence': {
    tag: 'Agents',
    summary: 'One agent’s presence, now',
    parameters: { id },
    reply: { json: examples.presence },
  },
  'GET /api/agents/:id/routing-status': {
    tag: 'Agents',
    summary: 'One agent’s routing status, now',
    parameters: { id },
    reply: { json: examples.routing },
  },
  'GET /api/presence-definitions': {
    tag: 'Agents',
    summary: 'The organisation’s presences, primary and secondary',
    reply: { json: examples.definitions },
  },
  'GET /api/live': {
    tag: 'Agents',
    summary: 'The live socket of the wall',
    description:
      'A WebSocket for pages of this Floorwatch. What goes over it is in packages/contracts/src/live, one message a file; other systems read the feed.',
    parameters: { protocol: 1 },
    reply: { status: 101, words: 'The socket is open: it greets with the position of the board' },
  },
};
