import { randomUUID } from 'node:crypto';
import { agentId, divisionId, presenceDefinitionId, type AutomationRule } from '@floorwatch/domain';
import { beforeAll, expect, it } from 'vitest';
import { onBothEngines, SET_UP_MS } from '../testing/engines.fake.ts';
import type { StoredAutomation } from './automation-row.ts';
import type { AutomationStore } from './automation-store.ts';
import type { StoredRun } from './run-row.ts';

const BREAK = { definitionId: presenceDefinitionId('break'), message: 'back 10:15' };

const RULE: AutomationRule = {
  name: 'Early break',
  start: { kind: 'planned', plan: { kind: 'once', day: '2026-08-15', time: '10:00', zone: 'Europe/Madrid' } },
  targets: { agentIds: [agentId('ann')], teams: ['O’Neil'], divisionIds: [], queueIds: [] },
  wanted: BREAK,
  backAfterMinutes: 15,
  conditions: { worstVerdict: 'warn', onContact: 'wait' },
};

const automation = (parts: Partial<StoredAutomation> = {}): StoredAutomation => ({
  id: randomUUID(),
  revision: 1,
  rule: RULE,
  ownerId: 'jane',
  createdAt: 1000,
  paused: null,
  lookedUpTo: 1000,
  ...parts,
});

const run = (automationId: string, parts: Partial<StoredRun> = {}): StoredRun => ({
  id: randomUUID(),
  automationId,
  key: randomUUID(),
  cause: 'plan',
  asked: null,
  dueAt: 2000,
  startedAt: 2001,
  endedAt: null,
  state: 'running',
  reason: null,
  wanted: BREAK,
  backAfterMinutes: 15,
  ...parts,
});

const AGENTS = ['ann', 'bob', 'cho'].map(agentId);

