import { listAgents, type AgentList, type Subscribe } from '@floorwatch/contracts';

/** Loads the whole board over HTTP, as a browser does first. */
export const loadList = async (url: string): Promise<AgentList> => {
  const reply = await fetch(`${url}${listAgents.path}`);
  return listAgents.reply.parse(await reply.json());
};

/** What a browser that holds this list answers to the socket's greeting. */
export const subscribeFrom = ({ epoch, version }: Pick<AgentList, 'epoch' | 'version'>): string =>
  JSON.stringify({ type: 'subscribe', epoch, version } satisfies Subscribe);
