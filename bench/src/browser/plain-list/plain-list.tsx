import {
  PROTOCOL_VERSION,
  type AgentCard,
  type AgentList,
  type AgentRowWire,
  type ServerToClient,
} from '@floorwatch/contracts';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * The browser peer: every agent in one React list, and a new state of the list for every event. It loads and hears
 * exactly what the wall does; the rows of a frame come to it one by one, as they would from a server that sends each.
 */

/** The server gathers events for this long before it sends them, ms; here they are spread over it again. */
const GATHERED_OVER_MS = 100;

interface Agent {
  readonly card: AgentCard;
  readonly row: AgentRowWire;
}

const App = () => {
  const [agents, setAgents] = useState<readonly Agent[]>([]);
  useEffect(
    () =>
      listen({
        onList: setAgents,
        onEvent: (row) => {
          setAgents((held) => held.map((agent) => (agent.card.ref === row[0] ? { ...agent, row } : agent)));
        },
      }),
    [],
  );
  return (
    <main>
      <h1>{agents.length} agents</h1>
      <ul>
        {agents.map(({ card, row }) => (
          <li key={card.id}>
            <b>{card.name}</b> <span>{row[1] ?? 'unknown'}</span> <span>{row[4] ?? 'unknown'}</span>
          </li>
        ))}
      </ul>
    </main>
  );
};

interface Listener {
  readonly onList: (agents: readonly Agent[]) => void;
  readonly onEvent: (row: AgentRowWire) => void;
}

const listen = ({ onList, onEvent }: Listener): (() => void) => {
  const socket = new WebSocket(`ws://${location.host}/api/live?protocol=${String(PROTOCOL_VERSION)}`);
  const loaded = load(onList);
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as ServerToClient;
    if (frame.type === 'hello')
      void loaded.then(({ epoch, version }) => {
        socket.send(JSON.stringify({ type: 'subscribe', epoch, version }));
      });
    if (frame.type === 'delta') {
      document.documentElement.dataset['hears'] = 'events';
      hearOneByOne(frame.rows, onEvent);
    }
  });
  return () => {
    socket.close();
  };
};

const load = async (onList: Listener['onList']): Promise<AgentList> => {
  const reply = await fetch('/api/agents');
  const list = (await reply.json()) as AgentList;
  const rows = new Map(list.rows.map((row) => [row[0], row]));
  onList(
    list.cards.flatMap((card) => {
      const row = rows.get(card.ref);
      return row === undefined ? [] : [{ card, row }];
    }),
  );
  return list;
};

const hearOneByOne = (rows: readonly AgentRowWire[], onEvent: Listener['onEvent']): void => {
  rows.forEach((row, index) => {
    setTimeout(onEvent, (index * GATHERED_OVER_MS) / rows.length, row);
  });
};

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<App />);
