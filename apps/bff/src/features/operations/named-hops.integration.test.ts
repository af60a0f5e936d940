import type { Hop, HopReport, Operations } from '@floorwatch/contracts';
import { FAULT_NAMES, type AgentTruth, type FaultName } from '@floorwatch/genesys-simulator/client';
import { describe, expect, test } from 'vitest';
import { WatchedFloor } from '../../faults/watched-floor.fake.ts';

/** Named within this (the operators' promise), ms. */
const WITHIN_MS = 10_000;

/** A channel must have been busy for so long before its silence means anything, ms. */
const BUSY_FOR_MS = 25_000;

/** So much happens on a small floor on a quiet day. */
const CALM_TURNS = 20;
const CALM_TURN_MS = 500;

/** The watch compares with what was a few seconds ago, ms. */
const COMPARED_MS = 2000;

/** Rounds are short, so that there are answers to be looked at. The floor lives in real time: instants on the wire do. */
const FLOOR = { agents: 120, times: 1, sweepMs: 4000, registryRefreshMs: 5000 };

const hopsOf = async (floor: WatchedFloor): Promise<HopReport[]> =>
  (await floor.app.inject('/api/operations')).json<Operations>().hops;

/** Whose presence may become any other one without contradicting the routing status. */
const isOffQueue = ({ routingStatus }: AgentTruth): boolean => routingStatus.status === 'OFF_QUEUE';

/** Things happen to agents, to another one each time: nobody changes so often that it would be strange. */
const stirrerOf = async (floor: WatchedFloor): Promise<() => Promise<void>> => {
  const agents = (await floor.control.truth()).agents.filter(isOffQueue).map(({ userId }) => userId);
  let step = 0;
  return async () => {
    step += 1;
    const systemPresence = Math.floor(step / agents.length) % 2 === 0 ? 'Busy' : 'Meeting';
    const userId = agents[step % agents.length] ?? expect.fail('nobody is off queue');
    await floor.push(userId, { presence: { systemPresence, message: `step ${String(step)}` } });
  };
};

interface Expected {
  readonly hop: Hop;
  readonly says: RegExp;
  /** What else is switched on, so that the fault has anything to strike. */
  readonly with?: FaultName;
  readonly wish?: object;
}

/** Nobody can tell a stuck agent from a long contact so soon; and nothing is written here. */
const NOT_HERE = ['stuck-interacting', 'writes-in-conflict', 'writes-slow', 'writes-unanswered'] as const;

/** Where each fault strikes, and in which words it is named. */
const EXPECTED: Readonly<Record<Exclude<FaultName, (typeof NOT_HERE)[number]>, Expected>> = {
  'flapping-agent': { hop: 'agents', says: /change so often/ },
  'phantom-availability': { hop: 'agents', says: /contradict each other/ },
  'shift-change-of-1000': { hop: 'agents', says: /changed within seconds/ },
  'token-expires': { hop: 'sign-in', says: /refused a token/ },
  'token-revoked': { hop: 'sign-in', says: /refused a token/ },
  'rate-limited': { hop: 'api', says: /asks us to wait|asked us to wait/ },
  'platform-5xx': { hop: 'api', says: /answers 503/ },
  slow: { hop: 'api', says: /takes more than 2 s/, wish: { delayMs: 30_000 } },
  'half-open': { hop: 'push', says: /opened anew|is (lost|being opened)/ },
  'socket-silent': { hop: 'push', says: /has gone quiet/ },
  'socket-cut': { hop: 'push', says: /opened anew|is (lost|being opened)/ },
  'sockets-refused': { hop: 'push', says: /is (lost|being opened).*503/, with: 'socket-cut' },
  'socket-closing-notice': { hop: 'push', says: /about to be closed|opened anew/ },
  'channel-evicted': { hop: 'push', says: /opened anew|is (lost|being opened)/ },
  'events-duplicated': { hop: 'push', says: /known already/ },
  'events-reordered': { hop: 'push', says: /second late|known already/, wish: { share: 1 } },
  'events-dropped-during-gap': { hop: 'push', says: /opened anew|is (lost|being opened)/ },
  'unknown-topic': { hop: 'push', says: /could not be read [(]topic/ },
  'unknown-enum': { hop: 'push', says: /could not be read [(]v2/ },
  'missing-fields': { hop: 'api', says: /leave out presence|could not be read [(]users/ },
  'expand-missing': { hop: 'api', says: /leave out presence/ },
  'snapshot-truncated': { hop: 'api', says: /too few agents/ },
  'snapshot-stale': { hop: 'api', says: /was over long before/ },
  'clock-skew': { hop: 'api', says: /clock has leapt/ },
  'topic-forbidden': {
    hop: 'push',
    says: /refuses the events of some agents/,
    with: 'channel-evicted',
    wish: { share: 1 },
  },
};

test('every fault of the platform is expected at some hop, but for those that cannot show here', () => {
  expect([...Object.keys(EXPECTED), ...NOT_HERE].toSorted()).toEqual([...FAULT_NAMES].toSorted());
});

const onAFloor = async (work: (floor: WatchedFloor) => Promise<void>): Promise<void> => {
  const floor = await WatchedFloor.open(FLOOR);
  try {
    await floor.control.setSpeed(1); // what happens now has the instant of now
    await floor.app.ready(); // it begins to look
    const beganAt = floor.clock.now();
    await floor.eventually(() => expect(floor.clock.now()).toBeGreaterThan(beganAt + COMPARED_MS));
    await work(floor);
  } finally {
    await floor.close();
  }
};

describe.concurrent('the operations page', () => {
  test(
    'says of a floor where nothing is wrong that every hop is well, or not in use',
    () =>
      onAFloor(async (floor) => {
        const stir = await stirrerOf(floor);
        for (let turn = 0; turn < CALM_TURNS; turn += 1) {
          await stir();
          await floor.clock.sleep(CALM_TURN_MS);
        }
        const hops = await hopsOf(floor);
        expect(hops.flatMap(({ signs }) => signs.map(({ message }) => message))).toEqual([]);
        expect(hops.filter(({ state }) => state !== 'well').map(({ hop, state }) => `${hop} ${state}`)).toEqual([
          'recording off',
          'store off',
          'jobs off',
          'webhooks off',
        ]);
      }),
    60_000,
  );

  test.each(Object.entries(EXPECTED))(
    'names the hop where %s strikes, within ten seconds',
    (name, { hop, says, wish = {}, with: other }) =>
      onAFloor(async (floor) => {
        const stir = await stirrerOf(floor);
        const busyUntil = floor.clock.now() + (name === 'socket-silent' ? BUSY_FOR_MS : 0);
        while (floor.clock.now() < busyUntil) await stir();
        if (other !== undefined) await floor.control.switchOn(other);
        await floor.control.switchOn(name as FaultName, wish);
        const switchedOnAt = floor.clock.now();
        await floor.eventually(async () => {
          await stir();
          const { state, signs } = (await hopsOf(floor)).find((one) => one.hop === hop) ?? expect.fail(hop);
          expect(signs.map(({ message }) => message).join('; ')).toMatch(says);
          expect(state).not.toBe('well');
        });
        expect(floor.clock.now() - switchedOnAt).toBeLessThanOrEqual(WITHIN_MS);
      }),
    90_000,
  );
});
