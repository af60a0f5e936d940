import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOrganisation, type Organisation } from '../org/organisation.ts';
import { contactCenterWork, FloorRules } from './floor-rules.fake.ts';
import type { JournalEntry } from './journal.ts';
import type { LiveState } from './live-state.ts';
import { ScenarioEngine } from './scenario-engine.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-08-15T08:00:00.000Z');

const open = (seed: string, agents: number, startsAt = START) => {
  const organisation = buildOrganisation(seed, agents);
  const engine = new ScenarioEngine(organisation, startsAt);
  const entries: JournalEntry[] = [];
  engine.listen((entry) => entries.push(entry));
  return { organisation, engine, entries };
};

const statesOf = (organisation: Organisation, engine: ScenarioEngine): Map<string, LiveState> =>
  new Map(organisation.agents.map(({ id }) => [id, engine.stateOf(id)]));

/** Share of agents for whom something is true. */
const shareOf = (states: ReadonlyMap<string, LiveState>, is: (state: LiveState) => boolean): number =>
  [...states.values()].filter(is).length / states.size;

const expectWorkingDay = (states: ReadonlyMap<string, LiveState>): void => {
  const presence = (name: string) => shareOf(states, (state) => state.presence.systemPresence === name);
  const routing = (name: string) => shareOf(states, (state) => state.routingStatus.status === name);
  expect(1 - presence('Offline')).toBeGreaterThan(0.66);
  expect(1 - presence('Offline')).toBeLessThan(0.8);
  expect(presence('On Queue')).toBeGreaterThan(0.4);
  expect(routing('INTERACTING')).toBeGreaterThan(0.3);
  expect(routing('IDLE')).toBeGreaterThan(0.04);
  expect(routing('NOT_RESPONDING')).toBeGreaterThan(0.001);
  expect(routing('COMMUNICATING')).toBeGreaterThan(0.003);
  for (const name of ['Break', 'Meal', 'Meeting', 'Training', 'Busy', 'Away', 'Idle', 'Available'])
    expect(presence(name), name).toBeGreaterThan(0.001);
  const inAcw = shareOf(states, ({ conversationSummary }) => contactCenterWork(conversationSummary).acw > 0);
  expect(inAcw).toBeGreaterThan(0.03);
};

