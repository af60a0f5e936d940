import type { OperationTable } from '../operation-docs.ts';
import examples from './automation.examples.json' with { type: 'json' };

const { automation, run, outcome, suggestion } = examples;
const { id, rule, revision } = automation;

const PAUSED = {
  ...automation,
  paused: { cause: 'person', reason: 'Ada Moreno paused it', at: '2026-11-21T16:00:00.000Z' },
  nextAt: null,
};

/** What is done by itself, and what the schedule suggests. */
export const AUTOMATION_OPERATIONS: OperationTable = {
  'GET /api/automations': {
    tag: 'Automation',
    summary: 'The automations that the viewer may see',
    description:
      'One’s own; an administrator’s answer has everybody’s that act in divisions which are theirs to manage.',
    reply: { json: { automations: [automation] } },
  },
  'POST /api/automations': {
    tag: 'Automation',
    summary: 'Sets one up',
    description: 'It acts within the divisions in which its maker may change presences, as they are when it acts.',
    body: rule,
    reply: { status: 201, json: automation },
  },
  'GET /api/automations/:id': {
    tag: 'Automation',
    summary: 'One automation, with its last run',
    parameters: { id },
    reply: { json: automation },
  },
  'PUT /api/automations/:id': {
    tag: 'Automation',
    summary: 'Changes a rule',
    description: 'By its owner alone. 412 `version-conflict` where the revision is not that of now.',
    parameters: { id },
    body: { revision, rule },
    reply: { json: { ...automation, revision: revision + 1 } },
  },
  'DELETE /api/automations/:id': {
    tag: 'Automation',
    summary: 'Deletes one',
    description: 'Its runs end; agents who are to be put back still are.',
    parameters: { id },
    reply: { status: 204, words: 'Deleted' },
  },
  'POST /api/automations/preview': {
    tag: 'Automation',
    summary: 'Whom a rule would reach now, and what would become of each',
    description: 'Changes nothing.',
    body: rule,
    reply: { json: examples.preview },
  },
  'POST /api/automations/:id/pause': {
    tag: 'Automation',
    summary: 'Lets it stand still',
    parameters: { id },
    reply: { json: PAUSED },
  },
  'POST /api/automations/:id/resume': {
    tag: 'Automation',
    summary: 'Lets it go on',
    description: 'What would have come due in between is passed over.',
    parameters: { id },
    reply: { json: automation },
  },
  'GET /api/automations/:id/runs': {
    tag: 'Automation',
    summary: 'What it has done, the newest first',
    parameters: { id, limit: 50 },
    reply: { json: { runs: [run], cursor: null } },
  },
  'GET /api/automations/:id/runs/:runId': {
    tag: 'Automation',
    summary: 'What came of each agent in one run',
    parameters: { id, runId: run.id, limit: 50 },
    reply: { json: { run, outcomes: [outcome], cursor: null } },
  },
  'POST /api/automations/:id/trigger': {
    tag: 'Automation',
    summary: 'Starts one that is set up to be triggered',
    description:
      'For calendars and focus-mode tools, with an API key of the scope `automations:trigger`; it reaches no farther than the key’s divisions. ' +
      'The header `Idempotency-Key` names the try: the same key again answers with the same run, and with other agents it is 422 `idempotency-conflict`. ' +
      '409 `automation-paused` while it stands still.',
    parameters: { id },
    body: { agents: [outcome.agentId] },
    reply: { status: 202, json: examples.triggered },
  },
  'GET /api/suggestions': {
    tag: 'Automation',
    summary: 'What the schedule suggests for agents whom the viewer may change',
    description:
      'Nothing is done by itself. The schedule is read in turn, where that is switched on: an answer may be some minutes old.',
    reply: { json: examples.suggestions },
  },
  'POST /api/suggestions/:id/dismiss': {
    tag: 'Automation',
    summary: 'Does not tell the viewer of it for a while',
    description: 'With `minutes` null not of this occasion any more.',
    parameters: { id: suggestion },
    body: { minutes: 10 },
    reply: { status: 204, words: 'Dismissed' },
  },
  'PUT /api/suggestions/divisions/:id': {
    tag: 'Automation',
    summary: 'Switches on or off whether the schedule is looked at in a division',
    parameters: { id: 'a69fc615-3291-43d9-8118-a0da467ddec8' },
    body: { isOn: true },
    reply: { status: 204, words: 'Switched' },
  },
};
