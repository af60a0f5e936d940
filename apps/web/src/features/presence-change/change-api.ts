import {
  bulkChange,
  cancelBulk,
  cancelPresenceChange,
  changePresence,
  endHold,
  getBulk,
  getPresenceChange,
  IDEMPOTENCY_HEADER,
  IF_MATCH_HEADER,
  listBulks,
  listHolds,
  listPresenceChanges,
  presenceChange,
  presenceHold,
  previewBulk,
  previewPresenceChange,
  resetNotResponding,
  startBulk,
  startHold,
  undoPresenceChange,
} from '@floorwatch/contracts';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { FloorwatchRefused, FloorwatchUnreadable, getFromApi, sendToApi } from '../../lib/api-client.ts';
import { isSettled } from './change-words.ts';

/** What is to be, as the API takes it. */
export interface WantedBody {
  readonly definitionId: string;
  readonly message: string | null;
}

/** The presence that is to be replaced, and the name of the try: the same name is never carried out twice. */
export interface Try {
  readonly etag: string;
  readonly key: string;
}

const FOLLOW_MS = 700;
/** A contact can take an hour. */
const WAIT_MS = 3000;
const WATCH_MS = 15_000;
const LOOK_CLOSER_MS = 1500;

const pathOf = (path: string, id: string): string => path.replace(':id', encodeURIComponent(id));

type Sending = Parameters<typeof sendToApi>[0];

const send = async <Schema extends z.ZodType>(request: Sending, reply: Schema): Promise<z.infer<Schema>> => {
  const parsed = reply.safeParse(await sendToApi(request));
  if (parsed.success) return parsed.data;
  throw new FloorwatchUnreadable(`The answer of ${request.path} is not understood. Reload the page.`);
};

/** Asking again is for who cannot be reached; a refusal stays one. */
const retry = (failures: number, error: Error): boolean => !(error instanceof FloorwatchRefused) && failures < 2;

/** What a change of one agent would meet, and do. Asked anew for each choice: the presence it would replace is part of the answer. */
export const previewQuery = (agentId: string, wanted: WantedBody | null) =>
  queryOptions({
    queryKey: ['presence-change', 'preview', agentId, wanted],
    queryFn: ({ signal }) =>
      send(
        { method: 'POST', path: pathOf(previewPresenceChange.path, agentId), body: wanted, signal },
        previewPresenceChange.reply,
      ),
    enabled: wanted !== null,
    staleTime: Infinity,
    gcTime: 0,
    networkMode: 'always',
    retry,
  });

/** The dry run of a bulk. */
export const bulkPreviewQuery = (agentIds: readonly string[], wanted: WantedBody | null) =>
  queryOptions({
    queryKey: ['presence-change', 'dry-run', agentIds, wanted],
    queryFn: ({ signal }) =>
      send({ method: 'POST', path: previewBulk.path, body: { ...wanted, agentIds }, signal }, previewBulk.reply),
    enabled: wanted !== null && agentIds.length > 0,
    staleTime: Infinity,
    gcTime: 0,
    networkMode: 'always',
    retry,
  });

const headersOf = ({ etag, key }: Try) => ({ [IF_MATCH_HEADER]: etag, [IDEMPOTENCY_HEADER]: key });

type ChangeBody = z.input<typeof changePresence.body>;

export const requestChange = (agentId: string, body: ChangeBody, tried: Try) =>
  send(
    { method: 'PATCH', path: pathOf(changePresence.path, agentId), body, headers: headersOf(tried) },
    changePresence.reply,
  );

type HoldBody = z.input<typeof startHold.body>;

export const requestHold = (agentId: string, body: HoldBody, tried: Try) =>
  send({ method: 'POST', path: pathOf(startHold.path, agentId), body, headers: headersOf(tried) }, presenceHold);

export const requestReset = (agentId: string, tried: Try) =>
  send(
    { method: 'POST', path: pathOf(resetNotResponding.path, agentId), headers: headersOf(tried) },
    resetNotResponding.reply,
  );

type BulkBody = z.input<typeof startBulk.body>;

export const requestBulk = (body: BulkBody, key: string) =>
  send({ method: 'POST', path: startBulk.path, body, headers: { [IDEMPOTENCY_HEADER]: key } }, bulkChange);

export const undoChange = (id: string) =>
  send({ method: 'POST', path: pathOf(undoPresenceChange.path, id) }, presenceChange);

export const cancelChange = (id: string) =>
  send({ method: 'POST', path: pathOf(cancelPresenceChange.path, id) }, presenceChange);

export const letGo = (id: string) => send({ method: 'DELETE', path: pathOf(endHold.path, id) }, presenceHold);

export const stopBulk = (id: string) => send({ method: 'POST', path: pathOf(cancelBulk.path, id) }, bulkChange);

/** One change, followed until it is settled and cannot be undone any more. */
export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: ['presence-change', 'one', id],
    queryFn: ({ signal }) =>
      getFromApi({ path: pathOf(getPresenceChange.path, id), reply: getPresenceChange.reply, signal }),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isSettled(data.state) && data.undoableUntil === null
        ? false
        : data?.state === 'waiting'
          ? WAIT_MS
          : FOLLOW_MS,
    staleTime: FOLLOW_MS,
    networkMode: 'always',
    retry: false,
  });

/** One bulk with the result of each agent, followed until it ends. */
export const bulkQuery = (id: string) =>
  queryOptions({
    queryKey: ['presence-change', 'bulk', id],
    queryFn: ({ signal }) => getFromApi({ path: pathOf(getBulk.path, id), reply: getBulk.reply, signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'running' || data.changes.some(({ state }) => !isSettled(state))
        ? FOLLOW_MS
        : false,
    staleTime: FOLLOW_MS,
    networkMode: 'always',
    retry: false,
  });

/** All that is under way, everybody's: looked at closer while something is. */
export const changesQuery = queryOptions({
  queryKey: ['presence-changes', 'list'],
  queryFn: ({ signal }) => getFromApi({ path: listPresenceChanges.path, reply: listPresenceChanges.reply, signal }),
  refetchInterval: ({ state: { data } }) =>
    data?.changes.some(({ state }) => !isSettled(state)) === true ? LOOK_CLOSER_MS : WATCH_MS,
  retry: false,
});

export const holdsQuery = queryOptions({
  queryKey: ['presence-changes', 'holds'],
  queryFn: ({ signal }) => getFromApi({ path: listHolds.path, reply: listHolds.reply, signal }),
  refetchInterval: WATCH_MS,
  retry: false,
});

export const bulksQuery = queryOptions({
  queryKey: ['presence-changes', 'bulks'],
  queryFn: ({ signal }) => getFromApi({ path: listBulks.path, reply: listBulks.reply, signal }),
  refetchInterval: ({ state: { data } }) =>
    data?.bulks.some(({ state }) => state === 'running') === true ? LOOK_CLOSER_MS : WATCH_MS,
  retry: false,
});

/** Everything that lists what is under way; to be asked again after something was begun or taken back. */
export const UNDER_WAY_KEY = ['presence-changes'] as const;
