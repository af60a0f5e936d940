import { randomUUID } from 'node:crypto';
import { agentId } from '@floorwatch/domain';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeTheStore, SET_UP_MS } from '../sessions/signed-in-floor.fake.ts';
import { DividedFloor, type SomeAgent } from '../scopes/divided-floor.fake.ts';
import { PRESENCES, Supervisor } from './supervisor.fake.ts';

let floor: DividedFloor;
let sue: Supervisor;
let lead: Supervisor;
let taken = 3;
/** Entries of the audit before the test. */
let auditedBefore = 0;

beforeAll(async () => {
  floor = await DividedFloor.open({ times: 5, agents: 60 });
  sue = await Supervisor.at(floor);
  lead = await Supervisor.at(floor, 'team-lead');
}, SET_UP_MS);

beforeEach(() => {
  auditedBefore = floor.audit.entries.length;
});

afterEach(async () => {
  floor.audit.outage = null;
  await floor.control.withdrawPermissions([]);
});

afterAll(async () => {
  await floor.close();
  await closeTheStore();
});

const put = (userId: string, systemPresence: string, message = '') =>
  floor.control.push({ userId, presence: { systemPresence, message } });

/** Another agent for each test, in this presence. */
const someone = async (
  systemPresence = 'Available',
  among: readonly SomeAgent[] = floor.agents.own,
): Promise<string> => {
  const { id } = among[taken++ % among.length] ?? expect.fail('nobody left');
  await put(id, systemPresence);
  return id;
};

const writes = async (): Promise<number> => (await floor.control.state()).calls['patchUserPresencesPurecloud'] ?? 0;

const audited = (agent: string) =>
  floor.audit.entries
    .slice(auditedBefore)
    .filter(({ action, target }) => action === 'presence-change' && target?.agentId === agent);

const outcomes = (agent: string): string[] => audited(agent).map(({ outcome }) => outcome);

const truthOf = async (agent: string) =>
  (await floor.control.truth()).agents.find(({ userId }) => userId === agent) ?? expect.fail('nobody');

/** That nothing was asked of the platform, whatever was tried. */
const withoutWrites = async (attempt: () => Promise<void>): Promise<void> => {
  const before = await writes();
  await attempt();
  expect(await writes()).toBe(before);
};

