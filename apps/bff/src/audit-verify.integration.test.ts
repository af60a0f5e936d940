import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agentId, type AuditRecord } from '@floorwatch/domain';
import { openStore, type Store } from '@floorwatch/store';
import { startPostgres, type RunningPostgres } from '@floorwatch/store/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';

const COMMAND = new URL('audit-verify.ts', import.meta.url).pathname;
const SET_UP_MS = 60_000;

/** Without them it would be the audit of a demo, which has a folder of its own. */
const CREDENTIALS = {
  GENESYS_CLOUD_REGION: 'mypurecloud.de',
  GENESYS_CLOUD_CLIENT_ID: 'id',
  GENESYS_CLOUD_CLIENT_SECRET: 'secret',
};

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

const record: AuditRecord = {
  at: 0,
  action: 'presence-change',
  outcome: 'accepted',
  actor: { kind: 'person', id: 'jane', name: 'Jane' },
  target: { agentId: agentId('ann'), divisionId: null },
  before: { presence: 'available' },
  after: { presence: 'break' },
  reason: null,
  correlationId: 'c',
  platformCorrelationId: null,
};

interface Place {
  readonly databaseUrl: string | null;
  readonly dataDir: string | null;
}

const open = (place: Place): Promise<Store> => openStore({ ...place, clock: systemClock, log: quiet });

/** Runs `pnpm audit:verify` as a process of its own. */
const verify = (
  place: Partial<Place>,
  ...args: string[]
): Promise<{ code: unknown; told: string; complaint: string }> =>
  new Promise((resolve) => {
    const env = { ...CREDENTIALS, DATABASE_URL: place.databaseUrl ?? '', DATA_DIR: place.dataDir ?? '' };
    execFile(process.execPath, [COMMAND, ...args], { env, cwd: tmpdir() }, (error, told, complaint) => {
      resolve({ code: error === null ? 0 : error.code, told, complaint });
    });
  });

const write = async (store: Store, count: number): Promise<string> => {
  for (let at = 1; at <= count; at += 1) await store.audit.append({ ...record, at });
  const { seq, hash } = await store.audit.head();
  return `${String(seq)}:${hash}`;
};

describe('audit:verify on a server', () => {
  let server: RunningPostgres;
  let place: Place;

  beforeAll(async () => {
    server = await startPostgres();
    place = { databaseUrl: await server.createDatabase(), dataDir: null };
  }, SET_UP_MS);

  afterAll(() => server.remove(), SET_UP_MS);

  it('says how many entries hold together beside the running Floorwatch, names the first that was altered, and the cut', async () => {
    const store = await open(place);
    const head = await write(store, 5);
    const fine = await verify(place);
    expect(fine).toMatchObject({ code: 0, complaint: '' });
    expect(fine.told).toMatch(
      /^The audit holds together: 5 entries \(PostgreSQL at .*\)\.\nIts head, to be noted down: /,
    );
    expect(fine.told).toContain(head);
    expect(fine.told).not.toContain('no-secret');

    const asOwner = (statement: string) => server.run(place.databaseUrl ?? '', statement);
    await asOwner('alter table floorwatch.audit disable trigger all');
    await asOwner(`delete from floorwatch.audit where seq = 5`);
    expect(await verify(place)).toMatchObject({ code: 0 });
    const cut = await verify(place, '--head', head);
    expect(cut).toMatchObject({ code: 1, complaint: '' });
    expect(cut.told).toMatch(
      /^The audit is broken at entry 5: the chain was cut off here: it once went on to entry 5\.\n4 entries before it/,
    );

    await asOwner(`update floorwatch.audit set actor_id = 'jone' where seq = 3`);
    const altered = await verify(place);
    expect(altered).toMatchObject({ code: 1, complaint: '' });
    expect(altered.told).toMatch(/^The audit is broken at entry 3: it does not say what was written/);
    await store.close();
  });

  it('that cannot be reached is no verdict', async () => {
    await server.stop();
    const { code, told, complaint } = await verify(place);
    expect({ code, told }).toEqual({ code: 2, told: '' });
    expect(complaint).toMatch(
      /^The audit could not be verified\. PostgreSQL at .* cannot be used now: nothing listens there/,
    );
  });
});

describe('audit:verify in a data directory', () => {
  let dataDir = '';

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'floorwatch-verify-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it(
    'sends to the page of the Floorwatch that works there, and verifies once it has ended',
    async () => {
      const store = await open({ databaseUrl: null, dataDir });
      const head = await write(store, 1);
      const inUse = await verify({ dataDir });
      expect(inUse).toMatchObject({ code: 2, told: '' });
      expect(inUse.complaint).toMatch(/is in use: process \d+ works in it.*\n.*GET \/api\/audit\/verify/);
      await store.close();
      const fine = await verify({ dataDir }, '--head', head);
      expect(fine).toMatchObject({ code: 0, complaint: '' });
      expect(fine.told).toContain(`holds together: 1 entry (The embedded database in ${dataDir}`);
    },
    SET_UP_MS,
  );
});

it.each([
  [['--head', '12:abc'], /--head 12:abc is no head: it must look like 1234:<64 hex digits>/],
  [['--haed', 'x'], /Unknown option '--haed'/],
])('audit:verify refuses what it does not understand: %j', async (args, complaint) => {
  const answer = await verify({}, ...args);
  expect(answer).toMatchObject({ code: 2, told: '' });
  expect(answer.complaint).toMatch(complaint);
});
