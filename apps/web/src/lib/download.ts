import { errorBody } from '@floorwatch/contracts';
import { csrfHeaders } from './csrf.ts';
import { FloorwatchRefused, FloorwatchUnreachable } from './api-client.ts';

export interface DownloadRequest {
  readonly path: string;
  /** Sent as JSON by POST; a GET where it is left out. */
  readonly body?: unknown;
  /** Where the answer names no file. */
  readonly fileName: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** What has arrived. */
export interface DownloadProgress {
  readonly bytes: number;
  /** Line ends: every row is a line, and a few more are the head and the sum. */
  readonly lines: number;
  /** How many rows the file will have; null where the answer does not say. */
  readonly rows: number | null;
}

export interface Downloaded extends DownloadProgress {
  readonly fileName: string;
}

/** Chunks are put together this often, so that the browser can keep a large file on disk and not in memory, bytes. */
const MERGE_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 10;

/**
 * Reads a file from the API while it is being made, and hands it to the browser to be saved once it is whole: half a file
 * is never saved.
 * @throws FloorwatchUnreachable (also when it breaks off on the way), FloorwatchRefused; what the signal says when ended
 */
export const downloadFile = async (request: DownloadRequest): Promise<Downloaded> => {
  const response = await open(request);
  const { blob, ...progress } = await collect(response, request);
  const fileName = fileNameIn(response.headers.get('content-disposition')) ?? request.fileName;
  save(blob, fileName);
  return { ...progress, fileName };
};

const open = async ({ path, body, signal }: DownloadRequest): Promise<Response> => {
  const post =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...csrfHeaders() },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, { ...post, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new FloorwatchUnreachable('Floorwatch does not answer.', { cause: error });
  });
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => null);
  throw new FloorwatchRefused(response.status, errorBody.safeParse(answer).data ?? null);
};

const collect = async (
  response: Response,
  { signal, onProgress }: DownloadRequest,
): Promise<DownloadProgress & { readonly blob: Blob }> => {
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  let blob = new Blob([], { type });
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let progress: DownloadProgress = { bytes: 0, lines: 0, rows: rowsIn(response.headers.get('x-row-count')) };
  onProgress(progress);
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (chunk?.value === undefined) break;
      waiting.push(chunk.value);
      const { bytes, lines } = progress;
      progress = { ...progress, bytes: bytes + chunk.value.length, lines: lines + lineEndsIn(chunk.value) };
      onProgress(progress);
      if (progress.bytes - blob.size < MERGE_BYTES) continue;
      blob = new Blob([blob, ...waiting], { type });
      waiting = [];
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new FloorwatchUnreachable('The file broke off on its way; nothing was saved.', { cause: error });
  }
  return { ...progress, blob: new Blob([blob, ...waiting], { type }) };
};

const lineEndsIn = (bytes: Uint8Array): number => {
  let count = 0;
  for (const byte of bytes) if (byte === LINE_FEED) count += 1;
  return count;
};

const rowsIn = (text: string | null): number | null => (text !== null && /^\d+$/.test(text) ? Number(text) : null);

/** `attachment; filename="agents.csv"` */
const fileNameIn = (disposition: string | null): string | null =>
  /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? null;

const save = (blob: Blob, fileName: string): void => {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
};
