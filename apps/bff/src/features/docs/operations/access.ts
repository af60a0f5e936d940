import type { OperationTable } from '../operation-docs.ts';
import examples from './access.examples.json' with { type: 'json' };

const { key } = examples.key;

export const ACCESS_OPERATIONS: OperationTable = {
  'GET /api/session': {
    tag: 'Access',
    summary: 'Who is signed in, and what this person may do',
    reply: { json: examples.session },
  },
  'GET /api/session/sign-in': {
    tag: 'Access',
    summary: 'Sends the browser to the platform’s sign-in page',
    parameters: { returnTo: '/' },
    reply: { status: 302, words: 'To the platform' },
  },
  'GET /api/session/callback': {
    tag: 'Access',
    summary: 'Where the platform sends the browser back to',
    parameters: { state: 'a-state', code: 'a-code' },
    reply: { status: 302, words: 'To the page that was asked for, or to the one that says why not' },
  },
  'POST /api/session/sign-out': {
    tag: 'Access',
    summary: 'Ends the session here, and its tokens at the platform',
    reply: { status: 204, words: 'Signed out' },
  },
  'GET /api/api-keys': {
    tag: 'Access',
    summary: 'The keys of other systems',
    description:
      'Those that are wholly in the divisions whose settings the viewer manages, the newest first. Never a secret.',
    reply: { json: examples.keys },
  },
  'POST /api/api-keys': {
    tag: 'Access',
    summary: 'Makes a key',
    description: 'Its secret is in this answer and never again. It stands in the audit who made it.',
    body: { name: key.name, scopes: key.scopes, divisions: 'all', expiresInDays: 90 },
    reply: { status: 201, json: examples.key },
  },
  'POST /api/api-keys/:id/revoke': {
    tag: 'Access',
    summary: 'Revokes a key: from now on it opens nothing',
    parameters: { id: key.id },
    reply: { json: { ...key, state: 'revoked', revokedAt: '2026-11-21T16:00:00.000Z' } },
  },
  'GET /api/audit': {
    tag: 'Audit',
    summary: 'Who tried what, and what came of it, the newest first',
    parameters: { action: 'settings-change,export', limit: 50 },
    reply: { json: examples.audit },
  },
  'GET /api/audit/export': {
    tag: 'Audit',
    summary: 'The audit as a file',
    parameters: { format: 'csv', zone: 'UTC' },
    reply: {
      contentType: 'text/csv',
      text: 'Floorwatch,Audit\r\nRows,1\r\n\r\nseq,timestamp,action,outcome,actorName\r\n3,2026-11-21T15:53:05.562Z,settings-change,accepted,Grace Okafor\r\n',
    },
    alsoAs: { 'application/json': '{}' },
  },
  'GET /api/audit/verify': {
    tag: 'Audit',
    summary: 'Whether the whole chain of the audit holds together',
    reply: { json: examples.verification },
  },
};
