import type { Access } from './app.ts';
import { Automations, type AutomationsOptions } from './automation/automations.ts';

type Parts = Omit<AutomationsOptions, 'store' | 'way'> & {
  readonly [Name in 'store' | 'way']: AutomationsOptions[Name] | null;
};

/** Puts automation together; null where there is nowhere to keep it, or no way to change a presence. */
export const automationsOf = ({ store, way, ...parts }: Parts): Automations | null =>
  store === null || way === null ? null : new Automations({ ...parts, store, way });

/** The door, as automations see it: whoever comes in with rights is noted down, if that is one of their owners. */
export const noting = (access: Access, automations: Automations | null): Access => ({
  ...access,
  visitOf: async (request) => {
    const visit = await access.visitOf(request);
    if (visit !== null) automations?.owners.note(visit.viewer);
    return visit;
  },
});
