import {
  contextOf,
  idempotencyKey,
  type AgentId,
  type FactsOfAgents,
  type AgentsAndInterval,
  type RecordingGap,
  type StreamedTransition,
  type Transition,
} from '@floorwatch/domain';
import type { NamedEntry } from './stream-reader.ts';

/** Agents times length, ms, of the pasts that are read at once: what a day of 20 agents has. */
const PAST_AT_ONCE = 20 * 86_400_000;

/** Where the pasts come from. */
export interface Pasts {
  readTransitions(range: FactsOfAgents): Promise<Map<AgentId, Transition[]>>;
  readGaps(range: AgentsAndInterval): Promise<RecordingGap[]>;
}

/** Reads what the entries stand for, and what each changed; in the order of the stream. */
export const tellTransitions = async (
  entries: readonly NamedEntry[],
  { pasts, cursorAt }: { pasts: Pasts; cursorAt: (seq: number) => string },
): Promise<StreamedTransition[]> => {
  const told = new Map<number, StreamedTransition>();
  for (const together of apart(entries)) {
    const range = {
      agentIds: [...new Set(together.map(({ agentId }) => agentId))],
      from: Math.min(...together.map(({ at }) => at)) - 1,
      to: Math.max(...together.map(({ at }) => at)) + 1,
    };
    const transitionsOf = await pasts.readTransitions(range);
    const gapsOf = Map.groupBy(await pasts.readGaps(range), ({ agentId }) => agentId);
    for (const { seq, agentId, kind, at } of together) {
      const past = { transitions: transitionsOf.get(agentId) ?? [], gaps: gapsOf.get(agentId) ?? [] };
      const transition = past.transitions.find((one) => one.at === at && one.fact.kind === kind);
      if (transition === undefined) continue;
      told.set(seq, {
        ...transition,
        ...contextOf(past, transition),
        cursor: cursorAt(seq),
        id: idempotencyKey(transition),
      });
    }
  }
  return entries.flatMap(({ seq }) => told.get(seq) ?? []);
};

/** In parts whose pasts are small, however far apart the instants are: what comes late stands beside what is new. */
const apart = (entries: readonly NamedEntry[]): NamedEntry[][] => {
  const parts: NamedEntry[][] = [];
  let agents = new Set<AgentId>();
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    const part = parts.at(-1);
    const length = entry.at - (part?.[0]?.at ?? entry.at);
    if (part !== undefined && length * (agents.size + 1) <= PAST_AT_ONCE) {
      part.push(entry);
      agents.add(entry.agentId);
    } else {
      parts.push([entry]);
      agents = new Set([entry.agentId]);
    }
  }
  return parts;
};
