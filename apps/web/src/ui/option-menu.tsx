import './pickers.css';
import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { DropDown } from './drop-down.tsx';

export interface Option {
  readonly id: string;
  readonly name: string;
}

interface OptionMenuProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /**
   * Reads how many would be shown by each option; null while that is not known. Only called while the list is open, so
   * that counts which change all day cost nothing while nobody reads them.
   */
  readonly useCounts: () => ReadonlyMap<string, number> | null;
  /** What choosing nothing means; `All` where it is left out. */
  readonly none?: string;
  /** Makes of a text what is compared: "Kovač" is found by "kovac". */
  readonly fold: (text: string) => string;
}

/** A filter with one check box per option, and beside each the number it would show. */
export const OptionMenu = (props: OptionMenuProps) => {
  const { label, options, chosen, none = 'All' } = props;
  const [isOpen, setOpen] = useState(false);
  const summary = summaryOf({ options, chosen, none });
  return (
    <DropDown
      isOpen={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width={280}
      label={label}
      button={
        <Button
          variant="default"
          size="sm"
          className="picker"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-active={chosen.length > 0 || undefined}
          onClick={() => setOpen(!isOpen)}
          rightSection={<span className="picker__caret" aria-hidden="true" />}
          title={`${label}: ${summary}`}
        >
          <span className="picker__label">{label}</span>
          <span className="picker__summary">{summary}</span>
        </Button>
      }
    >
      <OptionList {...props} />
    </DropDown>
  );
};

const summaryOf = ({
  options,
  chosen,
  none,
}: Required<Pick<OptionMenuProps, 'options' | 'chosen' | 'none'>>): string => {
  const [first] = chosen;
  if (first === undefined) return none;
  return chosen.length === 1 ? (options.find(({ id }) => id === first)?.name ?? first) : `${chosen.length} chosen`;
};

/** With fewer options than this a search would only be in the way. */
const SEARCH_FROM = 9;

const OptionList = ({ label, options, chosen, onChange, useCounts, fold }: OptionMenuProps) => {
  const counts = useCounts();
  const [wanted, setWanted] = useState('');
  const found = useMemo(() => {
    const text = fold(wanted);
    return options
      .filter(({ name }) => fold(name).includes(text))
      .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  }, [options, wanted, fold]);
  const toggle = (id: string): void =>
    onChange(chosen.includes(id) ? chosen.filter((held) => held !== id) : [...chosen, id]);
  return (
    <>
      {options.length >= SEARCH_FROM && (
        <TextInput
          size="xs"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <div className="picker__options" role="group" aria-label={label}>
        {found.map(({ id, name }) => (
          <label key={id} className="picker__option" data-none={(counts?.get(id) ?? 0) === 0 || undefined}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span className="picker__name" dir="auto" title={name}>
              {name}
            </span>
            <span className="picker__aside">{counts?.get(id) ?? 0}</span>
          </label>
        ))}
        {found.length === 0 && <p className="picker__count">Nothing is called that.</p>}
      </div>
      <Button size="compact-xs" variant="subtle" disabled={chosen.length === 0} onClick={() => onChange([])}>
        Choose none
      </Button>
    </>
  );
};
