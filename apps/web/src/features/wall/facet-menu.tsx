import { Button, Popover, TextInput } from '@mantine/core';
import type { NamedEntity } from '@floorwatch/contracts';
import { useMemo, useState } from 'react';
import { foldName } from '../../live/fold-name.ts';
import type { LiveState } from '../../live/live-store.ts';
import { useLive } from '../../live/use-live.ts';

interface FacetMenuProps {
  readonly label: string;
  readonly entities: readonly NamedEntity[];
  /** Agents per option; null before the first frame. */
  readonly selectCounts: (state: LiveState) => ReadonlyMap<string, number> | null;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** With fewer options than this a search would only be in the way. */
const SEARCH_FROM = 9;

/** A filter with one check box per option, and beside each the number of agents it would show. */
export const FacetMenu = (props: FacetMenuProps) => {
  const { label, entities, chosen } = props;
  const [isOpen, setOpen] = useState(false);
  const summary = summaryOf(entities, chosen);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus width={280} offset={4}>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          className="facet"
          data-active={chosen.length > 0 || undefined}
          onClick={() => setOpen(!isOpen)}
          rightSection={<span className="facet__caret" aria-hidden="true" />}
          title={`${label}: ${summary}`}
        >
          <span className="facet__label">{label}</span>
          <span className="facet__summary">{summary}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="facet__menu" aria-label={label}>
        <FacetOptions {...props} />
      </Popover.Dropdown>
    </Popover>
  );
};

const summaryOf = (entities: readonly NamedEntity[], chosen: readonly string[]): string => {
  const [first] = chosen;
  if (first === undefined) return 'All';
  return chosen.length === 1 ? (entities.find(({ id }) => id === first)?.name ?? first) : `${chosen.length} chosen`;
};

/** Only there while the menu is open, so that counts which change all day cost nothing while nobody reads them. */
const FacetOptions = ({ label, entities, selectCounts, chosen, onChange }: FacetMenuProps) => {
  const [wanted, setWanted] = useState('');
  const counts = useLive(selectCounts);
  const found = useMemo(() => {
    const text = foldName(wanted);
    return entities
      .filter(({ name }) => foldName(name).includes(text))
      .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  }, [entities, wanted]);
  const toggle = (id: string): void =>
    onChange(chosen.includes(id) ? chosen.filter((held) => held !== id) : [...chosen, id]);
  return (
    <>
      {entities.length >= SEARCH_FROM && (
        <TextInput
          size="xs"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <div className="facet__options" role="group" aria-label={label}>
        {found.map(({ id, name }) => (
          <label key={id} className="facet__option" data-none={!counts?.has(id) || undefined}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span className="facet__name" dir="auto" title={name}>
              {name}
            </span>
            <span className="facet__count">{counts?.get(id) ?? 0}</span>
          </label>
        ))}
        {found.length === 0 && <p className="facet__nothing">Nothing is called that.</p>}
      </div>
      <Button size="compact-xs" variant="subtle" disabled={chosen.length === 0} onClick={() => onChange([])}>
        Choose none
      </Button>
    </>
  );
};
