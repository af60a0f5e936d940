import { badRequest } from '../server/platform-error.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Routing and workforce management refuse ids that are none. @throws 400 invalid.id */
export const requireUuids = (ids: readonly string[]): void => {
  if (ids.every((id) => UUID.test(id))) return;
  throw badRequest('A non-UUID value was specified for an ID field.', 'invalid.id');
};
