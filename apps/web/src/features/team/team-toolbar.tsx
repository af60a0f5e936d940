import { useState, type ReactNode } from 'react';
import { foldName } from '../../live/fold-name.ts';
import { SCOPE_FACETS, type ScopeFacet } from '../../live/use-facets.ts';
import { FiltersToggle } from '../../ui/filters-toggle.tsx';
import { OptionMenu } from '../../ui/option-menu.tsx';
import { GRAIN_WORD, grainsFor } from '../../lib/bar-grain.ts';
import type { TeamQuestion } from './team-query.ts';
import { useTeamSearch } from './use-team-search.ts';

const NOTHING: readonly string[] = [];

interface TeamToolbarProps {
  readonly timePicker: ReactNode;
  readonly question: TeamQuestion;
}

/** When, in which zone, whom, and how finely the bars are cut. */
export const TeamToolbar = ({ timePicker, question }: TeamToolbarProps) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="team__toolbar" data-open={isOpen || undefined}>
      <div className="team__when">{timePicker}</div>
      <FiltersToggle isOpen={isOpen} folds="team-more" onToggle={() => setOpen(!isOpen)} />
      <div className="team__whom" id="team-more">
        {SCOPE_FACETS.map((facet) => (
          <ScopeMenu key={facet.key} facet={facet} />
        ))}
        <GrainChooser question={question} />
      </div>
    </div>
  );
};

const ScopeMenu = ({ facet: { key, label, useOptions, useCounts } }: { readonly facet: ScopeFacet }) => {
  const { search, change } = useTeamSearch();
  return (
    <OptionMenu
      label={label}
      options={useOptions()}
      useCounts={useCounts}
      fold={foldName}
      chosen={search[key] ?? NOTHING}
      onChange={(chosen) => change({ [key]: chosen })}
    />
  );
};

const GrainChooser = ({ question: { grain, range } }: Pick<TeamToolbarProps, 'question'>) => {
  const { change } = useTeamSearch();
  const grains = grainsFor(range.to - range.from);
  return (
    <label className="team__grain">
      <span className="picker__label">Bars of</span>
      <select
        className="range__input"
        value={grain}
        onChange={(event) => change({ grain: grains.find((name) => name === event.currentTarget.value) })}
      >
        {grains.map((name) => (
          <option key={name} value={name}>
            {GRAIN_WORD[name]}
          </option>
        ))}
      </select>
    </label>
  );
};
