import {
  errorBody,
  exportAgentTransitions,
  getAgentHistory,
  getAgentPresence,
  getAgentRoutingStatus,
  type AgentHistory,
  type ErrorBody,
  type HistorySegment,
} from '@floorwatch/contracts';
import { agentId } from '@floorwatch/domain';
import { FakeAuditLog } from '@floorwatch/domain/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { openHistoryFloor, pathOf, type HistoryFloor } from './history-floor.fake.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (ms: number): string => new Date(ms).toISOString();

let floor: HistoryFloor;
afterEach(() => floor.close());

const historyOf = (id: string, query: Record<string, string>): Promise<AgentHistory> =>
  floor.get(getAgentHistory.reply, pathOf(getAgentHistory.path, id), query);

const lane = <Kind extends HistorySegment['kind']>(segments: readonly HistorySegment[], kind: Kind) =>
  segments.filter((one): one is Extract<HistorySegment, { kind: Kind }> => one.kind === kind);

const someAgent = (): string => floor.ids[0] ?? expect.fail('no agents');

describe('the history of an agent without a store', () => {
  it('is what truly happened, as the platform’s own history and the board tell it', async () => {
    floor = await openHistoryFloor();
    const id = someAgent();
    const to = floor.now();
    const range = { from: to - 2 * DAY, to };
    const answer = await historyOf(id, { from: iso(range.from), to: iso(to), limit: '5000' });
    const { world } = floor.simulator;
    const profile = world.user(id) ?? expect.fail('an agent');
    const truth = world.history.routingSegments(profile, range);
    const routing = lane(answer.segments, 'routing');
    expect(routing.map(({ from }) => from)).toEqual(truth.map(({ startsAt }) => iso(Math.max(range.from, startsAt))));
    expect(routing.slice(1).map(({ from }) => from)).toEqual(routing.slice(0, -1).map(({ to: end }) => end));
    expect(routing.at(-1)).toMatchObject({ to: answer.to, isOngoing: true });
    expect(routing[0]).toMatchObject({ startsExactly: false, source: 'analytics' });
    const presences = world.history.presenceSegments(profile, range);
    expect(lane(answer.segments, 'organisation').map(({ definitionId }) => definitionId)).toEqual(
      presences.map(({ value }) => value.definitionId),
    );
    expect(lane(answer.segments, 'organisation').every(({ label }) => label !== null)).toBe(true);
    expect(lane(answer.segments, 'activity').length).toBeGreaterThan(10);
    expect(answer).toMatchObject({ gaps: [], analyticsProblem: null, scheduleProblem: null, cursor: null });
  });

  it('reaches into the future for what is planned, and nowhere else', async () => {
    floor = await openHistoryFloor();
    const { workforce } = floor.simulator.world;
    const id = floor.ids.find((one) => workforce.unitOf(one) !== null) ?? expect.fail('a planned agent');
    const to = floor.now() + 2 * DAY;
    const answer = await historyOf(id, { from: iso(floor.now() - DAY), to: iso(to), limit: '5000' });
    expect(Date.parse(answer.to)).toBeLessThan(floor.now() + HOUR);
    const ends = answer.segments.filter(({ kind }) => kind !== 'schedule').map((one) => Date.parse(one.to));
    expect(Math.max(...ends)).toBe(Date.parse(answer.to));
    expect(lane(answer.segments, 'schedule').some((one) => Date.parse(one.from) > Date.parse(answer.to))).toBe(true);
  });

  it('of a day that has not begun is its plan, where that alone is asked for', async () => {
    floor = await openHistoryFloor();
    const { workforce } = floor.simulator.world;
    const id = floor.ids.find((one) => workforce.unitOf(one) !== null) ?? expect.fail('a planned agent');
    const from = iso(floor.now() + DAY);
    const query = { from, to: iso(floor.now() + 4 * DAY), kind: 'schedule', limit: '25' };
    const answer = await historyOf(id, query);
    expect(answer).toMatchObject({ from, to: from, gaps: [], volatile: [], scheduleProblem: null });
    expect(answer.segments.length).toBeGreaterThan(3);
    const pages = [answer];
    for (let cursor = answer.cursor; cursor !== null; cursor = pages.at(-1)?.cursor ?? null)
      pages.push(await historyOf(id, { ...query, cursor }));
    const whole = await historyOf(id, { ...query, limit: '5000' });
    expect(pages.flatMap(({ segments }) => segments)).toEqual(whole.segments);
    const path = pathOf(getAgentHistory.path, id);
    expect(await floor.ask(path, { ...query, kind: 'schedule,routing' })).toMatchObject({ status: 400 });
    expect((await floor.control.state()).calls['postAnalyticsUsersDetailsQuery'] ?? 0).toBe(0);
  });

  it('comes in pages that put together are the whole, though more happens meanwhile', async () => {
    floor = await openHistoryFloor({ speed: 1 });
    const id = someAgent();
    const query = { from: iso(floor.now() - 12 * HOUR), to: iso(floor.now() + DAY) };
    const pages: AgentHistory[] = [await historyOf(id, { ...query, limit: '25' })];
    for (let page = pages[0]; page?.cursor; page = pages.at(-1)) {
      await floor.control.push({ userId: id, presence: { systemPresence: pages.length % 2 === 0 ? 'Meal' : 'Break' } });
      pages.push(await historyOf(id, { ...query, limit: '25', cursor: page.cursor }));
    }
    expect(pages.length).toBeGreaterThan(3);
    expect(Math.max(...pages.map(({ segments }) => segments.length))).toBeLessThanOrEqual(25);
    expect(new Set(pages.map(({ to }) => to)).size).toBe(1);
    const happened = ({ kind }: HistorySegment): boolean => kind !== 'schedule';
    const starts = (segments: readonly HistorySegment[]) =>
      segments
        .filter(happened)
        .map(({ kind, from }) => `${from} ${kind}`)
        .toSorted();
    const whole = await historyOf(id, { from: query.from, to: pages[0]?.to ?? '', limit: '5000' });
    expect(starts(pages.flatMap(({ segments }) => segments))).toEqual(starts(whole.segments));
  });

  it('says who changed a presence, where the audit knows', async () => {
    floor = await openHistoryFloor();
    const id = someAgent();
    await floor.control.push({ userId: id, presence: { systemPresence: 'Training' } });
    const name = floor.simulator.world.user(id)?.name;
    await expect
      .poll(async () => {
        const query = { from: iso(floor.now() - HOUR), to: iso(floor.now() + HOUR), kind: 'organisation' };
        return lane((await historyOf(id, query)).segments, 'organisation').at(-1);
      })
      .toMatchObject({ system: 'training', actor: { by: 'agent', name } });
  });

  it('knows what Floorwatch itself did, where the platform only knows of some program, in files and for now too', async () => {
    const audit = new FakeAuditLog();
    floor = await openHistoryFloor({ audit });
    const id = someAgent();
    await floor.control.push({ userId: id, presence: { systemPresence: 'Training' } });
    const row = () => floor.floorwatch.board.rowOf(agentId(id));
    await expect.poll(() => row()?.state.presence?.system).toBe('training');
    const since = row()?.state.presence?.since.at ?? expect.fail('a presence');
    await audit.append({
      at: Math.floor(floor.now()),
      action: 'presence-change',
      outcome: 'confirmed',
      actor: { kind: 'automation', id: 'rule-1', name: 'Training on Tuesdays' },
      target: { agentId: agentId(id), divisionId: null },
      before: null,
      after: { since },
      reason: null,
      correlationId: 'deed-1',
      platformCorrelationId: null,
    });
    const setBy = { by: 'automation', name: 'Training on Tuesdays' };
    const range = { from: iso(floor.now() - HOUR), to: iso(floor.now() + HOUR) };
    const answer = await historyOf(id, { ...range, kind: 'organisation' });
    expect(lane(answer.segments, 'organisation').at(-1)).toMatchObject({ system: 'training', actor: setBy });
    const file = await floor.ask(pathOf(exportAgentTransitions.path, id), { ...range, format: 'json', zone: 'UTC' });
    expect(JSON.stringify(file.body)).toContain('"setBy":"automation","setByName":"Training on Tuesdays"');
    floor.floorwatch.board.noteSetBy(agentId(id), since, { kind: 'automation', id: null });
    expect(await floor.get(getAgentPresence.reply, pathOf(getAgentPresence.path, id))).toMatchObject({
      presence: { setBy: { by: 'automation', name: null } },
    });
  });

  it('tells in words which permissions are missing, and everything else all the same', async () => {
    floor = await openHistoryFloor();
    const withdrawn = ['wfm:publishedSchedule:view', 'wfm:schedule:view', 'audits:audit:view'];
    await floor.control.withdrawPermissions([...withdrawn, 'analytics:userDetail:view']);
    const answer = await historyOf(someAgent(), { from: iso(floor.now() - DAY), to: iso(floor.now()) });
    expect(answer.scheduleProblem).toMatch(/needs the permission wfm:publishedSchedule:view or wfm:schedule:view/);
    expect(answer.analyticsProblem).toMatch(/needs the permission analytics:userDetail:view/);
    expect(lane(answer.segments, 'organisation').at(-1)).toMatchObject({ actor: { by: 'unknown', name: null } });
    expect(lane(answer.segments, 'system').at(-1)?.system).not.toBeNull();
  });

  it('asks the platform once for what several people want to see at once', async () => {
    floor = await openHistoryFloor();
    const id = someAgent();
    const query = { from: iso(floor.now() - DAY), to: iso(floor.now() + DAY), kind: 'routing' };
    await Promise.all([historyOf(id, query), historyOf(id, query), historyOf(id, query)]);
    await historyOf(id, query);
    const { calls } = await floor.control.state();
    expect(calls['postAnalyticsUsersDetailsQuery']).toBe(2); // one page, and the empty one that ends it
  });
});

