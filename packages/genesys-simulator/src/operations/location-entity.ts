import type { Named } from '../org/named.ts';

/** A place of work; expands of a user and the list of locations show the same. */
export const locationEntity = ({ id, name }: Named): object => ({
  id,
  name,
  state: 'active',
  version: 1,
  path: [],
  selfUri: `/api/v2/locations/${id}`,
});
