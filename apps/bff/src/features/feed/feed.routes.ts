import {
  errorBody,
  FEED_HAS_MORE_HEADER,
  FEED_NEXT_HEADER,
  feedTransitions,
  feedWindows,
  type FeedQuestion,
} from '@floorwatch/contracts';
import type { StreamCursor, StreamName } from '@floorwatch/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { apiKeyOf } from '../../plugins/access.ts';
import type { FeedEntry, FeedPage, FeedPlace, FeedReader } from './feed-reader.ts';
import type { FeedTails } from './feed-tails.ts';

export interface FeedRoutesOptions {
  readonly reader: FeedReader;
  readonly tails: FeedTails;
}

const errors = { '4xx': errorBody, '5xx': errorBody };

/** What other systems read with a key. */
export const feedRoutes: FastifyPluginCallbackZod<FeedRoutesOptions> = (app, { reader, tails }, done) => {
  app.addHook('preClose', (ended) => {
    tails.stop();
    ended();
  });

  app.get(
    feedTransitions.path,
    {
      config: { needs: { key: 'feed:transitions' } },
      schema: { querystring: feedTransitions.query, response: { 200: feedTransitions.reply, ...errors } },
    },
    async (request, reply) => {
      const key = apiKeyOf(request);
      const read = (place: FeedPlace) => reader.transitions(key, place);
      if (isJsonAsked(request)) {
        const { entries, next, hasMore } = await read(placeOf(request.query));
        return { transitions: [...entries], next, hasMore };
      }
      return sendOtherwise({ request, reply, tails, read, stream: 'transitions' });
    },
  );

  app.get(
    feedWindows.path,
    {
      config: { needs: { key: 'feed:windows' } },
      schema: { querystring: feedWindows.query, response: { 200: feedWindows.reply, ...errors } },
    },
    async (request, reply) => {
      const key = apiKeyOf(request);
      const read = (place: FeedPlace) => reader.windows(key, place);
      if (isJsonAsked(request)) {
        const { entries, next, hasMore } = await read(placeOf(request.query));
        return { windows: [...entries], next, hasMore };
      }
      return sendOtherwise({ request, reply, tails, read, stream: 'windows' });
    },
  );
  done();
};

const LINES = 'application/x-ndjson';
const EVENTS = 'text/event-stream';

const accepts = ({ headers }: FastifyRequest, type: string): boolean => headers.accept?.includes(type) === true;

const isJsonAsked = (request: FastifyRequest): boolean => !accepts(request, LINES) && !accepts(request, EVENTS);

const placeOf = ({ cursor, limit }: FeedQuestion): FeedPlace => ({ after: cursor ?? null, limit });

interface Otherwise {
  readonly request: FastifyRequest<{ Querystring: FeedQuestion }>;
  readonly reply: FastifyReply;
  readonly tails: FeedTails;
  readonly stream: StreamName;
  readonly read: (place: FeedPlace) => Promise<FeedPage<FeedEntry>>;
}

const sendOtherwise = ({ request, reply, ...parts }: Otherwise): Promise<FastifyReply> =>
  accepts(request, EVENTS) ? sendTail({ request, reply, ...parts }) : sendLines({ request, reply, ...parts });

/** One page, a line each. */
const sendLines = async ({ request, reply, read }: Otherwise): Promise<FastifyReply> => {
  const { entries, next, hasMore } = await read(placeOf(request.query));
  return reply
    .headers({ [FEED_NEXT_HEADER]: next, [FEED_HAS_MORE_HEADER]: String(hasMore) })
    .type(LINES)
    .serializer((text: string) => text)
    .send(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
};

/** Goes on where the reader's last event was, whatever its address says: that is of the first time. */
const sendTail = async ({ request, reply, tails, read, stream }: Otherwise): Promise<FastifyReply> => {
  const lastEventId = request.headers['last-event-id'];
  const { after } = placeOf(request.query);
  const text = await tails.begin({
    key: apiKeyOf(request),
    stream,
    after: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : after,
    correlationId: request.id,
    log: request.log,
    read: (cursor: StreamCursor | null, limit: number) => read({ after: cursor, limit }),
  });
  return reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' }).type(EVENTS).send(text);
};