onBothEngines('What is kept of automation', (bench) => {
  let store: AutomationStore;

  beforeAll(async () => {
    store = (await bench.open()).automation;
  }, SET_UP_MS);

  const added = async (parts: Partial<StoredAutomation> = {}): Promise<StoredAutomation> => {
    const one = automation(parts);
    await store.rules.add(one);
    return one;
  };

  const begun = async (parts: Partial<StoredRun> = {}): Promise<StoredRun> => {
    const { id } = await added();
    const one = run(id, parts);
    expect(await store.runs.begin(one, AGENTS)).toBe(true);
    return one;
  };

  it('a rule comes back as it was kept, and changes at the revision that was seen alone', async () => {
    const one = await added();
    expect(await store.rules.find(one.id)).toEqual(one);
    const rule = { ...RULE, name: 'Late break', backAfterMinutes: null };
    expect(await store.rules.change(one, { rule, lookedUpTo: 5000 })).toBe(true);
    expect(await store.rules.change(one, { rule: RULE, lookedUpTo: 5000 })).toBe(false);
    const paused = { cause: 'owner-lost-right', reason: 'Jane may not any more', at: 6000 } as const;
    expect(await store.rules.setPaused(one.id, paused)).toBe(true);
    await store.rules.noteLookedUpTo(one.id, 4000); // never back
    expect(await store.rules.find(one.id)).toEqual({ ...one, rule, revision: 2, lookedUpTo: 5000, paused });
  });

  it('a rule that was deleted is found for the runs that go on alone', async () => {
    const one = await added();
    expect(await store.rules.remove(one.id, 7000)).toBe(true);
    expect(await store.rules.remove(one.id, 7001)).toBe(false);
    expect(await store.rules.find(one.id)).toBeNull();
    expect((await store.rules.find(one.id, { evenDeleted: true }))?.id).toBe(one.id);
    expect((await store.rules.list()).map(({ id }) => id)).not.toContain(one.id);
    expect(await store.rules.setPaused(one.id, null)).toBe(false);
  });

  it('of an owner the rights that were read last are known', async () => {
    const owner = { userId: 'jane', name: 'Jane', mayChange: new Set([divisionId('north')]), seenAt: 2000 };
    await store.rules.noteOwner(owner);
    await store.rules.noteOwner({ ...owner, mayChange: 'all', seenAt: 1000 }); // late
    expect(await store.rules.listOwners()).toEqual([owner]);
    await store.rules.noteOwner({ ...owner, mayChange: null, seenAt: 3000 });
    expect(await store.rules.listOwners()).toEqual([{ ...owner, mayChange: null, seenAt: 3000 }]);
  });

  it('a run of one key is begun once, whoever begins it at the same time', async () => {
    const { id } = await added();
    const tries = Array.from({ length: 5 }, () => run(id, { key: '2026-08-15T10:00' }));
    const begins = await Promise.all(tries.map((one) => store.runs.begin(one, AGENTS)));
    expect(begins.filter(Boolean)).toHaveLength(1);
    const winner = tries[begins.indexOf(true)];
    expect(await store.runs.findByKey(id, '2026-08-15T10:00')).toEqual(winner);
    const page = { after: null, limit: 9, among: null };
    expect(await store.runs.outcomes(winner?.id ?? '', page)).toHaveLength(3);
    expect(await store.runs.list(id, { before: null, limit: 9 })).toEqual([winner]);
  });

  it('an agent is moved on by one of those that try, with the way back', async () => {
    const { id: runId } = await begun();
    const key = { runId, agentId: AGENTS[0] ?? agentId('') };
    const changing = { state: 'changing', reason: null, at: 2500 } as const;
    const moves = await Promise.all([1, 2, 3].map(() => store.runs.move(key, 'waiting', changing)));
    expect(moves.filter(Boolean)).toHaveLength(1);
    const back = { state: 'due', at: 9000, reason: null, to: BREAK, etag: '"e-1"' } as const;
    await store.runs.move(key, 'changing', { state: 'changed', reason: null, at: 2600, back });
    const [first] = await store.runs.outcomes(runId, { after: null, limit: 1, among: null });
    expect(first).toEqual({ ...key, state: 'changed', reason: null, at: 2600, back });
    expect((await store.runs.listBackDue(8999)).map((one) => one.runId)).not.toContain(runId);
    expect(await store.runs.listBackDue(9000)).toContainEqual(first);
    expect(await store.runs.moveBack(key, 'due', { state: 'going', reason: null })).toBe(true);
    expect(await store.runs.moveBack(key, 'due', { state: 'going', reason: null })).toBe(false);
    expect((await store.runs.counts([runId], null)).get(runId)).toEqual({
      states: { waiting: 2, changed: 1 },
      backDue: 1,
    });
    expect((await store.runs.counts([runId], [AGENTS[1] ?? agentId('')])).get(runId)).toEqual({
      states: { waiting: 1 },
      backDue: 0,
    });
  });

  it('pages go on where the last one ended, whatever came since', async () => {
    const { id } = await added();
    const runs = [1, 2, 3].map((n) => run(id, { startedAt: n * 1000 }));
    for (const one of runs) await store.runs.begin(one, []);
    const first = await store.runs.list(id, { before: null, limit: 2 });
    expect(first.map(({ startedAt }) => startedAt)).toEqual([3000, 2000]);
    await store.runs.begin(run(id, { startedAt: 4000 }), AGENTS);
    const second = await store.runs.list(id, { before: first[1] ?? null, limit: 2 });
    expect(second.map(({ startedAt }) => startedAt)).toEqual([1000]);
    const [last] = await store.runs.list(id, { before: null, limit: 1 });
    const ofAgents = await store.runs.outcomes(last?.id ?? '', { after: 'ann', limit: 5, among: ['cho'].map(agentId) });
    expect(ofAgents.map((one) => one.agentId)).toEqual(['cho']);
    expect((await store.runs.listLast()).filter(({ automationId }) => automationId === id)).toEqual([last]);
  });

  it('an end is written once, and what ended long ago is dropped with its agents', async () => {
    const one = await begun();
    await store.runs.end(one.id, { state: 'done', reason: null, endedAt: 3000 });
    await store.runs.end(one.id, { state: 'interrupted', reason: 'late', endedAt: 4000 });
    expect(await store.runs.find(one.id)).toMatchObject({ state: 'done', endedAt: 3000 });
    await store.rules.remove(one.automationId, 3000);
    expect(await store.runs.dropEndedBefore(3001)).toBe(1);
    expect(await store.runs.outcomes(one.id, { after: null, limit: 9, among: null })).toEqual([]);
    expect(await store.rules.find(one.automationId, { evenDeleted: true })).toBeNull();
  });

  it('what a killed process was at is settled as unknown, and what waited still waits', async () => {
    const { id: runId } = await begun();
    const [ann, bob] = AGENTS;
    await store.runs.move({ runId, agentId: ann ?? agentId('') }, 'waiting', {
      state: 'changing',
      reason: null,
      at: 1,
    });
    await store.runs.settleLeftBehind(9000, 'Floorwatch ended');
    const outcomes = await store.runs.outcomes(runId, { after: null, limit: 9, among: null });
    expect(outcomes[0]).toMatchObject({ agentId: ann, state: 'unknown', reason: 'Floorwatch ended', at: 9000 });
    expect(outcomes[1]).toMatchObject({ agentId: bob, state: 'waiting' });
    expect((await store.runs.listRunning()).map(({ id }) => id)).toContain(runId);
  });

  it('a suggestion that was dismissed is left out for this person, for as long as was said', async () => {
    await store.suggestions.dismiss({ userId: 'jane', suggestion: 'ann:break-due', until: 5000 });
    expect(await store.suggestions.dismissedBy('jane', 4999)).toEqual(new Set(['ann:break-due']));
    expect(await store.suggestions.dismissedBy('joe', 4999)).toEqual(new Set());
    expect(await store.suggestions.dismissedBy('jane', 5000)).toEqual(new Set());
    await store.suggestions.dismiss({ userId: 'jane', suggestion: 'ann:break-due', until: 7000 });
    await store.suggestions.forgetBefore(6000);
    expect((await store.suggestions.dismissedBy('jane', 6000)).size).toBe(1);
  });

  it('divisions are switched on and off', async () => {
    await store.suggestions.setSwitch(divisionId('north'), true);
    await store.suggestions.setSwitch(divisionId('south'), true);
    await store.suggestions.setSwitch(divisionId('north'), false);
    expect(await store.suggestions.switches()).toEqual(
      new Map([
        [divisionId('north'), false],
        [divisionId('south'), true],
      ]),
    );
  });
});
