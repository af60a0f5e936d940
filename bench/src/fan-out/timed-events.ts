import { serverToClient, type AgentRowWire } from '@floorwatch/contracts';
import type { RecordedFrame } from './load-client.ts';
import type { TimedEvent } from './socket-io-server.ts';

/** Events arrive one by one before they are gathered into a frame: within this long before it, ms (the BFF's tick). */
const GATHERED_OVER_MS = 100;

/** The same changes that recorded frames hold, each as an event of its own, spread over the tick that gathered them. */
export const timedEventsOf = (recording: readonly RecordedFrame[]): TimedEvent[] =>
  recording.flatMap(({ atMs, text }) => {
    const frame = serverToClient.parse(JSON.parse(text));
    if (frame.type !== 'delta') return [];
    const stepMs = GATHERED_OVER_MS / frame.rows.length;
    return frame.rows.map((row, index) => ({ atMs: atMs + index * stepMs, agent: agentObjectOf(row) }));
  });

/** A row as a programmer would send it who does not count bytes. */
const agentObjectOf = (row: AgentRowWire): object => ({
  ref: row[0],
  presence: row[1],
  presenceDefinitionId: row[2],
  presenceSince: row[3],
  routingStatus: row[4],
  routingSince: row[5],
  activeContacts: row[6],
  afterCallWorkContacts: row[7],
  contactsSince: row[8],
  presenceMessage: row[10],
});
