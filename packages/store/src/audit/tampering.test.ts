import { afterAll, beforeAll, expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';
import { aRecord, openWritableAudit, type OpenedAudit } from './opened-audit.fake.ts';

const ENTRIES = 1010; // more than are read at once
const NUMBER = 500; // the last of a batch

const COLUMNS = [
  'action',
  'outcome',
  'actor_kind',
  'actor_id',
  'actor_name',
  'agent_id',
  'division_id',
  'values_before',
  'values_after',
  'reason',
  'correlation_id',
  'platform_correlation_id',
  'previous_hash',
  'hash',
];

onBothEngines('An audit that somebody with all rights on the database has altered', (bench) => {
  let opened: OpenedAudit;

  beforeAll(async () => {
    opened = await openWritableAudit(await bench.place());
    await Promise.all(Array.from({ length: ENTRIES }, (_, at) => opened.audit.append(aRecord({ at }))));
  }, SET_UP_MS);

  afterAll(() => opened.close());

  const broken = async () => (await opened.audit.verify()).broken;

  /** Puts everything back as it was written. */
  const restoring = async (work: () => Promise<void>): Promise<void> => {
    await opened.ask('create table kept as select * from floorwatch.audit');
    try {
      await work();
    } finally {
      await opened.tamper('delete from floorwatch.audit');
      await opened.tamper('insert into floorwatch.audit select * from kept');
      await opened.ask('drop table kept');
    }
    expect(await broken()).toBeNull();
  };

  it.each(COLUMNS)('names the entry in which one byte of %s is another', async (column) => {
    await restoring(async () => {
      await opened.tamper(
        `update floorwatch.audit set ${column} = overlay(${column} placing '~' from 2 for 1) where seq = $1`,
        [NUMBER],
      );
      expect(await broken()).toMatchObject({ seq: NUMBER });
    });
  });

  it.each([
    ['at', 'at + 1'],
    ['reason', 'null'],
    ['agent_id', 'null'],
    ['values_after', `values_after || ' '`],
    ['values_after', `replace(values_after, '1.5', '1.50')`],
  ])('names the entry in which %s became %s', async (column, value) => {
    await restoring(async () => {
      await opened.tamper(`update floorwatch.audit set ${column} = ${value} where seq = $1`, [NUMBER]);
      expect(await broken()).toMatchObject({ seq: NUMBER });
    });
  });

  it.each([
    ['taken out', 'delete from floorwatch.audit where seq = $1', NUMBER],
    ['moved before all others', 'update floorwatch.audit set seq = seq - 100000 where seq = $1', NUMBER - 100_000],
    ['given the number of the one before', 'update floorwatch.audit set seq = seq - 1 where seq = $1', NUMBER - 1],
  ])('names the entry that was %s', async (_, statement, seq) => {
    await restoring(async () => {
      await opened.ask(
        'alter table floorwatch.audit drop constraint if exists audit_pkey, drop constraint if exists audit_seq_check',
      );
      await opened.tamper(statement, [NUMBER]);
      expect(await broken()).toMatchObject({ seq });
    });
  });

  it('names a copy of an entry that is the last of those read at once', async () => {
    await restoring(async () => {
      await opened.ask('alter table floorwatch.audit drop constraint if exists audit_previous_hash_key');
      await opened.tamper('insert into floorwatch.audit select * from floorwatch.audit where seq = $1', [NUMBER]);
      expect(await broken()).toEqual({ seq: NUMBER, reason: 'there is an entry too many of this number' });
    });
  });

  it('is known to be cut off only by a head that was noted down', async () => {
    const head = await opened.audit.head();
    await restoring(async () => {
      await opened.tamper('delete from floorwatch.audit where seq > 1000');
      expect(await broken()).toBeNull();
      expect(await opened.audit.verify([head])).toMatchObject({
        head: { seq: 1000 },
        broken: { seq: 1001, reason: `the chain was cut off here: it once went on to entry ${String(ENTRIES)}` },
      });
    });
    expect(await opened.audit.verify([head])).toEqual({ head, broken: null });
  });
});
