import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PRESENCES, Supervisor } from '../presence-change/supervisor.fake.ts';
import { DividedFloor } from '../scopes/divided-floor.fake.ts';
import { closeTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';

let floor: DividedFloor;
let sue: Supervisor;
let auditedBefore = 0;
let taken = 2;

beforeAll(async () => {
  floor = await DividedFloor.open({ times: 10, agents: 60, speed: 1 });
  sue = await Supervisor.at(floor);
}, SET_UP_MS);

beforeEach(() => {
  auditedBefore = floor.audit.entries.length;
});

afterEach(async () => {
  await floor.control.switchAllOff();
  await floor.control.withdrawPermissions([]);
});

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

/** Another agent for each test, off the queue and with no life of the agent's own for a while. */
const someone = async (): Promise<string> => {
  const { id } = floor.agents.foreign[taken++] ?? expect.fail('nobody left');
  await floor.control.push({ userId: id, presence: { systemPresence: 'Available' } });
  return id;
};

/** How often the agent's presence truly became this. */
const timesMade = async (agent: string, message: string): Promise<number> => {
  const { entries } = await floor.control.journal();
  return entries.filter((one) => one.userId === agent && one.part === 'presence' && one.after.message === message)
    .length;
};

const outcomes = (agent: string): string[] =>
  floor.audit.entries
    .slice(auditedBefore)
    .filter(({ action, target }) => action === 'presence-change' && target?.agentId === agent)
    .map(({ outcome }) => outcome);

describe('writes-in-conflict', () => {
  test('an earlier write in the way: it is looked again and tried again, and made once', async () => {
    const agent = await someone();
    await floor.control.switchOn('writes-in-conflict', { share: 0.4 });
    for (let round = 0; round < 5; round += 1) {
      const message = `round ${String(round)}`;
      const { status, error } = await sue.change(agent, { definitionId: PRESENCES.busy, message });
      expect([202, 503]).toContain(status);
      expect(await timesMade(agent, message)).toBe(status === 202 ? 1 : 0);
      if (error !== null) expect(error.message).toContain('earlier change');
    }
  });

  test('a platform that never gets done is given up after three tries, and said so', async () => {
    const agent = await someone();
    await floor.control.switchOn('writes-in-conflict', { share: 1 });
    const { status, error } = await sue.change(agent, { definitionId: PRESENCES.busy });
    expect([status, error?.code]).toEqual([503, 'platform-unavailable']);
    expect(error?.message).toContain('nothing was changed');
    const { struck } = (await floor.control.faults()).find(({ name }) => name === 'writes-in-conflict') ?? {};
    expect(struck).toBeGreaterThanOrEqual(3);
    expect(outcomes(agent)).toEqual(['requested', 'refused']);
  });
});

describe('writes-unanswered', () => {
  test('a change whose answer is lost is found out by reading, not written again', async () => {
    const agent = await someone();
    await floor.control.switchOn('writes-unanswered');
    const { status, change } = await sue.change(agent, { definitionId: PRESENCES.training, message: 'unheard' });
    expect(status).toBe(202);
    const seen = await sue.until(change?.id ?? '', 'confirmed');
    expect(seen.problem).toBeNull();
    expect(await timesMade(agent, 'unheard')).toBe(1);
    await floor.eventually(() => expect(outcomes(agent)).toEqual(['requested', 'accepted', 'confirmed']));
  });

  test('so is a reset of Not Responding', async () => {
    const agent = await someone();
    await floor.control.push({
      userId: agent,
      presence: { systemPresence: 'On Queue' },
      routingStatus: 'NOT_RESPONDING',
    });
    await floor.control.switchOn('writes-unanswered');
    const path = `/api/agents/${agent}/not-responding/reset`;
    const { change } = await sue.post(path, { etag: await sue.etagOf(agent) });
    expect((await sue.until(change?.id ?? '', 'confirmed')).problem).toBeNull();
  });
});

describe('writes-slow', () => {
  test('a change that is made after we gave up waiting is told as failed, and as made when it shows', async () => {
    const agent = await someone();
    await floor.control.switchOn('writes-slow', { delayMs: 14_000 });
    const { status, change } = await sue.change(agent, { definitionId: PRESENCES.busy, message: 'late' });
    expect([status, change?.state]).toEqual([202, 'failed']);
    expect(change?.problem?.message).toContain('look at the agent');
    await sue.until(change?.id ?? '', 'confirmed');
    expect(await timesMade(agent, 'late')).toBe(1);
    expect(outcomes(agent)).toEqual(['requested', 'failed', 'accepted', 'confirmed']);
  });
});

describe('events that never come', () => {
  test('a change that no event shows is not confirmed, with what is there now; a late echo still confirms it', async () => {
    const agent = await someone();
    await floor.control.switchOn('events-dropped-during-gap', { gapMs: 0, dropShare: 1 });
    const { change } = await sue.change(agent, { definitionId: PRESENCES.meal, message: 'in silence' });
    const silent = await sue.until(change?.id ?? '', 'not-confirmed');
    expect(silent.now).toMatchObject({ system: 'meal', message: 'in silence', setBy: { kind: 'supervisor' } });
    await floor.control.switchAllOff();
    // Events of other parts carry the presence too.
    await floor.control.push({ userId: agent, outOfOffice: true });
    await sue.until(change?.id ?? '', 'confirmed');
    await floor.eventually(() =>
      expect(outcomes(agent)).toEqual(['requested', 'accepted', 'not-confirmed', 'confirmed']),
    );
  });
});

describe('permissions withdrawn in the middle', () => {
  test('what the platform does not allow is told, and nothing is changed', async () => {
    const agent = await someone();
    const etag = await sue.etagOf(agent);
    // Somebody of her own: rights that are read meanwhile are somebody's rights for a while.
    const ann = await Supervisor.at(floor, 'admin');
    await floor.control.withdrawPermissions(['presence:userPresence:edit']);
    const { status, error } = await ann.change(agent, { definitionId: PRESENCES.busy }, { etag });
    expect([status, error?.code]).toEqual([403, 'not-allowed']);
    expect(error?.message).toContain('presence:userPresence:edit');
    await floor.control.withdrawPermissions([]);
    expect((await sue.change(agent, { definitionId: PRESENCES.busy }, { etag })).status).toBe(202);
  });

  test('nor is anybody put on queue whom the platform keeps off it', async () => {
    const agent = await someone();
    await floor.control.withdrawPermissions(['routing:queueMember:manage']);
    const { status, error } = await sue.change(agent, {
      definitionId: PRESENCES.onQueue,
      override: { reason: 'whatever is planned' },
    });
    expect([status, error?.code]).toEqual([403, 'not-allowed']);
    expect(error?.message).toContain('on queue');
  });
});

/** Between a browser and us: every other answer is cut off after we have done what was asked. */
const startFlakyNetwork = async (target: string): Promise<Server> => {
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        count += 1;
        const isCut = count % 2 === 1;
        const headers = Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' && name !== 'host' && name !== 'connection' ? [[name, value]] : [],
        );
        const answer = await fetch(target + (request.url ?? ''), {
          method: request.method ?? 'GET',
          headers: Object.fromEntries(headers) as Record<string, string>,
          body: Buffer.concat(chunks),
        });
        const text = await answer.text();
        if (isCut) request.socket.destroy();
        else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
      })();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