describe('A change of presence', () => {
  it('is made with the person’s own token, confirmed by the event that shows it, and audited step by step', async () => {
    const agent = await someone();
    const { status, change } = await sue.change(agent, { definitionId: PRESENCES.huddle, message: 'until 11' });
    expect([status, change?.state, change?.before?.system, change?.wanted?.label]).toEqual([
      202,
      'accepted',
      'available',
      'Team huddle',
    ]);
    const confirmed = await sue.until(change?.id ?? '', 'confirmed');
    expect(confirmed).toMatchObject({ problem: null, replaced: null, now: null, by: { kind: 'person' } });
    const { presence } = floor.floorwatch.board.rowOf(agentId(agent))?.state ?? {};
    expect(presence).toMatchObject({ system: 'meeting', definitionId: PRESENCES.huddle, message: 'until 11' });
    await floor.eventually(() => expect(outcomes(agent)).toEqual(['requested', 'accepted', 'confirmed']));
    const [requested, , last] = audited(agent);
    expect(requested?.before).toMatchObject({ presence: 'available' });
    expect(last?.after).toMatchObject({ presence: 'meeting', label: 'Team huddle', since: presence?.since.at });
    expect(last?.platformCorrelationId).toMatch(/[\w-]{36}/);
    expect(new Set(audited(agent).map(({ correlationId }) => correlationId)).size).toBe(1);
    const told = (await sue.preview(agent, { definitionId: PRESENCES.busy })).current;
    expect(told?.setBy).toEqual({ kind: 'supervisor', name: confirmed.by.name });
  });

  it('is of the version that was seen: without one it is not made, and with an old one the answer tells what is there now', async () => {
    const agent = await someone();
    const seen = await sue.etagOf(agent);
    await put(agent, 'Meal', 'soup');
    await withoutWrites(async () => {
      expect((await sue.change(agent, { definitionId: PRESENCES.busy }, { etag: null })).error?.code).toBe(
        'version-required',
      );
      expect((await sue.change(agent, { definitionId: PRESENCES.busy }, { etag: '*' })).status).toBe(428);
      const { status, error } = await sue.change(agent, { definitionId: PRESENCES.busy }, { etag: seen });
      expect([status, error?.code]).toEqual([412, 'version-conflict']);
      expect(error?.now).toMatchObject({ system: 'meal', message: 'soup', setBy: { kind: 'agent' } });
      expect(error?.now?.etag).toBe(await sue.etagOf(agent));
    });
    expect(outcomes(agent)).toEqual(['refused']);
  });

  it('does not mind a contact that comes in, and takes the version that the presence is read with', async () => {
    const agent = await someone('On Queue');
    const seen = await sue.etagOf(agent);
    await floor.control.push({ userId: agent, routingStatus: 'INTERACTING' });
    const { headers } = await sue.send('GET', `/api/agents/${agent}/presence`);
    expect(headers.get('etag')).toBe(seen);
    const preview = await sue.preview(agent, { definitionId: PRESENCES.meeting });
    expect(preview.effects).toEqual(['leaves-queue', 'finishes-contact-first']);
    expect([preview.isOnContact, preview.etag]).toEqual([true, seen]);
    expect((await sue.change(agent, { definitionId: PRESENCES.meeting }, { etag: seen })).status).toBe(202);
  });

  it('has a name: the same key again is the same change, at once and later, and for something else it is refused', async () => {
    const agent = await someone();
    const [etag, key, before] = [await sue.etagOf(agent), randomUUID(), await writes()];
    const wish = { definitionId: PRESENCES.break, message: 'tea' };
    const tries = await Promise.all(Array.from({ length: 5 }, () => sue.change(agent, wish, { etag, key })));
    const later = await sue.change(agent, wish, { etag, key });
    expect(new Set([...tries, later].map(({ change }) => change?.id)).size).toBe(1);
    expect(await writes()).toBe(before + 1);
    const other = await sue.change(agent, { ...wish, message: 'coffee' }, { etag, key });
    expect([other.status, other.error?.code]).toEqual([422, 'idempotency-conflict']);
    expect((await sue.change(agent, wish, { etag, key: null })).error?.message).toContain('Idempotency-Key');
    expect(await writes()).toBe(before + 1);
  });

  it('is refused, with the reason and on record, for a presence that cannot be', async () => {
    const [foreign] = floor.agents.foreign.filter(({ divisionId }) => divisionId !== floor.divisionOfTeamLead);
    const agent = await someone();
    await withoutWrites(async () => {
      for (const [definitionId, words] of [
        ['no-such-definition', 'no presence with this id'],
        [PRESENCES.deactivated, 'deactivated'],
      ] as const) {
        const { status, error } = await sue.change(agent, { definitionId });
        expect([status, error?.code]).toEqual([409, 'change-impossible']);
        expect(error?.message).toMatch(/^definitionId: /);
        expect(error?.message).toContain(words);
      }
      const limited = await Promise.all(
        [agent, foreign?.id ?? ''].map(
          async (id) => (await sue.preview(id, { definitionId: PRESENCES.limited })).obstacles,
        ),
      );
      expect(limited.flat()).toContain('definition-of-other-division');
    });
    expect(outcomes(agent)).toEqual(['refused', 'refused']);
    expect(audited(agent)[0]?.after).toMatchObject({ definitionId: 'no-such-definition' });
  });

  it('puts nobody on queue who is offline', async () => {
    const agent = await someone('Offline');
    expect((await sue.preview(agent, { definitionId: PRESENCES.onQueue })).obstacles).toContain('agent-offline');
    await withoutWrites(async () => {
      const { status, error } = await sue.change(agent, { definitionId: PRESENCES.onQueue });
      expect([status, error?.code, error?.now?.system]).toEqual([409, 'change-impossible', 'offline']);
      expect(error?.message).toContain('log in first');
    });
  });

  it('takes the right, where the agent is: else the agent is not there, or it is said what is missing', async () => {
    const foreign = await someone('Available', floor.agents.foreign);
    const own = await someone();
    await withoutWrites(async () => {
      const etag = await sue.etagOf(foreign);
      const { status, error } = await lead.change(foreign, { definitionId: PRESENCES.busy }, { etag });
      expect([status, error?.code]).toEqual([404, 'agent-not-found']);
      const viewer = await Supervisor.at(floor, 'viewer');
      const refused = await viewer.change(own, { definitionId: PRESENCES.busy }, { etag });
      expect([refused.status, refused.error?.missing?.permissions]).toEqual([403, ['presence:userPresence:edit']]);
    });
    expect((await lead.change(own, { definitionId: PRESENCES.busy })).status).toBe(202);
  });

  it('is not made where the audit cannot be written; the same try succeeds when it can again', async () => {
    const agent = await someone();
    const [etag, key] = [await sue.etagOf(agent), randomUUID()];
    floor.audit.outage = new Error('the disk is full');
    await withoutWrites(async () => {
      const { status, error } = await sue.change(agent, { definitionId: PRESENCES.busy }, { etag, key });
      expect([status, error?.code]).toEqual([503, 'audit-unavailable']);
      expect(error?.message).toContain('nothing was');
    });
    floor.audit.outage = null;
    expect((await sue.change(agent, { definitionId: PRESENCES.busy }, { etag, key })).status).toBe(202);
    expect((await truthOf(agent)).presence.systemPresence).toBe('Busy');
  });
});

