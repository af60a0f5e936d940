import type { AgentRow } from '@floorwatch/domain';
import type { AgentTruth } from '@floorwatch/genesys-simulator/client';

/** What can be compared of an agent, in one line of words that both sides have. */
export type Facts = ReadonlyMap<string, string>;

/** `On Queue`, `onQueue` and `ON_QUEUE` are the same word. */
export const inOneSpelling = (word = 'not seen'): string => word.toUpperCase().replaceAll(/[ _]/g, '');

export const factsOfTruth = (agents: readonly AgentTruth[]): Facts =>
  new Map(agents.map((agent) => [agent.userId, describeTruth(agent)]));

const describeTruth = ({
  presence,
  routingStatus,
  conversationSummary,
  outOfOffice,
  activeQueues,
}: AgentTruth): string => {
  const counts = Object.values(conversationSummary).map(({ contactCenter }) => contactCenter);
  return [
    `${inOneSpelling(presence.systemPresence)} ${presence.definitionId} since ${String(Date.parse(presence.modifiedDate))} "${presence.message}"`,
    `${inOneSpelling(routingStatus.status)} since ${String(Date.parse(routingStatus.startTime))}`,
    `contacts ${String(sum(counts.map(({ active }) => active)))} acw ${String(sum(counts.map(({ acw }) => acw)))}`,
    `out of office ${String(outOfOffice.active)}`,
    `queues ${activeQueues.ids.toSorted().join(' ')}`,
  ].join(' · ');
};

export const factsOfRows = (rows: Iterable<AgentRow>): Facts =>
  new Map([...rows].map((row) => [String(row.profile.id), describeRow(row)]));

const describeRow = ({ queueIds, state: { presence, routing, contacts, outOfOffice } }: AgentRow): string =>
  [
    `${inOneSpelling(presence?.system)} ${presence?.definitionId ?? 'unnamed'} since ${String(presence?.since.at)} "${presence?.message ?? ''}"`,
    `${inOneSpelling(routing?.state)} since ${String(routing?.since.at)}`,
    `contacts ${String(contacts?.active)} acw ${String(contacts?.afterCallWork)}`,
    `out of office ${String(outOfOffice)}`,
    `queues ${(queueIds ?? ['unknown']).map(String).toSorted().join(' ')}`,
  ].join(' · ');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Agents of whom two sides say different things, each with both sayings. */
export const differencesOf = (truth: Facts, shown: Facts): string[] => {
  const ids = new Set([...truth.keys(), ...shown.keys()]);
  return [...ids]
    .filter((id) => truth.get(id) !== shown.get(id))
    .map((id) => `${id}\n    truth: ${truth.get(id) ?? 'nobody'}\n    shown: ${shown.get(id) ?? 'nobody'}`);
};
