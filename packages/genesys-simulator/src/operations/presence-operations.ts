import { z } from 'zod';
import { badRequest, notFound, PlatformError } from '../server/platform-error.ts';
import { readBody, type ApiCall, type Operation } from './operation.ts';
import { ucUserPresenceEntity, userPresenceEntity } from './user-entity.ts';

const MAX_IDS = 50;

const requireAgent = ({ world, param }: ApiCall): string => {
  const userId = param('userId');
  if (!world.engine.has(userId)) throw notFound('The specified user was not found', 'presenceservice.usernotfound');
  return userId;
};

const getPresence = (call: ApiCall): object => {
  const userId = requireAgent(call);
  return userPresenceEntity(userId, call.world.engine.stateOf(userId));
};

/** Unknown ids are left out. */
const getPresences = ({ world, query }: ApiCall): object => {
  const ids = query.list('id');
  if (ids.length > MAX_IDS) throw badRequest('Only 50 user presences can be queried at a time.', 'max.user.presences');
  return ids.filter((id) => world.engine.has(id)).map((id) => ucUserPresenceEntity(id, world.engine.stateOf(id)));
};

const presencePatch = z.object({
  primary: z.boolean().optional(),
  presenceDefinition: z.object({ id: z.string() }).optional(),
  message: z.string().max(500).optional(),
});

const patchPresence = (call: ApiCall): object => {
  const userId = requireAgent(call);
  const { engine } = call.world;
  const patch = readBody(presencePatch, call.body);
  const held = engine.stateOf(userId).presence;
  const definition = usableDefinition(call, patch.presenceDefinition?.id ?? held.definitionId);
  if (patch.presenceDefinition === undefined && patch.message === undefined) return getPresence(call);
  // Nobody is put on queue who is not logged in: the platform changes nothing (API §5.6).
  if (definition.systemPresence === 'On Queue' && held.systemPresence === 'Offline') return getPresence(call);
  if (!call.world.presenceWrites.take(userId)) throw conflict();
  engine.change(userId, { presence: { definition, message: patch.message ?? held.message } });
  return getPresence(call);
};

const conflict = (): PlatformError =>
  new PlatformError({
    status: 409,
    code: 'presenceservice.conflict',
    message: 'A previous update request has not yet completed',
  });

const usableDefinition = ({ world }: ApiCall, id: string) => {
  const definition = world.definition(id);
  if (definition === null || definition.deactivated)
    throw badRequest(`presenceDefinition.id ${id} is not an active presence definition of this organisation`);
  return definition;
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
];
