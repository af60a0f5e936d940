interface FilterChipsProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string; readonly count: number }[];
  /** Null for all. */
  readonly chosen: Id | null;
  readonly onChoose: (chosen: Id | null) => void;
}

/** One button for each kind with its number; pressed again it shows all. */
export const FilterChips = <Id extends string>({ label, options, chosen, onChoose }: FilterChipsProps<Id>) => (
  <div className="chips" role="group" aria-label={label}>
    {options.map((option) => (
      <button
        key={option.id}
        type="button"
        className="chips__chip"
        data-kind={option.id}
        aria-pressed={option.id === chosen}
        onClick={() => onChoose(option.id === chosen ? null : option.id)}
      >
        <b>{option.count.toLocaleString('en')}</b> {option.label}
      </button>
    ))}
  </div>
);