describe('a network that loses answers', () => {
  test('the same key five times is one write, and every answer that arrives tells of the same change', async () => {
    const agent = await someone();
    const [etag, key] = [await sue.etagOf(agent), randomUUID()];
    const network = await startFlakyNetwork(floor.url);
    const url = `http://127.0.0.1:${String((network.address() as AddressInfo).port)}`;
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        sue.through(url).change(agent, { definitionId: PRESENCES.meeting, message: 'once' }, { etag, key }),
      ),
    );
    network.closeAllConnections();
    network.close();
    const arrived = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(arrived).toHaveLength(2);
    expect(new Set(arrived.map(({ change }) => change?.id)).size).toBe(1);
    expect(await timesMade(agent, 'once')).toBe(1);
    expect(outcomes(agent).filter((outcome) => outcome === 'requested')).toHaveLength(1);
  });
});

describe('rate-limited', () => {
  test('a short limit is waited for, a long one is told', async () => {
    const agent = await someone();
    const etag = await sue.etagOf(agent);
    const wish = { definitionId: PRESENCES.busy, message: 'patient' };
    await floor.control.switchOn('rate-limited', { remaining: 2, retryAfterSeconds: 3 });
    expect((await sue.change(agent, wish, { etag })).status).toBe(202);
    expect(await timesMade(agent, 'patient')).toBe(1);
    await floor.control.switchOn('rate-limited', { remaining: 0, retryAfterSeconds: 150 });
    const { status, error } = await sue.change(agent, wish, { etag });
    expect([status, error?.code]).toEqual([503, 'rate-limited']);
    expect(error?.message).toMatch(/try again in 1\d\d s/);
    expect(await timesMade(agent, 'patient')).toBe(1);
  });
});
