import { PRESENCE_SOURCES } from '../org/presence-source.ts';
import { notFound } from '../server/platform-error.ts';
import { allOf, type ApiCall, type Operation } from './operation.ts';

type PresenceSource = (typeof PRESENCE_SOURCES)[number];

const sourceEntity = (source: PresenceSource): object => ({
  ...source,
  selfUri: `/api/v2/presence/sources/${source.id}`,
});

const listSources = ({ query, path }: ApiCall): object => {
  const deactivated = query.flag('deactivated') ?? false;
  const entities = PRESENCE_SOURCES.filter((source) => source.deactivated === deactivated).map(sourceEntity);
  return { total: entities.length, entities, selfUri: path };
};

const getSource = ({ param }: ApiCall): object => {
  const source = PRESENCE_SOURCES.find(({ id }) => id === param('sourceId'));
  if (source === undefined)
    throw notFound('The presence source could not be found.', 'presenceservice.source.sourcenotfound');
  return sourceEntity(source);
};

/** Everybody's primary source is the platform itself. */
const getPrimarySource = ({ world, param, path }: ApiCall): object => {
  const id = param('userId');
  if (!world.engine.has(id)) throw notFound('The specified user was not found', 'presenceservice.usernotfound');
  return { id, sourceId: PRESENCE_SOURCES[0].id, registered: true, selfUri: path };
};

/** A lost connection of under a minute restores what was before: the platform's default (API §5.1). */
const getSettings = ({ path }: ApiCall): object => ({
  restorePresenceSettings: { enabled: true, restoreTimeMilliseconds: 60_000, restoreOnQueueEnabled: true },
  requestingOffQueueEnabled: false,
  selfUri: path,
});

export const presenceSettingsOperations: readonly Operation[] = [
  {
    id: 'getPresenceSources',
    method: 'GET',
    path: '/api/v2/presence/sources',
    permissions: allOf('presence:source:view'),
    run: listSources,
  },
  {
    id: 'getPresenceSource',
    method: 'GET',
    path: '/api/v2/presence/sources/{sourceId}',
    permissions: allOf('presence:source:view'),
    run: getSource,
  },
  {
    id: 'getPresenceUserPrimarysource',
    method: 'GET',
    path: '/api/v2/presence/users/{userId}/primarysource',
    permissions: allOf('presence:userPrimarySource:view'),
    run: getPrimarySource,
  },
  {
    id: 'getPresenceSettings',
    method: 'GET',
    path: '/api/v2/presence/settings',
    permissions: allOf('presence:settings:view'),
    run: getSettings,
  },
];
