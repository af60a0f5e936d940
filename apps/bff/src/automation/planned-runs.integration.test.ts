import { previewAutomation } from '@floorwatch/contracts';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { PRESENCES } from '../presence-change/supervisor.fake.ts';
import { closeTheStore } from '../sessions/signed-in-floor.fake.ts';
import { AutomationFloor } from './automation-floor.fake.ts';
import { ruleFor, type AutomationPerson } from './automation-person.fake.ts';

let floor: AutomationFloor;
let sue: AutomationPerson;
let three: string[];

beforeEach(async () => {
  floor = await AutomationFloor.open();
  sue = await floor.person('supervisor');
  three = floor.idlers(3);
  await floor.put(three, 'Available');
}, 120_000);

afterEach(() => floor.close(), 60_000);
afterAll(closeTheStore, 60_000);

const deeds = (action: string): string[] =>
  floor.audit.entries.filter((entry) => entry.action === action).map(({ outcome }) => outcome);

it('a planned change is made when it is due, once, by the automation, and put back afterwards', async () => {
  const before = await floor.writes();
  const made = await sue.create(ruleFor(three, { start: floor.inMinutes(1), backAfterMinutes: 1 }));
  expect(made.words).toMatch(/^On .* at .* UTC: .* → Meeting, back after 1 min; unless the schedule blocks it/);
  const run = await sue.ended(made.id);
  const why = JSON.stringify(await sue.outcomes(made.id));
  expect(run, why).toMatchObject({ state: 'done', cause: 'plan', counts: { changed: 3 }, backDue: 3 });
  expect(run.dueAt <= run.startedAt).toBe(true);
  await floor.eventually(() => expect(three.map((id) => floor.presenceOf(id))).toEqual(three.map(() => 'meeting')));
  await floor.eventually(async () => {
    expect((await sue.outcomes(made.id)).map(({ back }) => back.state)).toEqual(['back', 'back', 'back']);
    expect(three.map((id) => floor.presenceOf(id))).toEqual(three.map(() => 'available'));
  });
  expect((await floor.writes()) - before).toBe(6);
  expect(deeds('automation-change')).toEqual(['accepted']);
  expect(deeds('automation-run')).toEqual(['requested', 'accepted']);
  const actors = floor.audit.entries.filter(({ action }) => action === 'presence-change').map(({ actor }) => actor);
  expect(new Set(actors.map(({ kind, id }) => `${kind} ${String(id)}`))).toEqual(new Set([`automation ${made.id}`]));
  expect((await sue.get(made.id)).nextAt).toBeNull();
  expect(await sue.runs(made.id)).toHaveLength(1);
}, 120_000);

it('whoever has chosen something else meanwhile is not put back', async () => {
  const [ann = '', bob = ''] = three;
  const made = await sue.create(ruleFor([ann, bob], { start: floor.inMinutes(1), backAfterMinutes: 1 }));
  await sue.ended(made.id);
  await floor.put([ann], 'Busy');
  await floor.eventually(async () => {
    const outcomes = await sue.outcomes(made.id);
    expect(outcomes.map(({ back }) => back.state).toSorted()).toEqual(['back', 'left']);
    expect(outcomes.find(({ agentId }) => agentId === ann)?.back.reason).toMatch(/chosen something else/);
  });
  expect([floor.presenceOf(ann), floor.presenceOf(bob)]).toEqual(['busy', 'available']);
}, 120_000);

it('an agent who is offline or there already is left out with the reason', async () => {
  const [ann = '', bob = '', cho = ''] = three;
  await floor.put([ann], 'Offline');
  await floor.put([bob], 'Break');
  const made = await sue.create(
    ruleFor(three, { start: floor.inMinutes(1), wanted: { definitionId: PRESENCES.break, message: null } }),
  );
  expect(await sue.ended(made.id)).toMatchObject({ state: 'done', counts: { changed: 1, skipped: 2 } });
  const reasonOf = new Map((await sue.outcomes(made.id)).map((one) => [one.agentId, one.reason]));
  expect(reasonOf.get(ann)).toMatch(/offline/);
  expect(reasonOf.get(bob)).toMatch(/there already/);
  expect(reasonOf.get(cho)).toBeNull();
}, 120_000);

it('what came due while Floorwatch was away is made up for within the grace, and once', async () => {
  const before = await floor.writes();
  const made = await sue.create(ruleFor(three, { start: floor.inMinutes(1) }));
  await floor.stop();
  const dueAt = Date.parse(made.nextAt ?? '');
  await floor.eventually(() => expect(floor.clock.now()).toBeGreaterThan(dueAt + 5000));
  await floor.start();
  expect(await sue.ended(made.id)).toMatchObject({ state: 'done', counts: { changed: 3 } });
  await floor.stop();
  await floor.start();
  expect(await sue.runs(made.id)).toHaveLength(1);
  expect((await floor.writes()) - before).toBe(3);
}, 120_000);

it('what came due long ago is noted down as missed, and not done', async () => {
  const before = await floor.writes();
  const now = floor.clock.now();
  const day = (ago: number): string => new Date(now - ago * 86_400_000).toISOString().slice(0, 10);
  const time = new Date(now - 30 * 60_000).toISOString().slice(11, 16);
  const plan = {
    kind: 'weekly',
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    time,
    zone: 'UTC',
    from: day(9),
    until: null,
    except: [],
  };
  const made = await sue.create(
    ruleFor(three, { start: { kind: 'planned', plan: { ...plan, kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7] } } }),
  );
  await floor.stop();
  // As if Floorwatch had been away for three days.
  const { rule } = (await floor.store.automation.rules.find(made.id)) ?? expect.fail('it is gone');
  await floor.store.automation.rules.change(made, { rule, lookedUpTo: Math.floor(now - 3 * 86_400_000) });
  await floor.start();
  await floor.eventually(async () => expect(await sue.runs(made.id)).not.toHaveLength(0));
  const runs = await sue.runs(made.id);
  expect(runs.map(({ state }) => state)).toEqual(runs.map(() => 'missed'));
  expect(runs.length).toBeGreaterThanOrEqual(2);
  expect(runs[0]?.reason).toMatch(/was not running when it was due/);
  expect(await floor.writes()).toBe(before);
}, 120_000);

it('a preview says whom a rule reaches and what would become of each, and changes nothing', async () => {
  const [ann = '', bob = ''] = three;
  await floor.put([ann], 'Offline');
  const before = await floor.writes();
  const body = ruleFor([ann, bob], { start: floor.inMinutes(2) });
  const preview = await sue.ask({ method: 'POST', path: previewAutomation.path, body }, previewAutomation.reply);
  expect(preview).toMatchObject({ reached: 2, outOfReach: 0 });
  expect(preview.nextAt).toHaveLength(1);
  const fates = new Map(preview.agents.map((one) => [one.agentId, one.fate]));
  expect([fates.get(ann), fates.get(bob)]).toEqual(['skip', 'change']);
  expect(await floor.writes()).toBe(before);
}, 120_000);
