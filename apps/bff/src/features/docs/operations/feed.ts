import type { OperationTable } from '../operation-docs.ts';
import examples from './feed.examples.json' with { type: 'json' };

const CURSORS =
  'Keep `next` together with what was read, and send it as `cursor` the next time: nothing is missed and nothing comes twice. ' +
  'Where retention has dropped what follows a cursor, the answer is 410 `cursor-too-old` with the oldest one that can be read on from. ' +
  'A key of some divisions tells of the agents who are in them now.';

const [transition] = examples.transitions.transitions;
const [window] = examples.windows.windows;

export const FEED_OPERATIONS: OperationTable = {
  'GET /api/feed/transitions': {
    tag: 'Feed',
    summary: 'Every recorded transition, in the order in which it was recorded',
    description:
      `${CURSORS} As application/x-ndjson it is a line each, with x-feed-next and x-feed-has-more in the headers. ` +
      'As text/event-stream it never ends: the cursor is the id of each event, so a reader that comes back with Last-Event-ID goes on where it stood. ' +
      'An instant may come late, long after younger ones: `at` says when it happened, the order says when it was recorded.',
    parameters: { cursor: 'ted006ccb6d79-3', limit: 100 },
    reply: { json: examples.transitions },
    alsoAs: {
      'application/x-ndjson': `${JSON.stringify(transition)}\n`,
      'text/event-stream': `id: ted006ccb6d79-4\nevent: transition\ndata: ${JSON.stringify(transition)}\n\n`,
    },
  },
  'GET /api/feed/windows': {
    tag: 'Feed',
    summary: 'Every window of five minutes, when it is over',
    description: `${CURSORS} A window that is made again, because something came late, comes again with a higher version: take it in place of the one before.`,
    parameters: { cursor: 'w92ba69f1f61c-5', limit: 100 },
    reply: { json: examples.windows },
    alsoAs: {
      'application/x-ndjson': `${JSON.stringify(window)}\n`,
      'text/event-stream': `id: w92ba69f1f61c-6\nevent: window\ndata: ${JSON.stringify(window)}\n\n`,
    },
  },
};
