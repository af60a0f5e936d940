import { expect, it } from 'vitest';
import type { StoredSession, StoredSignIn } from './session-table.ts';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';

const session = (parts: Partial<StoredSession> = {}): StoredSession => ({
  idHash: 'hash-1',
  userId: 'user-1',
  userName: 'Jane O’Neil',
  tokens: 'sealed-1',
  seenAt: 1000,
  endsAt: 9000,
  ...parts,
});

const signIn: StoredSignIn = {
  stateHash: 'state-1',
  browserHash: 'browser-1',
  verifier: 'sealed-verifier',
  redirectUri: 'http://127.0.0.1/api/session/callback',
  returnTo: '/?q=jane',
  expiresAt: 5000,
};

onBothEngines('Sessions', (bench) => {
  it(
    'outlive a restart with their tokens as they were last kept',
    async () => {
      const place = await bench.place();
      const before = await bench.open(place);
      await before.sessions.add(session());
      expect(await before.sessions.replaceTokens('hash-1', 'sealed-2')).toBe(true);
      await before.close();
      const { sessions } = await bench.open(place);
      expect(await sessions.find('hash-1')).toEqual(session({ tokens: 'sealed-2' }));
      expect(await sessions.find('hash-2')).toBeNull();
      expect(await sessions.replaceTokens('hash-2', 'sealed')).toBe(false);
    },
    SET_UP_MS,
  );

  it('are seen later and later, whatever order the word of it comes in', async () => {
    const { sessions } = await bench.open(await bench.place());
    await sessions.add(session());
    expect(await sessions.touch('hash-1', 3000)).toBe(true);
    expect(await sessions.touch('hash-1', 2000)).toBe(true);
    expect(await sessions.find('hash-1')).toMatchObject({ seenAt: 3000 });
    expect(await sessions.touch('hash-2', 2000)).toBe(false);
  });

  it('of one person are found by who it is, the one used last first', async () => {
    const { sessions } = await bench.open(await bench.place());
    await sessions.add(session({ idHash: 'desk', seenAt: 1000 }));
    await sessions.add(session({ idHash: 'phone', seenAt: 2000 }));
    await sessions.add(session({ idHash: 'other', userId: 'user-2' }));
    expect((await sessions.listOfUser('user-1')).map(({ idHash }) => idHash)).toEqual(['phone', 'desk']);
    expect(await sessions.listOfUser('user-3')).toEqual([]);
  });

  it('are ended by one of those who end them at once', async () => {
    const { sessions } = await bench.open(await bench.place());
    await sessions.add(session());
    const ended = await Promise.all(Array.from({ length: 5 }, () => sessions.remove('hash-1')));
    expect(ended.filter(Boolean)).toHaveLength(1);
  });

  it('whose time is over are taken out, idle or old; the others stay', async () => {
    const { sessions } = await bench.open(await bench.place());
    await sessions.add(session({ idHash: 'idle', seenAt: 1999 }));
    await sessions.add(session({ idHash: 'old', seenAt: 4000, endsAt: 4000 }));
    await sessions.add(session({ idHash: 'alive', seenAt: 2000, endsAt: 4001 }));
    const ended = await sessions.removeEnded({ now: 4000, seenBefore: 2000 });
    expect(ended.map(({ idHash }) => idHash).toSorted()).toEqual(['idle', 'old']);
    expect(await sessions.find('alive')).not.toBeNull();
    expect(await sessions.removeEnded({ now: 4000, seenBefore: 2000 })).toEqual([]);
  });
});

onBothEngines('A sign-in under way', (bench) => {
  it('is taken out by the first answer to it', async () => {
    const { sessions } = await bench.open(await bench.place());
    await sessions.addSignIn(signIn);
    const taken = await Promise.all(Array.from({ length: 5 }, () => sessions.takeSignIn('state-1')));
    expect(taken.filter((one) => one !== null)).toEqual([signIn]);
  });

  it('that never comes back is forgotten', async () => {
    const { sessions } = await bench.open(await bench.place());
    await sessions.addSignIn(signIn);
    await sessions.removeEnded({ now: 4999, seenBefore: 0 });
    await sessions.addSignIn({ ...signIn, stateHash: 'state-2', expiresAt: 6000 });
    await sessions.removeEnded({ now: 5000, seenBefore: 0 });
    expect(await sessions.takeSignIn('state-1')).toBeNull();
    expect(await sessions.takeSignIn('state-2')).not.toBeNull();
  });
});
