import {
  presenceDefinitionId,
  type AgentId,
  type FactValue,
  type Interval,
  type RoutingState,
  type Transition,
} from '@floorwatch/domain';
import type { z } from 'zod';
import type { Oddities } from '../oddities.ts';
import { routingStatusValue } from '../wire/routing-status.ts';
import { routingStatusRecord, userPresenceRecord, type UserDetail } from '../wire/user-details.ts';
import { toInstantMs } from './instant.ts';
import { toSystemPresence } from './presence.ts';
import { ROUTING_STATE_OF } from './routing-status.ts';

/** What the platform's history tells of one agent. Instants are ms on the platform's clock. */
export interface AgentDetails {
  readonly agentId: AgentId;
  /** Presence and routing status, by instant; the first of each may begin before the interval that was asked for. */
  readonly transitions: readonly Transition[];
  /** Stretches inside the interval of which the history says nothing, of either fact. */
  readonly holes: readonly Interval[];
  /** Up to where each fact is told; Infinity while its last stretch goes on, null where nothing is told of it. */
  readonly toldUpTo: Readonly<Record<'presence' | 'routing', number | null>>;
}

/** A record in our words. */
interface Stretch {
  readonly from: number;
  /** Infinity while it goes on. */
  readonly to: number;
  readonly fact: FactValue;
}

export interface DetailsReading {
  readonly interval: Interval;
  /** Our clock, ms. */
  readonly ingestedAt: number;
  readonly oddities: Oddities;
}

const SURFACE = 'users details';

/**
 * Puts everything together that was told of one user, on whichever page. A status that spans midnight may be told twice,
 * or in two halves (API §9.1): equal neighbours are one.
 */
export const toAgentDetails = (
  agentId: AgentId,
  details: readonly UserDetail[],
  { interval, ingestedAt, oddities }: DetailsReading,
): AgentDetails => {
  const presence = oneStory(details.flatMap(({ primaryPresence }) => readAll(primaryPresence, toPresence, oddities)));
  const routing = oneStory(details.flatMap(({ routingStatus }) => readAll(routingStatus, toRouting, oddities)));
  const transitions = [...presence, ...routing]
    .map(({ from: at, fact }): Transition => {
      // A stretch that begins with the question may have been cut there.
      return { agentId, fact, at, exact: at !== interval.from, ingestedAt, source: 'analytics' };
    })
    .toSorted((a, b) => a.at - b.at);
  return {
    agentId,
    transitions,
    holes: [...holesOf(presence, interval), ...holesOf(routing, interval)],
    toldUpTo: { presence: presence.at(-1)?.to ?? null, routing: routing.at(-1)?.to ?? null },
  };
};

const toPresence = (raw: unknown): Stretch | null => {
  const record = parse(userPresenceRecord, raw);
  const presence = toSystemPresence(record?.systemPresence ?? '');
  if (record === null || presence === null) return null;
  const definition = record.organizationPresenceId;
  const definitionId = definition ? presenceDefinitionId(definition) : null;
  return stretchOf(record, { kind: 'presence', presence, definitionId, message: null });
};

const toRouting = (raw: unknown): Stretch | null => {
  const record = parse(routingStatusRecord, raw);
  const status = routingStatusValue.safeParse(record?.routingStatus);
  if (record === null || !status.success) return null;
  const routing: RoutingState = ROUTING_STATE_OF[status.data];
  return stretchOf(record, { kind: 'routing', routing });
};

const parse = <Value>(schema: z.ZodType<Value>, raw: unknown): Value | null => schema.safeParse(raw).data ?? null;

const stretchOf = (
  { startTime, endTime }: { startTime: string; endTime?: string | null | undefined },
  fact: FactValue,
): Stretch | null => {
  const from = toInstantMs(startTime);
  const to = endTime ? toInstantMs(endTime) : Infinity;
  return from === null || to === null ? null : { from, to, fact };
};

const readAll = (
  records: readonly unknown[] | null | undefined,
  read: (raw: unknown) => Stretch | null,
  oddities: Oddities,
): Stretch[] =>
  (records ?? []).flatMap((raw) => {
    const stretch = read(raw);
    if (stretch === null) oddities.note(`${SURFACE}: record`);
    return stretch ?? [];
  });

/** Stretches in order, each begun once, equal neighbours joined. Of two that begin together the longer one is told in full. */
const oneStory = (stretches: readonly Stretch[]): Stretch[] => {
  const story: Stretch[] = [];
  const lasting = stretches.filter(({ from, to }) => to > from);
  for (const next of lasting.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = story.at(-1);
    if (last === undefined || (next.from >= last.to && !(next.from === last.to && sameFact(last, next))))
      story.push(next);
    else if (sameFact(last, next)) story[story.length - 1] = { ...last, to: Math.max(last.to, next.to) };
    else if (next.from > last.from) story.splice(-1, 1, { ...last, to: next.from }, next);
  }
  return story;
};

const sameFact = (a: Stretch, b: Stretch): boolean => JSON.stringify(a.fact) === JSON.stringify(b.fact);

/** What of the interval no stretch covers, between the first stretch and the last: what lies before and after is not a hole. */
const holesOf = (story: readonly Stretch[], interval: Interval): Interval[] =>
  story.flatMap(({ to }, index) => {
    const next = story[index + 1];
    const hole = { from: Math.max(to, interval.from), to: Math.min(next?.from ?? to, interval.to) };
    return next !== undefined && hole.from < hole.to ? [hole] : [];
  });
