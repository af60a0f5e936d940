import type { LiveState } from '../floor/live-state.ts';
import { USER_EXPANDS, userEntity } from '../operations/user-entity.ts';
import { alterUsers, isBody, type Body } from './altered-bodies.ts';
import type { StartFault } from './fault.ts';

export const expandMissing: StartFault<'expand-missing'> = ({ parts, share }, { random, struck }) => ({
  alterAnswer: (operationId, body) =>
    alterUsers(operationId, body, (user) => {
      if (!random.chance(share)) return user;
      struck();
      return Object.fromEntries(Object.entries(user).filter(([name]) => !parts.some((part) => part === name)));
    }),
});

export const snapshotTruncated: StartFault<'snapshot-truncated'> = ({ keepShare, isTotalTrue }, { struck }) => ({
  alterAnswer: (operationId, body) => {
    if (operationId !== 'getUsers' || !isBody(body) || !Array.isArray(body['entities'])) return body;
    struck();
    const entities: unknown[] = body['entities'].slice(0, Math.floor(body['entities'].length * keepShare));
    const total = typeof body['total'] === 'number' ? Math.floor(body['total'] * keepShare) : body['total'];
    return { ...body, entities, ...(!isTotalTrue && { total }) };
  },
});

/** States are never changed in place, so keeping them is keeping how things stood. */
export const snapshotStale: StartFault<'snapshot-stale'> = (_params, { world, struck }) => {
  const { organisation, engine, pump } = world();
  pump.pump();
  const stood = new Map<unknown, LiveState>(organisation.agents.map(({ id }) => [id, engine.stateOf(id)]));
  const turnBack = (user: Body): Body => {
    const state = stood.get(user['id']);
    const profile = typeof user['id'] === 'string' ? world().user(user['id']) : null;
    if (state === undefined || profile === null) return user;
    struck();
    const expands = USER_EXPANDS.filter((name) => name in user);
    return { ...userEntity({ profile, state, expands }) };
  };
  return { alterAnswer: (operationId, body) => alterUsers(operationId, body, turnBack) };
};
