import { Board, type AgentId } from '@floorwatch/domain';
import { createGenesysCloud, regionHosts, Secret, type AgentEvents, type ChannelStatus } from '@floorwatch/genesys';
import { startSimulator, type SimulatorOptions } from '@floorwatch/genesys-simulator';
import { SimulatorControl } from '@floorwatch/genesys-simulator/client';
import { realClock } from '@floorwatch/domain/testing';

const READ = { priority: 'resync' } as const;

/** A simulated organisation, the adapter that speaks to it, and a board fed by it in the plainest way. */
export const openFloor = async (settings: SimulatorOptions = {}) => {
  const simulator = await startSimulator({ agents: 60, speed: 0, requestsPerMinute: 100_000, ...settings });
  const log: string[] = [];
  const write = (fields: object, message: string): number => log.push(`${message} ${JSON.stringify(fields)}`);
  const cloud = createGenesysCloud({
    ...regionHosts(simulator.url),
    clientId: simulator.clientId,
    clientSecret: new Secret(simulator.clientSecret),
    clock: realClock,
    log: { debug: write, info: write, warn: write, error: write },
  });
  const board = new Board('test');
  const states: ChannelStatus[] = [];
  const gaps: string[] = [];
  let events: AgentEvents | null = null;

  const read = async (ids: readonly AgentId[]): Promise<void> => {
    for (let from = 0; from < ids.length; from += 100)
      for (const { observation } of await cloud.getUsers(ids.slice(from, from + 100), READ))
        board.applyEvent(observation);
  };
  const load = async (): Promise<AgentId[]> => {
    for await (const { users } of cloud.listUsers({ priority: 'sweep' }))
      for (const { profile, observation } of users) {
        board.putAgent(profile);
        board.applyEvent(observation);
      }
    return [...board.rows()].map(({ profile }) => profile.id);
  };
  return {
    simulator,
    control: new SimulatorControl(simulator.url),
    cloud,
    board,
    log,
    states,
    gaps,
    load,
    read,
    /** Loads everybody and listens; gaps are closed by reading again. */
    follow: async (topicsPerChannel = 800): Promise<AgentEvents> => {
      const agentIds = await load();
      events = cloud.openAgentEvents({
        agentIds,
        topicsPerChannel,
        onObservation: (observation) => board.applyEvent(observation),
        onGap: (ids, why) => {
          gaps.push(why);
          read(ids).catch((error: unknown) => log.push(`read failed ${String(error)}`));
        },
        onChannelState: (status) => states.push(status),
      });
      return events;
    },
    close: async () => {
      await events?.stop();
      await simulator.close();
    },
  };
};

export type Floor = Awaited<ReturnType<typeof openFloor>>;
