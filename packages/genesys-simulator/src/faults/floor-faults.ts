import type { SystemPresence } from '../org/presence-definition.ts';
import type { World } from '../server/world.ts';
import { strikeAndRepeat, type StartFault } from './fault.ts';

/** Faults of the floor itself: everything here truly happens, and is in the journal. */

const takePresence = (world: World, userId: string, name: SystemPresence): void => {
  const definition = world.organisation.presenceDefinitions.find(
    (one) => one.type === 'System' && one.systemPresence === name,
  );
  if (definition === undefined || !world.engine.has(userId)) return;
  world.engine.change(userId, { presence: { definition, message: '' } });
};

const presenceOf = (world: World, userId: string): SystemPresence =>
  world.engine.stateOf(userId).presence.systemPresence;

export const shiftChangeOf1000: StartFault<'shift-change-of-1000'> = ({ agents, everyMs }, stage) =>
  strikeAndRepeat(stage, everyMs, () => {
    const world = stage.world();
    world.pump.pump();
    const those = stage.random.sample(world.organisation.agents, agents);
    for (const { id } of those) takePresence(world, id, presenceOf(world, id) === 'Offline' ? 'On Queue' : 'Offline');
    stage.struck(those.length);
  });

/** Whoever is in a contact goes on with it, whatever presence they take: that is no flapping. */
const withNothingInHand = ({ organisation, engine, pump }: World) => {
  pump.pump();
  return organisation.agents.filter(({ id }) => engine.stateOf(id).routingStatus.status === 'OFF_QUEUE');
};

export const flappingAgent: StartFault<'flapping-agent'> = ({ agents, everyMs }, stage) => {
  const those = stage.random.sample(withNothingInHand(stage.world()), agents);
  return strikeAndRepeat(stage, everyMs, () => {
    const world = stage.world();
    world.pump.pump();
    for (const { id } of those.filter((one) => world.engine.has(one.id)))
      takePresence(world, id, presenceOf(world, id) === 'Busy' ? 'Available' : 'Busy');
    stage.struck(those.length);
  });
};

/** Nothing happens sooner or later for it: only what is stamped from now on has another time. */
export const clockSkew: StartFault<'clock-skew'> = ({ aheadMs }, { world, struck }) => {
  const { pump } = world();
  pump.leap(aheadMs);
  struck();
  return null;
};
