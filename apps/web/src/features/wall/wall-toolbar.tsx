import type { NamedEntity } from '@floorwatch/contracts';
import { FLAG_KINDS } from '@floorwatch/domain';
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { foldName } from '../../live/fold-name.ts';
import { SCOPE_FACETS, useFlagCounts, type ScopeFacet } from '../../live/use-facets.ts';
import { useLive } from '../../live/use-live.ts';
import { SORT_KEYS, type SortKey } from '../../live/view-order.ts';
import { FLAG_WORDS } from '../../look/words.ts';
import { FiltersToggle } from '../../ui/filters-toggle.tsx';
import { OptionMenu } from '../../ui/option-menu.tsx';
import { DENSITIES, type Density } from './grid-layout.ts';
import { SearchBox } from './search-box.tsx';
import { SelectButton } from './select-button.tsx';
import { WallExport } from './wall-export.tsx';
import { useWallSearch } from './use-wall-search.ts';
import { hasFilters, withoutFilters } from './wall-search.ts';

const SORT_WORD: Readonly<Record<SortKey, string>> = { attention: 'Attention', time: 'Time in state', name: 'Name' };
const DENSITY_WORD: Readonly<Record<Density, string>> = { cards: 'Cards', compact: 'Compact', matrix: 'Matrix' };
const SORT_TITLE = 'Attention: problems first, then ready, working, off queue. Time in state: longest first.';

const NOTHING: readonly string[] = [];

/** Search, filters, order, and how many of how many agents are shown. */
export const WallToolbar = () => {
  const { search, change } = useWallSearch();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="toolbar" data-open={isOpen || undefined}>
      <SearchBox />
      <FiltersToggle isOpen={isOpen} folds="toolbar-more" onToggle={() => setOpen(!isOpen)} />
      <div className="toolbar__more" id="toolbar-more">
        {SCOPE_FACETS.map((facet) => (
          <ScopeMenu key={facet.key} facet={facet} />
        ))}
        <FlagMenu />
        <SegmentedControl
          size="sm"
          aria-label="Order of the agents"
          title={SORT_TITLE}
          data={SORT_KEYS.map((key) => ({ value: key, label: SORT_WORD[key] }))}
          value={search.sort ?? 'attention'}
          onChange={(value) => {
            const sort = SORT_KEYS.find((key) => key === value);
            change((held) => ({ ...held, sort: sort === 'attention' ? undefined : sort }));
          }}
        />
        <SegmentedControl
          size="sm"
          aria-label="Size of the tiles"
          data={DENSITIES.map((density) => ({ value: density, label: DENSITY_WORD[density] }))}
          value={search.density ?? 'compact'}
          onChange={(value) => {
            const density = DENSITIES.find((name) => name === value);
            change((held) => ({ ...held, density: density === 'compact' ? undefined : density }));
          }}
        />
      </div>
      <div className="toolbar__end">
        <div className="toolbar__figures">
          <ShownOfAll />
          <OrderHeld />
        </div>
        {hasFilters(search) && (
          <Button size="compact-sm" variant="light" onClick={() => change(withoutFilters)}>
            Clear filters
          </Button>
        )}
        <SelectButton />
        <WallExport />
      </div>
    </div>
  );
};

const ShownOfAll = () => {
  const shown = useLive(({ view }) => view?.refs.length ?? null);
  const total = useLive(({ view }) => view?.total ?? 0);
  if (shown === null) return null;
  return (
    <span className="toolbar__shown">
      <b>{shown.toLocaleString('en')}</b> of {total.toLocaleString('en')} agents
    </span>
  );
};

const OrderHeld = () => {
  const isHeld = useLive(({ orderIsHeld }) => orderIsHeld);
  return (
    <span
      className="toolbar__held"
      data-held={isHeld || undefined}
      title="Tiles stay where they are while you point at the wall or move through it"
    >
      Order held
    </span>
  );
};

const ScopeMenu = ({ facet: { key, label, useOptions, useCounts } }: { readonly facet: ScopeFacet }) => {
  const { search, change } = useWallSearch();
  return (
    <OptionMenu
      label={label}
      options={useOptions()}
      useCounts={useCounts}
      fold={foldName}
      chosen={search[key] ?? NOTHING}
      onChange={(chosen) => change((held) => ({ ...held, [key]: chosen }))}
    />
  );
};

const FLAGS: readonly NamedEntity[] = FLAG_KINDS.map((kind) => ({ id: kind, name: FLAG_WORDS[kind].short }));

const FlagMenu = () => {
  const { search, change } = useWallSearch();
  return (
    <OptionMenu
      label="Flag"
      options={FLAGS}
      useCounts={useFlagCounts}
      fold={foldName}
      chosen={search.flag ?? NOTHING}
      onChange={(chosen) => change((held) => ({ ...held, flag: FLAG_KINDS.filter((kind) => chosen.includes(kind)) }))}
    />
  );
};
