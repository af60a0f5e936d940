import { getAgent, type Actor } from '@floorwatch/contracts';
import { afterAll, afterEach, expect, it } from 'vitest';
import { DividedFloor, type SomeAgent } from '../../scopes/divided-floor.fake.ts';
import { closeTheStore, type Browser } from '../../sessions/signed-in-floor.fake.ts';

let floor: DividedFloor | null = null;

afterEach(async () => {
  await floor?.close();
  floor = null;
});

afterAll(closeTheStore);

const PRESENCE = 'Training';

/** Changes an agent's presence in Genesys Cloud, past Floorwatch. */
const change = async (on: DividedFloor, agent: SomeAgent, by: SomeAgent | 'a program' | 'the agent'): Promise<void> => {
  const push = () => on.control.push({ userId: agent.id, presence: { systemPresence: PRESENCE } });
  if (by === 'the agent') return void (await push());
  const { engine, organisation, audits } = on.simulator.world;
  const definition = organisation.presenceDefinitions.find((one) => one.systemPresence === PRESENCE);
  if (definition === undefined) return expect.fail('there is no such presence');
  const subject =
    by === 'a program' ? { userId: null, name: 'A program', grants: [] } : { userId: by.id, name: by.name, grants: [] };
  audits.by(subject, 'a-client', () => engine.change(agent.id, { presence: { definition, message: '' } }));
};

const setByAsTold = async (browser: Browser, { id }: SomeAgent): Promise<Actor | undefined> => {
  const { text } = await browser.get(getAgent.path.replace(':id', id));
  return getAgent.reply.parse(JSON.parse(text)).presence?.setBy;
};

it('says who set a presence in Genesys Cloud, and names a person to whoever may see that person', async () => {
  floor = await DividedFloor.open({ agents: 100 });
  const [lead, supervisor] = [await floor.signedIn('team-lead'), await floor.signedIn('supervisor')];
  const { own, foreign } = floor.agents;
  const [colleague, stranger] = [own[4], foreign[0]];
  const [first, second, third, fourth, untouched] = own;
  if (!colleague || !stranger || !first || !second || !third || !fourth || !untouched)
    return expect.fail('too few agents');
  await change(floor, first, colleague);
  await change(floor, second, stranger);
  await change(floor, third, 'a program');
  await change(floor, fourth, 'the agent');
  await floor.eventually(async () => {
    expect([
      await setByAsTold(lead, first),
      await setByAsTold(lead, second),
      await setByAsTold(lead, third),
      await setByAsTold(lead, fourth),
      await setByAsTold(lead, untouched),
      await setByAsTold(supervisor, second),
    ]).toEqual([
      { by: 'supervisor', name: colleague.name },
      { by: 'supervisor', name: null },
      { by: 'system', name: null },
      { by: 'agent', name: null },
      { by: 'unknown', name: null },
      { by: 'supervisor', name: stranger.name },
    ]);
  });
}, 30_000);
