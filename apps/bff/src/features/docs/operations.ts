import { IDEMPOTENCY_HEADER, IF_MATCH_HEADER } from '@floorwatch/contracts';
import { ACCESS_OPERATIONS } from './operations/access.ts';
import { AGENT_OPERATIONS } from './operations/agents.ts';
import { AUTOMATION_OPERATIONS } from './operations/automation.ts';
import { FEED_OPERATIONS } from './operations/feed.ts';
import { HISTORY_OPERATIONS } from './operations/history.ts';
import { OPERATIONS_OPERATIONS } from './operations/operations.ts';
import { PRESENCE_CHANGE_OPERATIONS } from './operations/presence-changes.ts';
import { WEBHOOK_OPERATIONS } from './operations/webhooks.ts';
import type { OperationTable } from './operation-docs.ts';

/** Everything there is to ask. A route that is not in here fails a test. */
export const OPERATIONS: OperationTable = {
  ...FEED_OPERATIONS,
  ...AGENT_OPERATIONS,
  ...PRESENCE_CHANGE_OPERATIONS,
  ...HISTORY_OPERATIONS,
  ...AUTOMATION_OPERATIONS,
  ...ACCESS_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...OPERATIONS_OPERATIONS,
};

/** What is said of headers that some operations take, with an example. */
export const HEADER_WORDS: Readonly<Record<string, { readonly description: string; readonly example: string }>> = {
  [IF_MATCH_HEADER]: {
    description: 'The `etag` of the presence that is to be replaced, as the preview or the presence itself gave it.',
    example: '"uWcKJ0zWmWyfVYvyiTK1Rw"',
  },
  [IDEMPOTENCY_HEADER]: {
    description: 'The caller’s name for this try. The same again is the same change, and writes nothing.',
    example: '7f2c9d1e-1f0a-4f57-9c7e-0a3b5a6d2c11',
  },
};

/** What is said of parameters, by name: they mean the same everywhere. */
export const PARAMETER_WORDS: Readonly<Record<string, string>> = {
  id: 'The id of what the path names; of an agent the platform’s user id.',
  runId: 'The run, as the run log names it.',
  cursor: 'Where the answer before ended. Of the feed also `now`, for the end; left out, the oldest that is kept.',
  limit: 'How many at most.',
  from: 'The beginning, included. ISO 8601 with a zone.',
  to: 'The end, not included. One in the future is cut at now.',
  zone: 'IANA name of the zone whose days and hours count.',
  granularity: 'How long an interval is.',
  kind: 'Which lanes, comma-separated; all where left out.',
  day: 'A date of the zone’s calendar.',
  format: 'The kind of file.',
  agents: 'Ids of agents, comma-separated.',
  division: 'Ids of divisions, comma-separated; `none` for agents without one.',
  queue: 'Ids of queues, comma-separated; `none` for agents without one.',
  team: 'Names of teams, comma-separated; `none` for agents without one.',
  sort: 'What the lines are put in order by.',
  order: 'Rising or falling.',
  action: 'Kinds of deeds, comma-separated.',
  outcome: 'What came of them, comma-separated.',
  actor: 'Who did it: a user id, or an automation’s.',
  agent: 'The agent it is about.',
  correlation: 'The id that ties the entries of one deed together.',
  returnTo: 'The path of this application to go to afterwards.',
  state: 'In signing in: as the platform sends it back. Of deliveries: what became of them, comma-separated.',
  code: 'As the platform sends it.',
  error: 'Why the platform refused.',
  protocol: 'The version of the live protocol that the page speaks.',
};
