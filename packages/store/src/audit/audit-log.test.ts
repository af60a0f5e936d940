import { agentId, divisionId, type AuditEntry } from '@floorwatch/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StoreUnavailable } from '../store-error.ts';
import { onBothEngines, onPostgres, SET_UP_MS } from '../testing/engines.fake.ts';
import { aRecord, openWritableAudit, type OpenedAudit } from './opened-audit.fake.ts';

const numbers = (entries: readonly AuditEntry[]): number[] => entries.map(({ seq }) => seq);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

onBothEngines('The audit', (bench) => {
  let opened: OpenedAudit;

  beforeAll(async () => {
    opened = await openWritableAudit(await bench.place());
  }, SET_UP_MS);

  afterAll(() => opened.close());

  it('begins with nothing, and that holds together', async () => {
    const empty = await openWritableAudit(await bench.place());
    expect(await empty.audit.read({}, { beforeSeq: null, limit: 10 })).toEqual([]);
    expect(await empty.audit.verify()).toEqual({ head: await empty.audit.head(), broken: null });
    expect(await empty.audit.head()).toEqual({ seq: 0, hash: '0'.repeat(64) });
    await empty.close();
  });

  it('gives back what was written, to the letter', async () => {
    const bare = aRecord({ target: null, before: null, after: null, reason: null, platformCorrelationId: null });
    const odd = aRecord({ reason: 'half \uD800 a pair, NUL \0, “quotes” 🎧', after: { z: -0, a: '\0', '': 1e300 } });
    const written = [await opened.audit.append(bare), await opened.audit.append(odd)];
    expect(written[0]).toMatchObject(bare);
    expect(written[1]).toMatchObject({
      reason: 'half \u{FFFD} a pair, NUL \u{FFFD}, “quotes” 🎧',
      after: { z: 0, a: '\u{FFFD}', '': 1e300 },
    });
    expect(await opened.audit.read({}, { beforeSeq: null, limit: 2 })).toEqual(written.toReversed());
  });

  it('makes one chain without gaps of many that come at once', async () => {
    const { seq } = await opened.audit.head();
    const entries = await Promise.all(Array.from({ length: 1200 }, (_, at) => opened.audit.append(aRecord({ at }))));
    expect(numbers(entries)).toEqual(Array.from({ length: 1200 }, (_, index) => seq + 1 + index));
    const last = entries.at(-1) ?? expect.fail();
    expect(await opened.audit.head()).toEqual({ seq: last.seq, hash: last.hash });
    expect(await opened.audit.verify()).toEqual({ head: await opened.audit.head(), broken: null });
  });

  it('is not stopped by a record that cannot be kept', async () => {
    const tries = [aRecord(), aRecord({ at: NaN }), aRecord()].map((record) => opened.audit.append(record));
    expect((await Promise.allSettled(tries)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    await expect(tries[1]).rejects.toThrow(RangeError);
  });

  it.each([
    'update floorwatch.audit set reason = null where seq = 1',
    'update floorwatch.audit set reason = null where seq = -1',
    'delete from floorwatch.audit where seq = 1',
    'truncate floorwatch.audit',
    `insert into floorwatch.audit select * from floorwatch.audit where seq = 1 on conflict (seq) do update set reason = ''`,
  ])('refuses to be changed: %s', async (statement) => {
    await expect(opened.ask(statement)).rejects.toThrow(
      /the audit is only added to: (update|delete|truncate) is refused/,
    );
  });

  it('outlives what retention drops', async () => {
    const place = await bench.place();
    const store = await bench.open(place);
    await store.audit.append(aRecord({ at: 0 }));
    await store.recording.dropBefore(Date.UTC(2030, 0, 1));
    expect(await store.audit.verify()).toMatchObject({ head: { seq: 1 }, broken: null });
  });
});

onBothEngines('Reading the audit', (bench) => {
  let opened: OpenedAudit;
  const read = async (...args: Parameters<OpenedAudit['audit']['read']>) => numbers(await opened.audit.read(...args));
  const all = { beforeSeq: null, limit: 100 };

  beforeAll(async () => {
    opened = await openWritableAudit(await bench.place());
    const of = (agent: string, division: string | null) => ({
      agentId: agentId(agent),
      divisionId: division === null ? null : divisionId(division),
    });
    const records = [
      aRecord({ at: 10, target: of('ann', 'north') }),
      aRecord({ at: 20, target: of('ann', 'south'), outcome: 'confirmed', correlationId: 'c' }),
      aRecord({ at: 30, target: of('bob', null), outcome: 'refused' }),
      aRecord({ at: 40, target: null, action: 'sign-in', actor: { kind: 'person', id: 'user-2', name: null } }),
      aRecord({ at: 50, target: of('cem', 'south'), action: 'export', correlationId: 'c' }),
    ];
    for (const record of records) await opened.audit.append(record);
  }, SET_UP_MS);

  afterAll(() => opened.close());

  it('goes page by page, newest first, also while more is added', async () => {
    expect(await read({}, { beforeSeq: null, limit: 2 })).toEqual([5, 4]);
    expect(await read({}, { beforeSeq: 4, limit: 2 })).toEqual([3, 2]);
    expect(await read({}, { beforeSeq: 2, limit: 2 })).toEqual([1]);
    expect(await opened.audit.count({}, { beforeSeq: 4 })).toBe(3);
  });

  it.each([
    [{ actions: ['sign-in', 'export'] }, [5, 4]],
    [{ outcomes: ['refused'] }, [3]],
    [{ actorId: 'user-2' }, [4]],
    [{ agentIds: [agentId('ann'), agentId('bob')] }, [3, 2, 1]],
    [{ agentIds: [] }, []],
    [{ divisionIds: [divisionId('south')] }, [5, 2]],
    [{ divisionIds: [] }, []],
    [{ from: 20, to: 40 }, [3, 2]],
    [{ correlationId: 'c', divisionIds: [divisionId('south')], to: 50 }, [2]],
    [{}, [5, 4, 3, 2, 1]],
  ] as const)('finds what was asked for: %j', async (filter, expected) => {
    expect(await read(filter, all)).toEqual(expected);
    expect(await opened.audit.count(filter, { beforeSeq: null })).toBe(expected.length);
  });
});

onPostgres('The audit of several processes', (bench) => {
  it('is one chain', async () => {
    const place = await bench.place();
    const processes = await Promise.all([1, 2, 3].map(() => openWritableAudit(place)));
    const writing = processes.flatMap(({ audit }, process) =>
      Array.from({ length: 100 }, async (_, index) => {
        if (index % 7 === 0) await audit.head(); // so that their groups are cut differently
        return audit.append(aRecord({ at: process }));
      }),
    );
    const entries = await Promise.all(writing);
    expect(numbers(entries).toSorted((a, b) => a - b)).toEqual(upTo(300));
    for (const { audit } of processes) expect(await audit.verify()).toMatchObject({ head: { seq: 300 }, broken: null });
    await Promise.all(processes.map((process) => process.close()));
  });

  it('cannot fork: of two that would follow the same entry the database takes one', async () => {
    const opened = await openWritableAudit(await bench.place());
    const { previousHash } = await opened.audit.append(aRecord());
    const fork = opened.ask(
      `insert into floorwatch.audit select 2, at, action, outcome, actor_kind, actor_id, actor_name, agent_id, division_id,
       values_before, values_after, reason, correlation_id, platform_correlation_id, $1, hash from floorwatch.audit`,
      [previousHash],
    );
    await expect(fork).rejects.toThrow(/unique constraint/);
    await opened.close();
  });

  it('fails with StoreUnavailable for all that wait once the database is gone', async () => {
    const opened = await openWritableAudit(await bench.place());
    await opened.audit.append(aRecord());
    await opened.close();
    const tries = await Promise.allSettled([1, 2, 3].map(() => opened.audit.append(aRecord())));
    for (const one of tries)
      expect(one).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) as unknown });
    await expect(opened.audit.verify()).rejects.toThrow(StoreUnavailable);
  });
});
