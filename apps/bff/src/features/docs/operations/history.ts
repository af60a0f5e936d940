import type { OperationTable } from '../operation-docs.ts';
import examples from './history.examples.json' with { type: 'json' };

const id = examples.history.agentId;
const range = { from: examples.history.from, to: examples.history.to };

const HEAD =
  'Floorwatch,Transitions of an agent\r\nOrganisation,Example Ltd\r\nAgent,Ada Moreno\r\nTime zone,UTC\r\nRows,1\r\n\r\n';
const CSV = 'text/csv';

export const HISTORY_OPERATIONS: OperationTable = {
  'GET /api/agents/:id/history': {
    tag: 'History',
    summary: 'What happened, as segments of lanes',
    description:
      'Own records win, the platform’s history fills what was before or between them, and what nobody knows is a gap. Pages are cut by time.',
    parameters: { id, ...range, kind: 'system,routing', limit: 1000 },
    reply: { json: examples.history },
  },
  'GET /api/agents/:id/availability': {
    tag: 'History',
    summary: 'One agent’s time, added up per interval and in all',
    parameters: { id, ...range, granularity: '15m', zone: 'UTC' },
    reply: { json: examples.availability },
  },
  'GET /api/agents/:id/comparison': {
    tag: 'History',
    summary: 'A day so far beside the same weekdays and the team',
    parameters: { id, day: '2026-11-21', zone: 'Europe/Berlin' },
    reply: { json: examples.comparison },
  },
  'GET /api/availability': {
    tag: 'History',
    summary: 'The same figures of many agents',
    parameters: { ...range, sort: 'readyShare', order: 'desc', limit: 100 },
    reply: { json: examples.team },
  },
  'GET /api/agents/:id/history/export': {
    tag: 'Exports',
    summary: 'One agent’s history as a file',
    parameters: { id, ...range, format: 'csv', zone: 'UTC' },
    reply: {
      contentType: CSV,
      text: `${HEAD}userId,kind,fromUtc,toUtc,durationSeconds,value\r\n${id},system,${range.from},2026-11-21T14:19:27.308Z,1800,offline\r\n`,
    },
    alsoAs: { 'application/json': '{}' },
  },
  'GET /api/agents/:id/transitions/export': {
    tag: 'Exports',
    summary: 'One agent’s transitions, in the record that team leads’ tools expect',
    parameters: { id, ...range, format: 'csv', zone: 'UTC' },
    reply: {
      contentType: CSV,
      text: `${HEAD}userId,timestamp,uiPresence,routingAvailability,wrapupCode,queueAssignments,stateDurationSeconds\r\n${id},${range.from},onQueue,idle,,,1827.315\r\n`,
    },
    alsoAs: { 'application/json': '{}' },
  },
  'GET /api/agents/:id/availability/export': {
    tag: 'Exports',
    summary: 'One agent’s figures as a file',
    parameters: { id, ...range, granularity: '15m', format: 'csv' },
    reply: {
      contentType: CSV,
      text: `${HEAD}userId,windowStart,windowEnd,availableSeconds,notReadySeconds\r\n${id},${range.from},2026-11-21T14:00:00.000Z,0,0\r\n`,
    },
    alsoAs: { 'application/json': '{}' },
  },
  'GET /api/availability/export': {
    tag: 'Exports',
    summary: 'The team’s figures as a file',
    parameters: { ...range, format: 'csv' },
    reply: {
      contentType: CSV,
      text: `${HEAD}userId,name,team,division,availableSeconds,notReadySeconds\r\n${id},Ada Moreno,Team 1,Asia Pacific,1827.315,2972.685\r\n`,
    },
    alsoAs: { 'application/json': '{}' },
  },
  'POST /api/agents/export': {
    tag: 'Exports',
    summary: 'The wall as a file',
    body: { format: 'csv', zone: 'UTC', agents: [id], filter: 'On queue' },
    reply: {
      contentType: CSV,
      text: `${HEAD}userId,name,division,team,activity,activitySince\r\n${id},Ada Moreno,Asia Pacific,Team 1,available,2026-11-21T14:50:54.623Z\r\n`,
    },
    alsoAs: { 'application/json': '{}' },
  },
};