describe('What the schedule says', () => {
  /** Somebody whose meal is planned for just now. */
  const atMeal = async (): Promise<string> => {
    for (const { id } of [...floor.agents.own, ...floor.agents.foreign].slice(5)) {
      const now = Date.parse((await floor.control.state()).virtualNow);
      const edit = {
        userId: id,
        startDate: new Date(now - 60_000).toISOString(),
        lengthMinutes: 30,
        activityCodeId: '2',
      };
      const isPlanned = await floor.control.editSchedule(edit).then(
        () => true,
        () => false,
      );
      if (!isPlanned) continue;
      await put(id, 'Meal');
      return id;
    }
    return expect.fail('nobody is on shift');
  };

  it('blocks work in protected time; whoever may override says why, and both is on record', async () => {
    const agent = await atMeal();
    const preview = await sue.preview(agent, { definitionId: PRESENCES.onQueue });
    expect(preview.verdict).toMatchObject({ verdict: 'block', effective: 'block', scheduled: 'meal' });
    expect([preview.obstacles, preview.mayOverride]).toEqual([['schedule-blocks'], true]);
    const blocked = await sue.change(agent, { definitionId: PRESENCES.onQueue });
    expect([blocked.status, blocked.error?.code]).toEqual([409, 'schedule-blocks']);
    expect(blocked.error?.message).toContain('a meal');
    const override = { reason: 'All hands: the outage' };
    expect((await sue.change(agent, { definitionId: PRESENCES.onQueue, override })).status).toBe(202);
    const requested = audited(agent).findLast(({ outcome }) => outcome === 'requested');
    expect([requested?.reason, requested?.after?.['verdict']]).toEqual([override.reason, 'block']);
  });

  it('cannot be overridden by whoever lacks the right, nor without a reason', async () => {
    const agent = await atMeal();
    const isOwn = floor.agents.own.some(({ id }) => id === agent);
    const override = { reason: 'Because I say so' };
    await withoutWrites(async () => {
      const refused = await (isOwn ? lead : sue).change(agent, { definitionId: PRESENCES.onQueue });
      expect(refused.error?.code).toBe('schedule-blocks');
      if (isOwn) {
        const { status, error } = await lead.change(agent, { definitionId: PRESENCES.onQueue, override });
        expect([status, error?.code]).toEqual([403, 'not-allowed']);
        expect(error?.message).toContain('wfm:schedule:edit');
      }
      expect((await sue.change(agent, { definitionId: PRESENCES.onQueue, override: { reason: '  ' } })).status).toBe(
        400,
      );
    });
  });

  it('is unknown where nobody can read it, and the setting says what that means', async () => {
    const agent = await someone();
    await floor.control.withdrawPermissions(['wfm:realtimeAdherence:view']);
    const { verdict } = await sue.preview(agent, { definitionId: PRESENCES.onQueue });
    expect(verdict).toMatchObject({ verdict: 'unknown', effective: 'warn', unknownPolicy: 'warn' });
    expect(verdict.reason).toContain('wfm:realtimeAdherence:view');
    expect((await sue.change(agent, { definitionId: PRESENCES.busy })).status).toBe(202);
  });
});

