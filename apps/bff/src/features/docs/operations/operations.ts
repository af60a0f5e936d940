import type { OperationTable } from '../operation-docs.ts';
import examples from './operations.examples.json' with { type: 'json' };

export const OPERATIONS_OPERATIONS: OperationTable = {
  'GET /api/floor-health': {
    tag: 'Operations',
    summary: 'How each hop between the platform and the wall is doing',
    reply: { json: examples.floorHealth },
  },
  'GET /api/operations': {
    tag: 'Operations',
    summary: 'How Floorwatch itself is doing, hop by hop, with the last hour',
    description: 'Figures of everybody together, and so for those who see every division.',
    reply: { json: examples.operations },
  },
  'GET /healthz': {
    tag: 'Operations',
    summary: 'Whether the process is alive',
    reply: { json: examples.liveness },
  },
  'GET /readyz': {
    tag: 'Operations',
    summary: 'Whether the board is complete',
    reply: { json: examples.readiness },
  },
  'GET /metrics': {
    tag: 'Operations',
    summary: 'Figures for Prometheus',
    reply: {
      contentType: 'text/plain',
      text: '# HELP floorwatch_browsers Open live sockets\n# TYPE floorwatch_browsers gauge\nfloorwatch_browsers 12\n',
    },
  },
  'GET /api/docs': {
    tag: 'Operations',
    summary: 'This description, to read',
    reply: { contentType: 'text/html', text: '<!doctype html>…' },
  },
  'GET /api/docs/openapi.json': {
    tag: 'Operations',
    summary: 'This description, for programs: OpenAPI 3.1',
    reply: { contentType: 'application/json', text: '{"openapi":"3.1.0"}' },
  },
};