describe('scenario engine', () => {
  it('makes the same day of a seed, in whatever steps it is advanced', () => {
    const whole = open('day', 40);
    whole.engine.advanceTo(START + HOUR);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 * MINUTE }), { maxLength: 40 }), (steps) => {
        const stepped = open('day', 40);
        let now = START;
        for (const step of steps) stepped.engine.advanceTo((now = Math.min(START + HOUR, now + step)));
        stepped.engine.advanceTo(START + HOUR);
        expect(stepped.entries).toEqual(whole.entries);
      }),
      { numRuns: 20 },
    );
    expect(whole.entries.length).toBeGreaterThan(1000);
  });

  it('makes another day of another seed', () => {
    const [one, other] = [open('one', 20), open('other', 20)];
    expect(one.organisation.agents.map(({ name }) => name)).not.toEqual(
      other.organisation.agents.map(({ name }) => name),
    );
    expect(one.organisation.agents.map(({ id }) => id)).toEqual(
      open('one', 20).organisation.agents.map(({ id }) => id),
    );
  });

  it('keeps to the rules of the platform under any mix of time, haste and changes from outside', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20 * MINUTE }) }),
      fc.record({ kind: fc.constant('hurry' as const), count: fc.integer({ min: 1, max: 300 }) }),
      fc.record({ kind: fc.constant('choose' as const), agent: fc.nat(), definition: fc.nat() }),
      fc.record({ kind: fc.constant('join' as const), agent: fc.nat(), queues: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.string(), fc.array(step, { maxLength: 60 }), (seed, steps) => {
        const { organisation, engine, entries } = open(seed, 25);
        const rules = new FloorRules(statesOf(organisation, engine));
        engine.listen((entry) => rules.check(entry));
        const { agents, presenceDefinitions } = organisation;
        let now = START;
        for (const one of steps) {
          if (one.kind === 'wait') engine.advanceTo((now += one.ms));
          if (one.kind === 'hurry') engine.hurry(one.count);
          const agent = 'agent' in one ? agents[one.agent % agents.length] : undefined;
          if (agent === undefined) continue;
          const definition =
            one.kind === 'choose' ? presenceDefinitions[one.definition % presenceDefinitions.length] : undefined;
          if (definition !== undefined) engine.change(agent.id, { presence: { definition, message: '' } });
          else if (one.kind === 'join')
            engine.change(agent.id, { activeQueueIds: agent.queueIds.slice(one.queues % 3) });
        }
        expect(rules.violations).toEqual([]);
        expect(statesOf(organisation, engine), 'the truth is what the journal adds up to').toEqual(rules.states);
        expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('opens like a working day at any hour, with starts that lie hours back, and stays one', () => {
    for (const hour of [0, 9, 17]) {
      const startsAt = START + hour * HOUR;
      const { organisation, engine } = open(`hour ${hour}`, 1500, startsAt);
      const states = statesOf(organisation, engine);
      expectWorkingDay(states);
      const ages = [...states.values()].map(({ presence }) => startsAt - presence.modifiedAt);
      expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
      expect(shareOf(states, ({ presence }) => startsAt - presence.modifiedAt > HOUR)).toBeGreaterThan(0.2);
      expect(shareOf(states, ({ routingStatus }) => routingStatus.startAt <= startsAt)).toBe(1);
    }
    const { organisation, engine } = open('long day', 700);
    engine.advanceTo(START + 4 * HOUR);
    expectWorkingDay(statesOf(organisation, engine));
  });

  it('shows several transitions a second on a floor of 500, from the first seconds on', () => {
    const { engine } = open('pace', 500);
    engine.advanceTo(START + 20_000);
    expect(engine.transitions / 20).toBeGreaterThan(3);
    engine.advanceTo(START + 10 * MINUTE);
    expect(engine.transitions / 600).toBeGreaterThan(3);
    expect(engine.transitions / 600).toBeLessThan(8);
  });

  it('hurries by exactly the number of transitions asked for, without moving the clock', () => {
    const { engine, entries } = open('hurry', 100);
    engine.advanceTo(START + MINUTE);
    const before = engine.transitions;
    const from = entries.length;
    engine.hurry(5000);
    expect(engine.transitions - before).toBe(5000);
    const stamps = entries.slice(from).map(({ at }) => at - (START + MINUTE));
    expect(Math.min(...stamps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...stamps), 'stamps only grow so far as they must differ').toBeLessThan(1000);
  });
});

describe('an agent on the floor', () => {
  const openQuiet = () => {
    const { organisation, engine, entries } = open('one agent', 10);
    const [agent] = organisation.agents;
    if (agent === undefined) throw new Error('nobody there');
    const definition = (name: string) => {
      const found = organisation.presenceDefinitions.find((one) => one.systemPresence === name);
      if (found === undefined) throw new Error(`no ${name}`);
      return { definition: found, message: '' };
    };
    const history = (): string[] =>
      entries
        .filter(({ userId }) => userId === agent.id)
        .map((entry) => {
          if (entry.part === 'presence') return entry.after.systemPresence;
          return entry.part === 'routingStatus' ? entry.after.status : entry.part;
        });
    return { engine, id: agent.id, definition, history };
  };

  it('becomes IDLE 20 to 200 ms after going on queue, as two services report', () => {
    const { engine, id, definition } = openQuiet();
    engine.change(id, { presence: definition('Offline') });
    engine.advanceTo(START + 1000);
    engine.change(id, { presence: definition('On Queue') });
    expect(engine.stateOf(id).routingStatus.status).toBe('OFF_QUEUE');
    engine.advanceTo(START + 1205);
    const { presence, routingStatus } = engine.stateOf(id);
    expect(routingStatus.status).toBe('IDLE');
    expect(routingStatus.startAt - presence.modifiedAt).toBeGreaterThanOrEqual(20);
    expect(routingStatus.startAt - presence.modifiedAt).toBeLessThanOrEqual(201);
  });

  it('goes on interacting after leaving the queue in the middle of a call, and is OFF_QUEUE only when done', () => {
    const { engine, id, definition, history } = openQuiet();
    engine.change(id, { presence: definition('On Queue'), routingStatus: 'INTERACTING' });
    engine.change(id, { presence: definition('Break') });
    expect(engine.stateOf(id).routingStatus.status).toBe('INTERACTING');
    engine.advanceTo(START + 15 * MINUTE);
    const [, ...after] = history().slice(history().indexOf('Break'));
    expect(after.find((step) => step !== 'conversationSummary')).toBe('OFF_QUEUE');
  });

  it('drops what it had in hand when it logs out', () => {
    const { engine, id, definition } = openQuiet();
    engine.change(id, { presence: definition('On Queue'), routingStatus: 'INTERACTING' });
    engine.change(id, { presence: definition('Offline') });
    engine.advanceTo(START + 300);
    expect(engine.stateOf(id).routingStatus.status).toBe('OFF_QUEUE');
    expect(engine.stateOf(id).conversationSummary.call.contactCenter).toEqual({ active: 0, acw: 0 });
  });

  it('wakes up by itself after not responding', () => {
    const { engine, id, definition, history } = openQuiet();
    engine.change(id, { presence: definition('On Queue'), routingStatus: 'NOT_RESPONDING' });
    engine.advanceTo(START + 15 * MINUTE);
    expect(history().slice(history().indexOf('NOT_RESPONDING'))[1]).toBe('IDLE');
  });
});
