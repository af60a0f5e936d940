import { FakeClock } from '@floorwatch/domain/testing';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FloorFake, LIVE } from './floor.fake.ts';
import { LiveStore } from './live-store.ts';

const AN_HOUR = 3_600_000;

let clock: FakeClock;
let floor: FloorFake;
let live: LiveStore;

/** The server's clock, an hour behind the browser's. */
const serverNow = (): number => clock.now() - AN_HOUR;

beforeEach(() => {
  clock = new FakeClock();
  floor = new FloorFake();
  live = new LiveStore(clock);
});

const begin = (): void => {
  live.adopt(floor.list());
  live.greet(floor.hello(serverNow()));
};

const beat = (upstream = LIVE): void => live.hear({ now: serverNow(), platformNow: serverNow(), upstream });

describe('the age of the data', () => {
  test('is unknown until the list and the first frame are there', () => {
    expect(live.store.getState().freshness).toEqual({ kind: 'loading' });
    live.adopt(floor.list());
    expect(live.store.getState()).toMatchObject({ freshness: { kind: 'loading' }, view: null });
    live.greet(floor.hello(serverNow()));
    expect(live.store.getState().freshness).toEqual({ kind: 'live', ageMs: 0 });
  });

  test('passes from live to late to stale without frames, on the server’s clock', async () => {
    begin();
    const heardAt = serverNow();
    await clock.advance(10_000);
    live.tick();
    expect(live.store.getState().freshness).toEqual({
      kind: 'late',
      ageMs: 10_000,
      hop: 'floorwatch',
      sinceMs: heardAt,
    });
    await clock.advance(20_000);
    live.tick();
    expect(live.store.getState().freshness).toMatchObject({ kind: 'stale', ageMs: 30_000 });
    beat();
    expect(live.store.getState().freshness).toMatchObject({ kind: 'live', ageMs: 0 });
  });
});

describe('the time that durations are counted to', () => {
  test('is the platform’s, and stands still once the data is stale', async () => {
    begin();
    const start = serverNow();
    await clock.advance(20_000);
    expect(live.displayNow()).toBe(start + 20_000);
    await clock.advance(600_000);
    expect(live.displayNow()).toBe(start + 30_000);
  });

  test('stands still too when it is the platform that has been silent', async () => {
    begin();
    const dataAt = serverNow();
    for (let minute = 0; minute < 3; minute += 1) {
      await clock.advance(60_000);
      beat({ ...LIVE, state: 'down', hop: 'push', since: dataAt, dataAt });
    }
    expect(live.displayNow()).toBe(dataAt + 30_000);
    expect(live.store.getState().freshness).toMatchObject({ kind: 'stale', hop: 'push' });
  });
});

describe('an event', () => {
  test('makes one new row and leaves every other one as it is, so that one tile renders', () => {
    const at = serverNow();
    for (const name of ['A', 'B', 'C']) floor.put(name, { presence: 'onQueue', routing: 'idle', at });
    begin();
    const before = [0, 1, 2].map((ref) => live.rowAt(ref));
    const from = floor.board.version;
    floor.put('B', { presence: 'meal', routing: 'offQueue', at: at + 1 });
    live.applyDelta(floor.delta(from, serverNow()));
    const after = [0, 1, 2].map((ref) => live.rowAt(ref));
    expect(after.map((row, ref) => row === before[ref])).toEqual([true, false, true]);
  });

  test('that was applied already changes nothing', () => {
    floor.put('A', { presence: 'onQueue', routing: 'idle', at: serverNow() });
    begin();
    const delta = floor.delta(0, serverNow());
    const row = live.rowAt(0);
    expect(live.applyDelta(delta)).toBe('applied');
    expect(live.rowAt(0)).toBe(row);
  });

  test('from beyond what is held is a gap', () => {
    begin();
    expect(live.applyDelta({ ...floor.delta(0, serverNow()), from: 5, to: 9 })).toBe('gap');
  });
});

test('holds the order while somebody points at the wall, for a minute at most', async () => {
  begin();
  live.holdOrder();
  await clock.advance(59_000);
  live.tick();
  expect(live.store.getState().orderIsHeld).toBe(true);
  await clock.advance(2000);
  live.tick();
  expect(live.store.getState().orderIsHeld).toBe(false);
});

test('a second that passes tells nobody more than that it passed', async () => {
  begin();
  const seen = vi.fn<(kind: unknown) => void>();
  await clock.advance(300);
  live.store.subscribe((state, before) => {
    if (state.freshness !== before.freshness) seen(state.freshness);
  });
  live.tick();
  live.tick();
  expect(seen).not.toHaveBeenCalled();
});

test('a browser that hears any part of the deltas, in any merged form, ends at the BFF’s board', () => {
  const step = fc.record({
    agent: fc.nat(7),
    presence: fc.constantFrom('onQueue', 'meal', 'offline'),
    routing: fc.constantFrom('idle', 'interacting', 'offQueue'),
    leaves: fc.boolean(),
    isSent: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const server = new FloorFake();
      const browser = new LiveStore(new FakeClock());
      browser.adopt(server.list());
      browser.greet(server.hello(1));
      let at = 1000;
      for (const { agent, presence, routing, leaves, isSent } of steps) {
        at += 1;
        if (leaves) server.remove(`Agent ${agent}`);
        else server.put(`Agent ${agent}`, { presence, routing, at });
        const held = browser.position?.version ?? 0;
        if (isSent) expect(browser.applyDelta(server.delta(held, at))).toBe('applied');
      }
      expect(browser.applyDelta(server.delta(browser.position?.version ?? 0, at))).toBe('applied');
      const truth = [...server.board.rows()].map(({ profile, state, activity }) => ({
        name: profile.name,
        state,
        activity,
      }));
      const shown = (browser.store.getState().view?.refs ?? [])
        .toSorted((a, b) => a - b)
        .map((ref) => browser.rowAt(ref))
        .map((row) => ({ name: row?.profile.name, state: row?.state, activity: row?.activity }));
      expect(shown).toEqual(truth);
    }),
  );
});
