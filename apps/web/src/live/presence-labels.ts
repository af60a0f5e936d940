import { listPresenceDefinitions, type PresenceDefinition } from '@floorwatch/contracts';
import type { Presence } from '@floorwatch/domain';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { getFromApi } from '../lib/api-client.ts';
import { PRESENCE_WORD } from '../look/words.ts';

const FRESH_MS = 10 * 60_000;
const RETRY_MS = 5000;

type Definitions = ReadonlyMap<string, PresenceDefinition>;

const presenceDefinitionsQuery = queryOptions({
  queryKey: ['presence-definitions', 'list'],
  queryFn: ({ signal }) =>
    getFromApi({ path: listPresenceDefinitions.path, reply: listPresenceDefinitions.reply, signal }),
  select: ({ definitions }): Definitions => new Map(definitions.map((definition) => [definition.id, definition])),
  staleTime: FRESH_MS,
  refetchInterval: FRESH_MS,
  retry: true, // until it is there: without it the wall shows the ten primary words, which are right, only less exact
  retryDelay: RETRY_MS,
});

const NONE: Definitions = new Map();

export const usePresenceDefinitions = (): Definitions => useQuery(presenceDefinitionsQuery).data ?? NONE;

export const PresenceDefinitionsContext = createContext<Definitions>(NONE);

/** The presence in words: the primary one, and the organisation's secondary one where there is one. */
export const usePresenceWords = (presence: Presence | null): string => {
  const definitions = useContext(PresenceDefinitionsContext);
  if (presence === null) return 'Not seen yet';
  const word = PRESENCE_WORD[presence.system];
  const definition = presence.definitionId === null ? undefined : definitions.get(presence.definitionId);
  return definition === undefined || definition.isPrimary ? word : `${word} · ${definition.label}`;
};