describe('Undo', () => {
  it('puts back presence and message, once, by whoever made the change', async () => {
    const agent = await someone();
    await put(agent, 'Busy', 'papers');
    const { change } = await sue.change(agent, { definitionId: PRESENCES.break });
    const path = `/api/presence-changes/${change?.id ?? ''}/undo`;
    expect(change?.undoableUntil).not.toBeNull();
    const other = await (await Supervisor.at(floor, 'admin')).post(path);
    expect([other.status, other.error?.code]).toEqual([409, 'change-impossible']);
    const before = await writes();
    const undone = await sue.post(path);
    expect([undone.status, undone.change?.cause, undone.change?.undoableUntil]).toEqual([202, 'undo', null]);
    expect((await sue.post(path)).change?.id).toBe(undone.change?.id);
    expect(await writes()).toBe(before + 1);
    expect((await truthOf(agent)).presence).toMatchObject({ systemPresence: 'Busy', message: 'papers' });
  });

  it('is refused when somebody has changed it since, and when its time is over', async () => {
    const agent = await someone();
    const first = await sue.change(agent, { definitionId: PRESENCES.break });
    await put(agent, 'Meal');
    const refused = await sue.post(`/api/presence-changes/${first.change?.id ?? ''}/undo`);
    expect([refused.status, refused.error?.now?.system]).toEqual([412, 'meal']);
    const second = await sue.change(agent, { definitionId: PRESENCES.busy });
    await floor.eventually(async () => expect((await sue.look(second.change?.id ?? '')).undoableUntil).toBeNull());
    const late = await sue.post(`/api/presence-changes/${second.change?.id ?? ''}/undo`);
    expect([late.status, late.error?.message]).toEqual([409, expect.stringContaining('10 s')]);
  });
});

describe('A reset of Not Responding', () => {
  it('wakes the agent by the same steps, and has nothing to do for anybody else', async () => {
    const agent = await someone('On Queue');
    const path = `/api/agents/${agent}/not-responding/reset`;
    const idle = await sue.post(path, { etag: await sue.etagOf(agent) });
    expect([idle.status, idle.error?.code]).toEqual([409, 'change-impossible']);
    await floor.control.push({ userId: agent, routingStatus: 'NOT_RESPONDING' });
    expect((await sue.post(path)).status).toBe(428);
    const { status, change } = await sue.post(path, { etag: await sue.etagOf(agent) });
    expect([status, change?.kind, change?.wanted]).toEqual([202, 'reset-not-responding', null]);
    await sue.until(change?.id ?? '', 'confirmed');
    expect((await truthOf(agent)).routingStatus.status).toBe('IDLE');
    await floor.eventually(() => expect(outcomes(agent)).toEqual(['refused', 'requested', 'accepted', 'confirmed']));
  });
});

describe('Changes', () => {
  it('are listed while they go on and a minute longer, only of agents who may be seen', async () => {
    const [own, foreign] = [await someone(), await someone('Available', floor.agents.foreign)];
    const made = await Promise.all([own, foreign].map((id) => sue.change(id, { definitionId: PRESENCES.training })));
    const [ownId, foreignId] = made.map(({ change }) => change?.id ?? '');
    const listed = async (who: Supervisor) => (await who.send('GET', '/api/presence-changes')).text;
    expect(await listed(sue)).toContain(foreignId);
    expect(await listed(lead)).toContain(ownId);
    expect(await listed(lead)).not.toContain(foreign);
    expect((await lead.send('GET', `/api/presence-changes/${foreignId ?? ''}`)).status).toBe(404);
    expect((await lead.send('POST', `/api/presence-changes/${ownId ?? ''}/cancel`)).status).toBe(409);
  });
});