describe('a question that cannot be answered', () => {
  const refusalOf = async (from: number, to: number, more: Record<string, string> = {}): Promise<Refusal> => {
    const path = pathOf(getAgentHistory.path, someAgent());
    const { status, body } = await floor.ask(path, { from: iso(from), to: iso(to), ...more });
    return { status, ...errorBody.partial().parse(body) };
  };

  it.each<[string, readonly [from: number, to: number, more?: Record<string, string>], RegExp]>([
    ['that ends before it begins', [0, -HOUR], /^from .* must be before to /],
    ['of the future', [HOUR, DAY], /lies in the future/],
    ['of too long a time', [-40 * DAY, 0], /longer than 31 days: ask for it in parts/],
    ['of a lane that there is not', [-DAY, 0, { kind: 'mood' }], /kind/],
    ['with a cursor of somebody else', [-DAY, 0, { cursor: 'abc' }], /leave it out/],
  ])('%s is refused, with the name of what is wrong', async (_, [from, to, more], message) => {
    floor = await openHistoryFloor({ agents: 10 });
    const refusal = await refusalOf(floor.now() + from, floor.now() + to, more);
    expect(refusal).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(refusal.message).toMatch(message);
  });

  it('because nothing is kept from then says what can be asked for, and that can', async () => {
    floor = await openHistoryFloor({ agents: 10 });
    const refusal = await refusalOf(floor.now() - 60 * DAY, floor.now() - 50 * DAY);
    expect(refusal).toMatchObject({ status: 422, code: 'outside-retention' });
    expect(refusal.message).toMatch(/let from be that or later/);
    const from = Date.parse(refusal.allowed?.from ?? '');
    expect(await refusalOf(from, from + DAY)).toMatchObject({ status: 200 });
  });

  it('because there is no such agent says so', async () => {
    floor = await openHistoryFloor({ agents: 10 });
    const query = { from: iso(floor.now() - DAY), to: iso(floor.now()) };
    const answer = await floor.ask(pathOf(getAgentHistory.path, 'nobody'), query);
    expect(answer).toMatchObject({ status: 404, body: { code: 'agent-not-found' } });
  });
});

type Refusal = { readonly status: number } & { readonly [Part in keyof ErrorBody]?: ErrorBody[Part] | undefined };

describe('presence and routing status of an agent', () => {
  it('are two facts, answered from the board while it is live', async () => {
    floor = await openHistoryFloor();
    const id = someAgent();
    const truth = (await floor.control.truth()).agents.find(({ userId }) => userId === id) ?? expect.fail('the agent');
    expect(await floor.get(getAgentPresence.reply, pathOf(getAgentPresence.path, id))).toMatchObject({
      presence: { definitionId: truth.presence.definitionId, since: { at: truth.presence.modifiedDate, exact: true } },
      source: 'live',
    });
    expect(await floor.get(getAgentRoutingStatus.reply, pathOf(getAgentRoutingStatus.path, id))).toMatchObject({
      routing: { since: { at: truth.routingStatus.startTime, exact: true } },
      source: 'live',
    });
    expect((await floor.ask(pathOf(getAgentPresence.path, 'nobody'))).status).toBe(404);
  });
});
