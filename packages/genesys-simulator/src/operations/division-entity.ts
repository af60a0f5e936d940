import type { World } from '../server/world.ts';

/** A division as other entities name it. */
export const divisionReference = (world: World, id: string) => ({
  id,
  name: world.organisation.divisions.find((division) => division.id === id)?.name ?? '',
  selfUri: `/api/v2/authorization/divisions/${id}`,
});
