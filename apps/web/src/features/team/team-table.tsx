import type { AgentAvailabilityLine, AvailabilityList, AvailabilitySortKey } from '@floorwatch/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { formatCount } from '../../lib/amounts.ts';
import { formatDay, formatTime } from '../../lib/zone-time.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { FIGURE_COLUMNS, writeFigure, writeFigures, type FigureColumn } from '../../lib/figure-columns.ts';
import { MetricSign } from '../../look/metric-sign.tsx';
import { TeamLine } from './team-line.tsx';
import type { TeamQuestion } from './team-query.ts';
import { useTeamSearch } from './use-team-search.ts';

/** Heights of a line in team.css, px: on a desk and on a phone. */
const LINE = 44;
const PHONE_LINE = 168;
const OVERSCAN = 8;
/** The next page is asked for when this many lines are left. */
const READ_AHEAD = 20;

interface TeamTableProps {
  readonly lines: readonly AgentAvailabilityLine[];
  readonly list: AvailabilityList;
  readonly question: TeamQuestion;
  readonly isStale: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: (() => void) | null;
  readonly onOpen: (agentId: string) => void;
}

/** A line for each agent, of which only those in sight are in the document; all that is loaded when it is printed. */
export const TeamTable = ({ lines, list, question, isStale, isLoadingMore, onMore, onOpen }: TeamTableProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  const isPhone = useMediaQuery('(max-width: 720px)') === true;
  const isPrinting = usePrinting();
  const lineHeight = isPhone ? PHONE_LINE : LINE;
  const virtualizer = useVirtualizer({
    count: lines.length,
    // On a phone the whole page scrolls, so that the lines get the room.
    getScrollElement: () => (isPhone ? (scroller.current?.parentElement ?? null) : scroller.current),
    estimateSize: () => lineHeight,
    overscan: OVERSCAN,
    scrollMargin: above,
  });
  useLayoutEffect(() => setAbove(body.current?.offsetTop ?? 0), [isPhone, list]);
  useEffect(() => virtualizer.measure(), [virtualizer, lineHeight]);
  const items = virtualizer.getVirtualItems();
  const first = isPrinting ? 0 : (items[0]?.index ?? 0);
  const end = isPrinting ? lines.length : (items.at(-1)?.index ?? -1) + 1;
  useEffect(() => {
    if (end >= lines.length - READ_AHEAD) onMore?.();
  }, [end, lines.length, onMore]);

  return (
    <div ref={scroller} className="team__scroll" data-stale={isStale || undefined}>
      <div
        role="table"
        className="team__table"
        aria-label="Availability by agent"
        aria-rowcount={list.agents + 3}
        aria-busy={isStale || isLoadingMore}
      >
        <div role="rowgroup" className="team__head">
          <HeadLine question={question} />
          <SumLine list={list} />
          <MedianLine list={list} />
        </div>
        <div
          ref={body}
          role="rowgroup"
          style={{ paddingTop: first * lineHeight, paddingBottom: (lines.length - end) * lineHeight }}
        >
          {lines.slice(first, end).map((line, offset) => (
            <TeamLine key={line.agentId} line={line} place={first + offset} question={question} onOpen={onOpen} />
          ))}
        </div>
      </div>
      {isLoadingMore && <p className="team__more">Reading more agents…</p>}
    </div>
  );
};

const HeadLine = ({ question }: Pick<TeamTableProps, 'question'>) => (
  <div role="row" aria-rowindex={1} className="team__line team__line--head">
    <HeadCell column={NAME} />
    <div role="columnheader" className="team__cell team__axis" aria-label="Bars over the range">
      {axisWords(question).map(({ at, word }) => (
        <span key={at} aria-hidden="true">
          {word}
        </span>
      ))}
    </div>
    {FIGURE_COLUMNS.map((column) => (
      <HeadCell key={column.key} column={column} />
    ))}
  </div>
);

type Sortable = Omit<FigureColumn, 'key'> & { readonly key: AvailabilitySortKey };

const NAME: Sortable = { key: 'name', word: 'Agent', meaning: 'By name', state: null };

/** Begin, middle and end of every bar; of a long one only the days it begins and ends on. */
const axisWords = ({ range: { from, to }, zone }: TeamQuestion): readonly AxisWord[] => {
  if (to - from > LONG_MS)
    return [
      { at: from, word: formatDay(from, zone) },
      { at: to, word: formatDay(to - 1, zone) },
    ];
  return [from, (from + to) / 2, to].map((at) => ({ at, word: formatTime(at, zone) }));
};

interface AxisWord {
  readonly at: number;
  readonly word: string;
}

const LONG_MS = 3 * 86_400_000;

/** Names go up first, figures down: who has most of it is asked for first. */
const HeadCell = ({ column: { key: sortKey, word, meaning, state } }: { readonly column: Sortable }) => {
  const { search, change } = useTeamSearch();
  const isChosen = (search.sort ?? 'name') === sortKey;
  const isDown = search.order === 'desc';
  const next = isChosen ? !isDown : sortKey !== 'name';
  return (
    <div
      role="columnheader"
      aria-sort={isChosen ? (isDown ? 'descending' : 'ascending') : 'none'}
      className="team__cell"
      data-figure={sortKey === 'name' ? undefined : sortKey}
    >
      <button
        type="button"
        className="team__sort"
        title={`${meaning}. Click to sort.`}
        onClick={() => change({ sort: sortKey === 'name' ? undefined : sortKey, order: next ? 'desc' : undefined })}
      >
        {state !== null && <MetricSign state={state} />}
        {word}
        <span className="team__arrow" aria-hidden="true">
          {isChosen ? (isDown ? '▼' : '▲') : ''}
        </span>
      </button>
    </div>
  );
};

/** Over everybody in the choice, loaded or not. */
const SumLine = ({ list: { total, agents } }: Pick<TeamTableProps, 'list'>) => {
  const texts = writeFigures(total);
  return (
    <div role="row" aria-rowindex={2} className="team__line team__line--sum" data-testid="team-total">
      <div role="rowheader" className="team__cell team__name">
        {agents === 1 ? 'This agent' : `All ${formatCount(agents)} together`}
      </div>
      <div role="cell" className="team__cell" />
      {FIGURE_COLUMNS.map(({ key, word }) => (
        <div key={key} role="cell" className="team__cell team__figure" data-figure={key} data-word={word}>
          {texts[key]}
        </div>
      ))}
    </div>
  );
};

const MedianLine = ({ list: { median } }: Pick<TeamTableProps, 'list'>) => (
  <div role="row" aria-rowindex={3} className="team__line team__line--sum" data-testid="team-median">
    <div role="rowheader" className="team__cell team__name" title="Half of the agents have more, half have less">
      Median
    </div>
    <div role="cell" className="team__cell" />
    {FIGURE_COLUMNS.map(({ key, word }) => (
      <div key={key} role="cell" className="team__cell team__figure" data-figure={key} data-word={word}>
        {writeFigure(key, median[key])}
      </div>
    ))}
  </div>
);
