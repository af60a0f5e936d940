import { expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { PostgresEngine } from '../engine/postgres-engine.ts';
import { withSession } from '../engine/session.ts';
import { keepLog, onBothEngines, onPostgres, SET_UP_MS } from '../testing/engines.fake.ts';

/** As the adapter keeps secrets. */
class Sealed {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }
}

const channel = (name: string) => ({
  id: new Sealed(`id-${name}`),
  connectUri: new Sealed(`wss://platform/${name}`),
  expiresAt: 1_786_752_005_000,
  tokenEndsAt: 1_786_752_006_000,
  topicsHash: `hash-${name}`,
});

const channelsOf = (store: Store, clientId = 'client') =>
  store.channelsOf({ apiUrl: 'https://api', clientId, seal: (text) => new Sealed(text) });

const plain = (channels: readonly ReturnType<typeof channel>[]) =>
  channels.map(({ id, connectUri, ...rest }) => ({ id: id.reveal(), connectUri: connectUri.reveal(), ...rest }));

onBothEngines('Notification channels', (bench) => {
  it(
    'outlive a restart, for their client alone; the last save counts',
    async () => {
      const place = await bench.place();
      const before = await bench.open(place);
      const channels = channelsOf(before);
      expect(await channels.load()).toEqual([]);
      await channels.save([channel('a'), channel('b')]);
      await channels.save([channel('b'), channel('c')]);
      await before.close();
      const after = await bench.open(place);
      expect(plain(await channelsOf(after).load())).toEqual(plain([channel('b'), channel('c')]));
      expect(await channelsOf(after, 'another client').load()).toEqual([]);
    },
    SET_UP_MS,
  );
});

onPostgres('Notification channels that two processes could use', (bench) => {
  it('are those of the first until it ends', async () => {
    const place = await bench.place();
    const [one, other] = [await bench.open(place), await bench.open(place)];
    await channelsOf(one).save([channel('a')]);
    const others = channelsOf(other);
    await expect(others.load()).rejects.toThrow('another Floorwatch on this database uses the channels');
    await others.save([]); // must not take them away
    await one.close();
    expect(plain(await others.load())).toEqual(plain([channel('a')]));
  });

  it('are still those of the first when its connection was cut', async () => {
    const place = await bench.place();
    const [one, other] = [await bench.open(place), await bench.open(place)];
    const channels = channelsOf(one);
    await channels.save([channel('a')]);
    const engine = new PostgresEngine({ databaseUrl: place.databaseUrl ?? '', log: keepLog(), applicationName: 'cut' });
    const ask = (text: string) => withSession(engine, (session) => session.exec(text));
    const locks = `from pg_locks where locktype = 'advisory' and granted`;
    await ask(`select pg_terminate_backend(pid) ${locks}`);
    await expect.poll(() => ask(`select pid ${locks}`)).toMatchObject({ rows: [] });
    await engine.close();
    await channels.save([channel('b')]);
    await expect(channelsOf(other).load()).rejects.toThrow('another Floorwatch on this database');
    expect(plain(await channels.load())).toEqual(plain([channel('b')]));
  });
});
