import { z } from 'zod';
import type { PresenceDefinition } from '../org/presence-definition.ts';
import { badRequest, notFound, PlatformError } from '../server/platform-error.ts';
import { anyOf, readBody, type ApiCall, type Operation } from './operation.ts';
import { ucUserPresenceEntity, userPresenceEntity } from './user-entity.ts';

const MAX_IDS = 50;
const EDIT = 'presence:userPresence:edit';
const PUT_ON_QUEUE = 'routing:queueMember:manage';

const tooManyUsers = (): PlatformError =>
  badRequest('Only 50 user presences can be queried at a time.', 'max.user.presences');

const requireAgent = ({ world }: ApiCall, userId: string): string => {
  if (!world.engine.has(userId)) throw notFound('The specified user was not found', 'presenceservice.usernotfound');
  return userId;
};

const presenceOf = ({ world }: ApiCall, userId: string): object =>
  userPresenceEntity(userId, world.engine.stateOf(userId));

const getPresence = (call: ApiCall): object => presenceOf(call, requireAgent(call, call.param('userId')));

/** Unknown ids are left out. */
const getPresences = ({ world, query }: ApiCall): object => {
  const ids = query.list('id');
  if (ids.length > MAX_IDS) throw tooManyUsers();
  return ids.filter((id) => world.engine.has(id)).map((id) => ucUserPresenceEntity(id, world.engine.stateOf(id)));
};

const presencePatch = z.object({
  primary: z.boolean().optional(),
  presenceDefinition: z.object({ id: z.string() }).optional(),
  message: z.string().max(500).optional(),
});

type PresencePatch = z.output<typeof presencePatch>;

const patchPresence = (call: ApiCall): object =>
  writePresence(call, requireAgent(call, call.param('userId')), readBody(presencePatch, call.body));

/** What changes is a definition, a message, or both; everything else stays (API §5.6). */
const writePresence = (call: ApiCall, userId: string, patch: PresencePatch): object => {
  const { engine, presenceWrites, audits } = call.world;
  const held = engine.stateOf(userId).presence;
  const definition = usableDefinition(call, patch.presenceDefinition?.id ?? held.definitionId);
  requireRightTo(call, userId, definition);
  if (patch.presenceDefinition === undefined && patch.message === undefined) return presenceOf(call, userId);
  // Nobody is put on queue who is not logged in: the platform changes nothing (API §5.6).
  if (definition.systemPresence === 'On Queue' && held.systemPresence === 'Offline') return presenceOf(call, userId);
  if (!presenceWrites.take(userId)) throw conflict();
  const presence = { definition, message: patch.message ?? held.message };
  audits.by(call.access.subject, call.token.clientId, () => engine.change(userId, { presence }));
  return presenceOf(call, userId);
};

/** Everybody may change their own presence; that of others takes a permission in their division. */
const requireRightTo = ({ world, access }: ApiCall, userId: string, { systemPresence }: PresenceDefinition): void => {
  if (access.userId === userId) return;
  const divisionId = world.user(userId)?.division.id ?? '';
  if (!access.holdsIn(EDIT, divisionId))
    throw forbidden(
      'presence.not.authorized.update.other.user.presence',
      'Not authorized to update the presence of another user.',
    );
  if (systemPresence === 'On Queue' && !access.holdsIn(PUT_ON_QUEUE, divisionId))
    throw forbidden('presence.not.authorized.update.on.queue', 'Not authorized to set the presence to On Queue.');
};

const forbidden = (code: string, message: string): PlatformError => new PlatformError({ status: 403, code, message });

const conflict = (): PlatformError =>
  new PlatformError({
    status: 409,
    code: 'presenceservice.conflict',
    message: 'A previous update request has not yet completed',
  });

const usableDefinition = ({ world }: ApiCall, id: string): PresenceDefinition => {
  const definition = world.definition(id);
  if (definition === null || definition.deactivated)
    throw badRequest(`presenceDefinition.id ${id} is not an active presence definition of this organisation`);
  return definition;
};

const bulkPut = z.array(presencePatch.extend({ id: z.string() }));

/** Up to 50 at once, all or nothing, and nobody is put on queue this way (API §5.6). */
const putPresences = (call: ApiCall): object => {
  const patches = readBody(bulkPut, call.body);
  if (patches.length > MAX_IDS) throw tooManyUsers();
  for (const { id, presenceDefinition } of patches) {
    requireAgent(call, id);
    if (presenceDefinition === undefined) continue;
    if (usableDefinition(call, presenceDefinition.id).systemPresence === 'On Queue')
      throw badRequest(
        'This endpoint does not support setting the presence to On Queue.',
        'endpoint.does.not.support.on.queue',
      );
  }
  return patches.map(({ id, ...patch }) => writePresence(call, id, patch));
};

const PRESENCE_PATH = '/api/v2/users/{userId}/presences/purecloud';

export const presenceOperations: readonly Operation[] = [
  { id: 'getUserPresencesPurecloud', method: 'GET', path: PRESENCE_PATH, run: getPresence },
  { id: 'patchUserPresencesPurecloud', method: 'PATCH', path: PRESENCE_PATH, run: patchPresence },
  {
    id: 'getUsersPresencesPurecloudBulk',
    method: 'GET',
    path: '/api/v2/users/presences/purecloud/bulk',
    run: getPresences,
  },
  {
    id: 'putUsersPresencesBulk',
    method: 'PUT',
    path: '/api/v2/users/presences/bulk',
    permissions: anyOf(EDIT),
    run: putPresences,
  },
];
