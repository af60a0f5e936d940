import {
  agentId,
  presenceDefinitionId,
  ROUTING_STATES,
  SYSTEM_PRESENCES,
  WINDOW_MS,
  windowsOf,
  type FactValue,
  type Transition,
  type WorkKind,
} from '@floorwatch/domain';
import { startSimulator } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { expect, it } from 'vitest';
import { inOneSpelling } from '../chaos/facts.ts';
import { LANES, TrueFloor, type Lane, type TrueLanes, type Turn } from './true-lanes.ts';
import { judgeWindows } from './window-verdict.ts';

const HOUR = 3_600_000;
const OPENS_AT = Date.parse('2026-10-24T21:30:00.000Z');
const SPAN_MS = 26 * HOUR;

const oneOf = <Word extends string>(words: readonly Word[], spelling: string): Word =>
  words.find((word) => inOneSpelling(word) === spelling) ?? expect.fail(`no word for ${spelling}`);

const factOf = (lane: Lane, value: string): FactValue => {
  const [word = '', definition = ''] = value.split(' ');
  switch (lane) {
    case 'presence':
      return {
        kind: 'presence',
        presence: oneOf(SYSTEM_PRESENCES, word),
        definitionId: presenceDefinitionId(definition),
        message: null,
      };
    case 'routing':
      return { kind: 'routing', routing: oneOf(ROUTING_STATES, word) };
    case 'work':
      return { kind: 'work', work: oneOf<WorkKind>(['none', 'contact', 'afterCallWork'], inOneSpelling(word)) };
  }
};

const transitionsOf = (userId: string, lanes: TrueLanes): Transition[] =>
  LANES.flatMap((lane) =>
    lanes[lane].map(({ at, value }: Turn) => ({
      agentId: agentId(userId),
      fact: factOf(lane, value),
      at,
      exact: true,
      ingestedAt: at,
      source: 'event' as const,
    })),
  );

it('windows made of every transition of a day of 25 hours are those that the journal adds up to, to the millisecond', async () => {
  const simulator = await startSimulator({ agents: 20, speed: 0, startsAt: OPENS_AT });
  const control = new SimulatorControl(simulator.url);
  const floor = new TrueFloor(await control.truth());
  for (let hour = 0; hour < SPAN_MS / HOUR; hour += 1) {
    await control.advance(HOUR);
    for (const entry of (await control.journal({ after: floor.lastSeq })).entries) floor.add(entry);
  }
  const { lastSeq } = (await control.state()).journal;
  await simulator.close();
  expect(floor.lastSeq).toBe(lastSeq);

  const range = { from: OPENS_AT + WINDOW_MS, to: OPENS_AT + SPAN_MS };
  const problems = floor.agentIds.flatMap((userId) => {
    const lanes = floor.lanesOf(userId);
    const past = { transitions: transitionsOf(userId, lanes), gaps: [] };
    const windows = windowsOf(agentId(userId), past, range);
    return judgeWindows({ userId, lanes, range, windows, blurred: [], stepMs: 0 });
  });
  expect(problems).toEqual([]);
  expect(floor.agentIds.reduce((sum, id) => sum + floor.lanesOf(id).routing.length, 0)).toBeGreaterThan(5000);
});
