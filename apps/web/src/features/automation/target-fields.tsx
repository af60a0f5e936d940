import { covers } from '@floorwatch/domain';
import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { foldName } from '../../live/fold-name.ts';
import { usePresenceDesk } from '../../live/presence-desk.ts';
import { SCOPE_FACETS, type ScopeFacet } from '../../live/use-facets.ts';
import { useLive, useLiveServices } from '../../live/use-live.ts';
import { OptionMenu } from '../../ui/option-menu.tsx';
import type { RuleForm } from './rule-form.ts';
import type { FieldsProps } from './start-fields.tsx';

const FIELD = { division: 'divisions', queue: 'queues', team: 'teams' } as const satisfies Record<
  ScopeFacet['key'],
  keyof RuleForm
>;

/** Nobody reads more names than this: typing narrows the list. */
const SHOWN = 12;

/** Whom it is about: whoever is in one of these, or is named. */
export const TargetFields = ({ form, onChange }: FieldsProps) => (
  <fieldset className="fields">
    <legend>Whom</legend>
    <div className="fields__row">
      {SCOPE_FACETS.map((facet) => (
        <TargetMenu
          key={facet.key}
          facet={facet}
          chosen={form[FIELD[facet.key]]}
          onChange={(chosen) => onChange({ [FIELD[facet.key]]: chosen })}
        />
      ))}
    </div>
    <AgentChoice chosen={form.agents} onChange={(agents) => onChange({ agents })} />
    <p className="automation__quiet">
      Whoever is in one of these or is named, as far as you may change them when it runs; 500 agents at most.
    </p>
  </fieldset>
);

interface TargetMenuProps {
  readonly facet: ScopeFacet;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const TargetMenu = ({ facet: { label, useOptions, useCounts }, chosen, onChange }: TargetMenuProps) => (
  <OptionMenu
    label={label}
    none="None"
    options={useOptions()}
    useCounts={useCounts}
    fold={foldName}
    chosen={chosen}
    onChange={onChange}
  />
);

interface AgentChoiceProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const AgentChoice = ({ chosen, onChange }: AgentChoiceProps) => {
  const { live } = useLiveServices();
  const [text, setText] = useState('');
  const found = useFound(text, chosen);
  return (
    <>
      <TextInput
        size="sm"
        label="Agents by name"
        placeholder="Type part of a name"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {text.trim() !== '' && (
        <div className="fields__found" role="group" aria-label="Agents found">
          {found.map(({ id, name }) => (
            <Button key={id} size="compact-sm" variant="default" onClick={() => onChange([...chosen, id])}>
              <span className="hidden">Add </span>
              <span dir="auto">{name}</span>
            </Button>
          ))}
          {found.length === 0 && <p className="automation__quiet">Nobody whom you may change is called that.</p>}
        </div>
      )}
      {chosen.length > 0 && (
        <div className="fields__found" role="group" aria-label="Agents chosen">
          {chosen.map((id) => (
            <Button
              key={id}
              size="compact-sm"
              variant="light"
              rightSection={<span aria-hidden="true">×</span>}
              onClick={() => onChange(chosen.filter((one) => one !== id))}
            >
              <span dir="auto">{live.rowOf(id)?.profile.name ?? 'Somebody who is not here any more'}</span>
              <span className="hidden">: take out</span>
            </Button>
          ))}
        </div>
      )}
    </>
  );
};

/** Agents whom the viewer may change, by part of their name. */
const useFound = (text: string, chosen: readonly string[]): { readonly id: string; readonly name: string }[] => {
  const { live } = useLiveServices();
  const scope = usePresenceDesk((desk) => desk.scope);
  const agents = useLive(({ view }) => view?.total ?? 0);
  return useMemo(() => {
    const wanted = foldName(text.trim());
    if (wanted === '' || agents === 0) return [];
    const found: { id: string; name: string }[] = [];
    for (const { profile } of live.everybody())
      if (covers(scope, profile.divisionId) && foldName(profile.name).includes(wanted) && !chosen.includes(profile.id))
        found.push({ id: profile.id, name: profile.name });
    return found.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, SHOWN);
  }, [text, chosen, live, scope, agents]);
};
