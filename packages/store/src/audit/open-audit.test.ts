import { FakeClock } from '@floorwatch/domain/testing';
import { expect, it } from 'vitest';
import { DataDirectoryInUse, StoreMisconfigured } from '../store-error.ts';
import { keepLog, onBothEngines, onPostgres, SET_UP_MS, temporaryFolder, type Place } from '../testing/engines.fake.ts';
import { openAudit } from './open-audit.ts';
import { aRecord, openWritableAudit } from './opened-audit.fake.ts';

const open = (place: Place) => openAudit({ ...place, clock: new FakeClock(), log: keepLog() });

onBothEngines('An audit opened for reading', (bench) => {
  it(
    'is verified as it was left',
    async () => {
      const place = await bench.place();
      const store = await bench.open(place);
      await store.audit.append(aRecord());
      const head = await store.audit.head();
      await store.close();
      const audit = await open(place);
      expect(await audit.verify([head])).toEqual({ head, broken: null });
      await audit.close();
      const again = await open(place);
      await again.close();
    },
    SET_UP_MS,
  );
});

onPostgres('An audit on a server', (bench) => {
  it('is read beside the one that writes to it, by somebody who may only read it', async () => {
    const place = await bench.place();
    const writer = await openWritableAudit(place);
    await writer.audit.append(aRecord());
    const address = new URL(place.databaseUrl ?? '');
    await writer.ask(`create role auditor login password '${address.password}'`);
    await writer.ask('grant usage on schema floorwatch to auditor');
    await writer.ask('grant select on floorwatch.audit to auditor');
    address.username = 'auditor';
    const reader = await open({ ...place, databaseUrl: address.href });
    expect(await reader.verify()).toEqual({ head: await writer.audit.head(), broken: null });
    await reader.close();
    await writer.close();
  });

  it('that no Floorwatch has written to is said to be none', async () => {
    const audit = await open(await bench.place());
    await expect(audit.verify()).rejects.toThrow(StoreMisconfigured);
    await expect(audit.verify()).rejects.toThrow(
      /^PostgreSQL at .* has no audit: no Floorwatch that keeps one has run/,
    );
    await audit.close();
  });
});

it('A directory without a database is said to be one, and nothing is made in it', async () => {
  const dataDir = await temporaryFolder();
  const opening = () => open({ databaseUrl: null, dataDir });
  await expect(opening()).rejects.toThrow(`There is no database in ${dataDir}: check DATA_DIR and DATABASE_URL`);
  await expect(opening()).rejects.toThrow(StoreMisconfigured);
  await expect(opening()).rejects.not.toThrow(DataDirectoryInUse);
});
