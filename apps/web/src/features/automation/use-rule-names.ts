import { useDivisions, useQueues } from '../../live/use-facets.ts';
import { usePresenceDefinitions } from '../../live/presence-labels.ts';
import { useLiveServices } from '../../live/use-live.ts';
import type { RuleForm } from './rule-form.ts';

/** Whom a form is about and what it sets, by name. */
export const useRuleNames = (
  form: RuleForm,
): { readonly whom: readonly string[]; readonly presence: string | null } => {
  const { live } = useLiveServices();
  const nameIn = (list: readonly { readonly id: string; readonly name: string }[]) => (id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  const divisions = useDivisions();
  const queues = useQueues();
  const presence = usePresenceDefinitions().get(form.definitionId)?.label ?? null;
  const whom = [
    ...form.teams.map((team) => (/^team\b/i.test(team) ? team : `Team ${team}`)),
    ...form.divisions.map(nameIn(divisions)),
    ...form.queues.map(nameIn(queues)),
    ...form.agents.map((id) => live.rowOf(id)?.profile.name ?? 'somebody who is not here any more'),
  ];
  return { whom, presence };
};
