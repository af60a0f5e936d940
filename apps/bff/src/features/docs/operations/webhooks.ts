import type { OperationTable } from '../operation-docs.ts';
import examples from './webhooks.examples.json' with { type: 'json' };

const { webhook, settings, secret, delivery, ping } = examples;

const parameters = { id: webhook.id };

export const WEBHOOK_OPERATIONS: OperationTable = {
  'GET /api/webhooks': {
    tag: 'Webhooks',
    summary: 'Who is told of every change, and how that goes',
    description:
      'Those that tell of agents beyond the divisions whose settings the viewer manages are left out. Never a secret.',
    reply: { json: { webhooks: [webhook], divisions: 'all' } },
  },
  'POST /api/webhooks': {
    tag: 'Webhooks',
    summary: 'Makes a webhook',
    description:
      'It begins with what happens from now on. The secret is in this answer and never again. Only public addresses are taken, over https, unless whoever runs Floorwatch allows more.',
    body: settings,
    reply: { status: 201, json: { webhook, secret } },
  },
  'PUT /api/webhooks/:id': {
    tag: 'Webhooks',
    summary: 'Changes a webhook',
    description: 'With the `version` that was read: 409 `version-conflict` where somebody else was faster.',
    parameters,
    body: { ...settings, version: 1 },
    reply: { json: { ...webhook, version: 2 } },
  },
  'DELETE /api/webhooks/:id': {
    tag: 'Webhooks',
    summary: 'Deletes a webhook, with its log and all that waits',
    parameters,
    reply: { status: 204, words: 'Deleted' },
  },
  'POST /api/webhooks/:id/secret': {
    tag: 'Webhooks',
    summary: 'Makes a new secret',
    description: 'Shown once. For a day messages are signed with both.',
    parameters,
    body: { version: 1 },
    reply: {
      json: { webhook: { ...webhook, version: 2, previousSecretUntil: '2026-11-22T16:20:00.000Z' }, secret },
    },
  },
  'POST /api/webhooks/:id/pause': {
    tag: 'Webhooks',
    summary: 'Pauses a webhook, or lets it go on from where it stands',
    parameters,
    body: { isPaused: true },
    reply: { json: { ...webhook, state: 'paused', pausedBy: 'person' } },
  },
  'GET /api/webhooks/:id/deliveries': {
    tag: 'Webhooks',
    summary: 'What was sent, and what came of it, the newest first',
    parameters: { ...parameters, state: 'dead', limit: 50 },
    reply: { json: { deliveries: [delivery], cursor: null } },
  },
  'POST /api/webhooks/:id/replay': {
    tag: 'Webhooks',
    summary: 'Lets dead messages wait again',
    description: 'All of them, at most 1,000 at a time, or those named.',
    parameters,
    body: { deliveries: [delivery.id] },
    reply: { json: { replayed: 1 } },
  },
  'POST /api/webhooks/:id/ping': {
    tag: 'Webhooks',
    summary: 'Sends a test at once',
    description: 'The answer is 200 also where the target did not take it: `state` is then `failed`.',
    parameters,
    reply: { json: ping },
  },
};
