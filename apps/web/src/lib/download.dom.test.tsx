import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FloorwatchRefused, FloorwatchUnreachable } from './api-client.ts';
import { downloadFile, type DownloadProgress } from './download.ts';

const saved: { name: string; blob: Blob }[] = [];
const seen: DownloadProgress[] = [];
let ender: AbortController;
let lastBlob: Blob | null;

beforeEach(() => {
  saved.length = 0;
  seen.length = 0;
  ender = new AbortController();
  lastBlob = null;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    lastBlob = blob as Blob;
    return 'blob:one';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(this: HTMLAnchorElement) {
    if (lastBlob !== null) saved.push({ name: this.download, blob: lastBlob });
  });
});

afterEach(() => vi.unstubAllGlobals());

const download = (body?: unknown) =>
  downloadFile({
    path: '/api/agents/export',
    ...(body !== undefined && { body }),
    fileName: 'agents.csv',
    signal: ender.signal,
    onProgress: (progress) => seen.push(progress),
  });

/** An answer that comes in these pieces, and then ends or breaks off. */
const answer = (pieces: readonly string[], more: { headers?: HeadersInit; breaksOff?: boolean } = {}): void => {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      if (more.breaksOff === true) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
  vi.stubGlobal('fetch', () =>
    Promise.resolve({ ok: true, headers: new Headers(more.headers), body: stream } as Partial<Response>),
  );
};

test('saves the whole file under the name it was given, and tells how far it is', async () => {
  answer(['name\nAna\n', 'Ben\n'], {
    headers: { 'content-disposition': 'attachment; filename="wall.csv"', 'x-row-count': '2' },
  });
  const done = await download();
  expect(done).toEqual({ fileName: 'wall.csv', bytes: 13, lines: 3, rows: 2 });
  expect(seen.map(({ bytes, rows }) => [bytes, rows])).toEqual([
    [0, 2],
    [9, 2],
    [13, 2],
  ]);
  expect(saved.map(({ name, blob }) => [name, blob.size])).toEqual([['wall.csv', 13]]);
});

test('a file that breaks off on its way is not saved', async () => {
  answer(['name\nAna\n'], { breaksOff: true });
  await expect(download()).rejects.toThrow(FloorwatchUnreachable);
  expect(saved).toEqual([]);
});

test('what the API says against it is told in its words', async () => {
  const body = { code: 'store-unavailable', message: 'The database does not answer.', correlationId: 'c-1' };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status: 503 })));
  const failed = download();
  await expect(failed).rejects.toThrow(FloorwatchRefused);
  await expect(failed).rejects.toThrow('The database does not answer.');
});

test('an export that was ended saves nothing, and blames nobody', async () => {
  vi.stubGlobal('fetch', () => {
    ender.abort();
    return Promise.reject(new DOMException('ended', 'AbortError'));
  });
  await expect(download()).rejects.toMatchObject({ name: 'AbortError' });
  expect(saved).toEqual([]);
});

test('a wall is named by its agents, in the body', async () => {
  const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() =>
    Promise.resolve(new Response('')),
  );
  vi.stubGlobal('fetch', fetched);
  await download({ agents: ['a', 'b'] });
  const [path, init] = fetched.mock.calls[0] ?? [];
  expect([path, init?.method, init?.body]).toEqual(['/api/agents/export', 'POST', '{"agents":["a","b"]}']);
});
