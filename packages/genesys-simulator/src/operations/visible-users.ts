import type { UserProfile } from '../org/user-profile.ts';
import type { Access } from '../server/access.ts';
import { notFound } from '../server/platform-error.ts';
import type { World } from '../server/world.ts';
import type { ApiCall } from './operation.ts';
import { userEntity, type UserExpand } from './user-entity.ts';

const VIEW = 'directory:user:view';

/** Lists of users are cut down to the divisions the caller may look at; everybody may look at themselves (API §2.8). */
export const maySee = (access: Access, { id, division }: UserProfile): boolean =>
  access.userId === id || access.holdsIn(VIEW, division.id);

/** The user named in the path. @throws 404 also for users the caller may not see */
export const requireVisibleUser = ({ world, access, param }: ApiCall): UserProfile => {
  const user = world.user(param('userId'));
  if (user === null || user.state === 'deleted' || !maySee(access, user)) throw userNotFound();
  return user;
};

export const userNotFound = () => notFound('Unable to find a user with that userId', 'general.resource.not.found');

/** A user with what is true of the user now. */
export const writeUser = (world: World, profile: UserProfile, expands: readonly UserExpand[]): object =>
  userEntity({
    profile,
    state: world.engine.has(profile.id) ? world.engine.stateOf(profile.id) : null,
    expands,
    hasStation: world.engine.has(profile.id) && world.stations.isAssociated(profile.id),
  });
