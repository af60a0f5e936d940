import { listSuggestions, type SuggestionList } from '@floorwatch/contracts';
import { agentId } from '@floorwatch/domain';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { closeTheStore } from '../sessions/signed-in-floor.fake.ts';
import { AutomationFloor } from './automation-floor.fake.ts';
import { ruleFor, type AutomationPerson } from './automation-person.fake.ts';

let floor: AutomationFloor;
let sue: AutomationPerson;
let ann: string;

beforeEach(async () => {
  floor = await AutomationFloor.open();
  sue = await floor.person('supervisor');
  ann = floor.onShift();
  await floor.put([ann], 'Available');
}, 120_000);

afterEach(() => floor.close(), 60_000);
afterAll(closeTheStore, 60_000);

const suggested = (person = sue): Promise<SuggestionList> =>
  person.ask({ method: 'GET', path: listSuggestions.path }, listSuggestions.reply);

/** What is suggested about the agent, once the schedule was read. */
const aboutAnn = async (person = sue) => {
  const { suggestions } = await suggested(person);
  return suggestions.find(({ agentId }) => agentId === ann);
};

it('a break that is due is suggested, with the presence that fits, until the agent takes it', async () => {
  await floor.planBreak(ann);
  await floor.eventually(async () =>
    expect(await aboutAnn()).toMatchObject({
      kind: 'break-due',
      category: 'break',
      presence: 'available',
      wanted: { system: 'break' },
    }),
  );
  const before = await floor.writes();
  await floor.eventually(async () => expect((await suggested()).roundSeconds).not.toBeNull());
  await floor.put([ann], 'Break');
  expect(await aboutAnn()).toBeUndefined();
  expect(await floor.writes()).toBe(before); // nothing is done by itself
}, 120_000);

it('what somebody dismisses is gone for this person, for as long as was said', async () => {
  const admin = await floor.person('admin');
  await floor.planBreak(ann);
  await floor.eventually(async () => expect(await aboutAnn()).toBeDefined());
  const { id = '' } = (await aboutAnn()) ?? {};
  const path = `/api/suggestions/${encodeURIComponent(id)}/dismiss`;
  expect((await sue.send('POST', path, { minutes: 1 })).status).toBe(204);
  expect(await aboutAnn()).toBeUndefined();
  expect(await aboutAnn(admin)).toBeDefined();
  await floor.eventually(async () => expect(await aboutAnn()).toBeDefined());
  expect((await sue.send('POST', path, { minutes: null })).status).toBe(204);
  expect(await aboutAnn()).toBeUndefined();
}, 120_000);

it('a division that is switched off is not read, and one may only switch where one may change presences', async () => {
  const lead = await floor.person('team-lead');
  const own = floor.persona('team-lead').subject.grants[0]?.divisionId ?? '';
  const foreign = (await suggested()).divisions.find(({ id }) => id !== own)?.id ?? '';
  expect((await suggested(lead)).divisions.map(({ id }) => id)).toEqual([own]);
  expect((await lead.send('PUT', `/api/suggestions/divisions/${foreign}`, { isOn: false })).status).toBe(404);
  expect((await lead.send('PUT', `/api/suggestions/divisions/${own}`, { isOn: false })).status).toBe(204);
  const { divisionId } = floor.floorwatch.board.rowOf(agentId(ann))?.profile ?? expect.fail('she is gone');
  expect((await sue.send('PUT', `/api/suggestions/divisions/${String(divisionId)}`, { isOn: false })).status).toBe(204);
  await floor.planBreak(ann);
  const { divisions } = await suggested();
  expect(divisions.find(({ id }) => id === divisionId)?.isOn).toBe(false);
  // A round that began before has ended, and one after it.
  const calls = async (): Promise<number> =>
    (await floor.control.state()).calls['getWorkforcemanagementAdherence'] ?? 0;
  const readBefore = await calls();
  await floor.eventually(async () => expect(await calls()).toBeGreaterThan(readBefore + 1));
  expect(await aboutAnn()).toBeUndefined();
  expect(floor.audit.entries.map(({ action }) => action)).toContain('settings-change');
}, 120_000);

it('a rule that is set to it acts on a suggestion by itself, once', async () => {
  const made = await sue.create(
    ruleFor([ann], {
      start: { kind: 'schedule', suggestion: 'break-due' },
      wanted: { definitionId: floor.breakId, message: null },
    }),
  );
  await floor.planBreak(ann);
  await floor.eventually(() => expect(floor.presenceOf(ann)).toBe('break'));
  expect(await sue.ended(made.id)).toMatchObject({ cause: 'schedule', state: 'done', counts: { changed: 1 } });
  await floor.put([ann], 'Available'); // the agent's own choice: it is left alone
  await floor.stop();
  await floor.start();
  await floor.eventually(async () => expect(await aboutAnn()).toBeDefined());
  expect(await sue.runs(made.id)).toHaveLength(1);
  expect(floor.presenceOf(ann)).toBe('available');
}, 120_000);
