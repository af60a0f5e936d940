import { randomUUID } from 'node:crypto';
import { agentId, presenceDefinitionId, type ChangeRecord, type ChangeStore } from '@floorwatch/domain';
import { createGenesysCloud, PERMISSIONS_OF, Secret, type GenesysCloud, type PresenceHand } from '@floorwatch/genesys';
import { StoreUnavailable } from '@floorwatch/store';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { DividedFloor } from '../scopes/divided-floor.fake.ts';
import { closeTheStore, openTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';
import { systemClock } from '../system-clock.ts';
import type { ChangeOrder } from './change-order.ts';
import { createPresenceChange } from './presence-change-services.ts';
import { PresenceEchoes } from './presence-echoes.ts';
import { PRESENCES } from './supervisor.fake.ts';

let floor: DividedFloor;
let cloud: GenesysCloud;
let taken = 2;

beforeAll(async () => {
  floor = await DividedFloor.open({ times: 10, agents: 40, speed: 1 });
  const { url, clientId, clientSecret } = floor.simulator;
  cloud = createGenesysCloud({
    loginUrl: url,
    apiUrl: url,
    clientId,
    clientSecret: new Secret(clientSecret),
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
}, SET_UP_MS);

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const RULE = { kind: 'automation', id: 'rule', name: 'A rule' } as const;

const orderFor = (agent: string, parts: Partial<ChangeOrder> = {}): ChangeOrder => ({
  asker: { actor: RULE, viewer: null, hand: cloud.hand },
  change: {
    agentId: agentId(agent),
    wanted: { definitionId: presenceDefinitionId(PRESENCES.busy), message: `for ${agent}` },
  },
  expects: null,
  override: null,
  cause: 'automation',
  key: randomUUID(),
  correlationId: randomUUID(),
  ...parts,
});

/** Another process on the same store, which is killed in the middle of its write. */
const beKilled = async (order: ChangeOrder, { isWritten }: { isWritten: boolean }): Promise<void> => {
  const store = await openTheStore();
  let isDead = false;
  const whileAlive = <Method extends (...args: never[]) => Promise<unknown>>(method: Method): Method =>
    (async (...args) => {
      if (isDead) throw new StoreUnavailable('killed');
      return method(...args);
    }) as Method;
  const { changes } = store;
  const mortal: ChangeStore = {
    add: whileAlive((record) => changes.add(record)),
    find: whileAlive((id) => changes.find(id)),
    findByKey: whileAlive((actor, key) => changes.findByKey(actor, key)),
    list: whileAlive((filter) => changes.list(filter)),
    findWritten: whileAlive((agent, at) => changes.findWritten(agent, at)),
    progress: whileAlive((id, to, from) => changes.progress(id, to, from)),
    takeTurn: whileAlive((turn) => changes.takeTurn(turn)),
    prolongTurns: whileAlive((ids, until) => changes.prolongTurns(ids, until)),
    endTurn: whileAlive((id) => changes.endTurn(id)),
    takeOverTurns: async () => [],
    forgetBefore: async () => undefined,
  };
  const log = pino({ level: 'silent' });
  const clock = systemClock;
  const hand: PresenceHand = {
    budget: () => cloud.hand.budget(),
    getPresence: (id) => cloud.hand.getPresence(id),
    getRoutingStatus: (id) => cloud.hand.getRoutingStatus(id),
    resetNotResponding: (id) => cloud.hand.resetNotResponding(id),
    setPresence: async (id, wanted) => {
      if (isWritten) await cloud.hand.setPresence(id, wanted);
      isDead = true;
      throw new StoreUnavailable('killed');
    },
  };
  const audit = Object.create(floor.audit, {
    append: { value: whileAlive((record) => floor.audit.append(record)) },
  }) as typeof floor.audit;
  const other = createPresenceChange({
    board: floor.floorwatch.board,
    cloud,
    names: () => floor.floorwatch.feed.names(),
    store: mortal,
    trail: new AuditTrail({ audit, clock, log }),
    clock,
    log,
    echoes: new PresenceEchoes(),
    permissionsOf: PERMISSIONS_OF,
    scheduleUnknown: 'warn',
  });
  await other.changer.request({ ...order, asker: { ...order.asker, hand } }).catch(() => undefined);
  expect(isDead).toBe(true);
  other.stop();
};

const someone = async (): Promise<string> => {
  const { id } = floor.agents.foreign[taken++] ?? expect.fail('nobody left');
  await floor.control.push({ userId: id, presence: { systemPresence: 'Available' } });
  return id;
};

const stateOf = async ({ asker, key }: ChangeOrder): Promise<ChangeRecord['progress']> => {
  const { changes } = await openTheStore();
  return (await changes.findByKey(asker.actor, key))?.progress ?? expect.fail('not kept');
};

const outcomes = (agent: string): string[] =>
  floor.audit.entries.filter(({ target }) => target?.agentId === agent).map(({ outcome }) => outcome);

const timesMade = async (agent: string): Promise<number> => {
  const { entries } = await floor.control.journal();
  const isIt = (one: (typeof entries)[number]): boolean =>
    one.userId === agent && one.part === 'presence' && one.after.message === `for ${agent}`;
  return entries.filter(isIt).length;
};

it('a change that was made before its process was killed is found out, confirmed and audited, and not made again', async () => {
  const agent = await someone();
  const order = orderFor(agent);
  await beKilled(order, { isWritten: true });
  expect((await stateOf(order)).state).toBe('requested');
  await floor.eventually(async () => expect((await stateOf(order)).state).toBe('confirmed'));
  await floor.eventually(() => expect(outcomes(agent)).toEqual(['requested', 'accepted', 'confirmed']));
  expect(await timesMade(agent)).toBe(1);
}, 30_000);

it('one that was not made is told as failed, and never made without a word', async () => {
  const agent = await someone();
  const order = orderFor(agent);
  await beKilled(order, { isWritten: false });
  await floor.eventually(async () => expect((await stateOf(order)).state).toBe('failed'));
  expect((await stateOf(order)).problem?.message).toContain('interrupted');
  expect(outcomes(agent)).toEqual(['requested', 'failed']);
  expect(await timesMade(agent)).toBe(0);
}, 30_000);

it('one of a bulk that was not made waits for its turn again', async () => {
  const agent = await someone();
  const order = orderFor(agent, { cause: 'bulk', groupId: randomUUID() });
  await beKilled(order, { isWritten: false });
  await floor.eventually(async () => expect((await stateOf(order)).state).toBe('waiting'));
  expect(outcomes(agent)).toEqual(['requested', 'failed']);
}, 30_000);
