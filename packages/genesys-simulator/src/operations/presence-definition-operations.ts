import {
  inDefinitions,
  inNotifications,
  SYSTEM_PRESENCES,
  type PresenceDefinition,
} from '../org/presence-definition.ts';
import { cutPage, listing } from '../server/paging.ts';
import { notFound } from '../server/platform-error.ts';
import { allOf, type ApiCall, type Operation } from './operation.ts';

const MAX_PAGE = 100;

/** Either the active or the deactivated ones. Unpaged; `localeCode=ALL` gives every label, a code only that one. */
const listDefinitions = ({ world, query, path }: ApiCall): object => {
  const deactivated = query.flag('deactivated') ?? false;
  const divisionIds = query.list('divisionId');
  const locale = query.text('localeCode') ?? 'en_US';
  const entities = world.organisation.presenceDefinitions
    .filter((definition) => definition.deactivated === deactivated)
    .filter(({ divisionId }) => divisionIds.length === 0 || divisionId === '*' || divisionIds.includes(divisionId))
    .map((definition) => definitionEntity(definition, locale));
  return { total: entities.length, entities, selfUri: path };
};

const definitionEntity = (definition: PresenceDefinition, locale: string): object => ({
  id: definition.id,
  name: definition.languageLabels.en_US,
  type: definition.type,
  languageLabels: labelsFor(definition, locale),
  systemPresence: inDefinitions(definition.systemPresence),
  divisionId: definition.divisionId,
  deactivated: definition.deactivated,
  selfUri: `/api/v2/presence/definitions/${definition.id}`,
});

const labelsFor = ({ languageLabels }: PresenceDefinition, locale: string): object => {
  if (locale === 'ALL') return languageLabels;
  const label = languageLabels[locale];
  return label === undefined ? { en_US: languageLabels.en_US } : { [locale]: label };
};

/** The deprecated listing: paged, `primary` instead of `type`, spelled like user presences (API §5.4). */
const listOldDefinitions = ({ world, query, path }: ApiCall): object => {
  const deleted = query.flag('deleted') ?? false;
  const items = world.organisation.presenceDefinitions.filter(({ deactivated }) => deleted || !deactivated);
  const page = cutPage({ items, query, maxPageSize: MAX_PAGE });
  return listing({ page, path, query, entity: oldDefinitionEntity });
};

const oldDefinitionEntity = (definition: PresenceDefinition): object => ({
  id: definition.id,
  name: definition.languageLabels.en_US,
  languageLabels: definition.languageLabels,
  systemPresence: definition.systemPresence,
  deactivated: definition.deactivated,
  primary: definition.type === 'System',
  selfUri: `/api/v2/presencedefinitions/${definition.id}`,
});

const listSystemPresences = (): object =>
  SYSTEM_PRESENCES.map((presence) => ({ id: inNotifications(presence), name: inNotifications(presence) }));

const requireDefinition = ({ world }: ApiCall, id: string): PresenceDefinition => {
  const definition = world.definition(id);
  if (definition !== null) return definition;
  throw notFound(
    'The presence definition could not be found.',
    'presenceservice.organizationpresence.organizationpresencenotfound',
  );
};

const getDefinition = (call: ApiCall): object =>
  definitionEntity(requireDefinition(call, call.param('definitionId')), call.query.text('localeCode') ?? 'en_US');

const getOldDefinition = (call: ApiCall): object =>
  oldDefinitionEntity(requireDefinition(call, call.param('presenceId')));

const permissions = allOf('presence:presenceDefinition:view');

export const presenceDefinitionOperations: readonly Operation[] = [
  {
    id: 'getPresenceDefinitions',
    method: 'GET',
    path: '/api/v2/presence/definitions',
    permissions,
    run: listDefinitions,
  },
  {
    id: 'getPresenceDefinition',
    method: 'GET',
    path: '/api/v2/presence/definitions/{definitionId}',
    permissions,
    run: getDefinition,
  },
  {
    id: 'getPresencedefinition',
    method: 'GET',
    path: '/api/v2/presencedefinitions/{presenceId}',
    permissions,
    run: getOldDefinition,
  },
  { id: 'getPresencedefinitions', method: 'GET', path: '/api/v2/presencedefinitions', run: listOldDefinitions },
  { id: 'getSystempresences', method: 'GET', path: '/api/v2/systempresences', run: listSystemPresences },
];
