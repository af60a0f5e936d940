import type { WebhookFilter, WebhookList } from '@floorwatch/contracts';
import { ACTIVITIES, FACT_KINDS } from '@floorwatch/domain';
import { useId } from 'react';
import { foldName } from '../../live/fold-name.ts';
import { SCOPE_FACETS, type ScopeFacet } from '../../live/use-facets.ts';
import { NO_DIVISION } from '../../live/view-filter.ts';
import { ACTIVITY_WORD } from '../../look/words.ts';
import { OptionMenu } from '../../ui/option-menu.tsx';
import { KIND_WORD } from './webhook-words.ts';

interface WebhookFilterFieldsProps {
  readonly filter: WebhookFilter;
  /** Where the viewer may have others told of. */
  readonly divisions: WebhookList['divisions'];
  readonly onChange: (filter: WebhookFilter) => void;
}

const KEY_OF = { division: 'divisions', queue: 'queues', team: 'teams' } as const;

/** What a webhook tells of. Nothing chosen of a kind is everything of it. */
export const WebhookFilterFields = ({ filter, divisions, onChange }: WebhookFilterFieldsProps) => {
  const isCut = divisions !== 'all';
  return (
    <>
      <Choices
        legend="Which changes"
        note="None chosen: all of them."
        options={FACT_KINDS}
        words={KIND_WORD}
        chosen={filter.kinds}
        onChange={(kinds) => onChange({ ...filter, kinds })}
      />
      <fieldset className="form__group">
        <legend>Of which agents</legend>
        <p className="form__note">
          {isCut
            ? 'You may have others told of your own divisions only: choose one at least.'
            : 'Divisions and teams as they are when something happens.'}
        </p>
        <div className="form__menus">
          {SCOPE_FACETS.map((facet) => (
            <FacetMenu
              key={facet.key}
              facet={facet}
              allowed={facet.key === 'division' && divisions !== 'all' ? divisions : null}
              chosen={filter[KEY_OF[facet.key]]}
              onChange={(chosen) => onChange({ ...filter, [KEY_OF[facet.key]]: [...chosen] })}
            />
          ))}
        </div>
      </fieldset>
      <Choices
        legend="To or from which activity"
        note="None chosen: any."
        options={ACTIVITIES}
        words={ACTIVITY_WORD}
        chosen={filter.activities}
        onChange={(activities) => onChange({ ...filter, activities })}
      />
    </>
  );
};

interface FacetMenuProps {
  readonly facet: ScopeFacet;
  /** Only these can be chosen; null for all. */
  readonly allowed: readonly string[] | null;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

const FacetMenu = ({ facet, allowed, chosen, onChange }: FacetMenuProps) => {
  const options = facet
    .useOptions()
    .filter(({ id }) => id !== NO_DIVISION && (allowed === null || allowed.includes(id)));
  return (
    <OptionMenu
      label={facet.label}
      options={options}
      chosen={chosen}
      onChange={onChange}
      useCounts={facet.useCounts}
      fold={foldName}
    />
  );
};

interface ChoicesProps<Word extends string> {
  readonly legend: string;
  readonly note: string;
  readonly options: readonly Word[];
  readonly words: Readonly<Record<Word, string>>;
  readonly chosen: readonly Word[];
  readonly onChange: (chosen: Word[]) => void;
}

const Choices = <Word extends string>({ legend, note, options, words, chosen, onChange }: ChoicesProps<Word>) => {
  const id = useId();
  return (
    <fieldset className="form__group" aria-describedby={id}>
      <legend>{legend}</legend>
      <p className="form__note" id={id}>
        {note}
      </p>
      <div className="form__choices">
        {options.map((option) => (
          <label key={option} className="form__choice">
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              onChange={() =>
                onChange(chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option])
              }
            />
            <span>{words[option]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
