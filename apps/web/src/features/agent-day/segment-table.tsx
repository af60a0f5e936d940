import type { Interval } from '@floorwatch/domain';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatCount, formatDuration } from '../../lib/amounts.ts';
import { usePrinting } from '../../lib/use-printing.ts';
import { useElapsedText } from '../../live/use-live.ts';
import { ActivityGlyph } from '../../look/glyphs.tsx';
import { setterWords } from '../../look/words.ts';
import { gapReason, SOURCE_WORD } from './item-words.ts';
import { LANE_WORD, type Mark, type SegmentRow } from './lane.ts';
import { tellSecond, timeTellingOf, type TimeTelling } from '../../lib/time-telling.ts';

interface SegmentTableProps {
  readonly caption: string;
  readonly rows: readonly SegmentRow[];
  readonly marks: readonly Mark[];
  readonly zone: string;
  readonly range: Interval;
}

const PAGE_ROWS = 100;
/** More is no page that anybody prints: the file has it. */
const PRINTED_ROWS = 1500;

/** Segments as a table, a page at a time. */
export const SegmentTable = ({ caption, rows, marks, zone, range }: SegmentTableProps) => {
  const telling = timeTellingOf(range, zone);
  const isPrinting = usePrinting();
  const [chosen, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(chosen, pages - 1);
  const shown = isPrinting ? rows.slice(0, PRINTED_ROWS) : rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  if (rows.length === 0) return <p className="panel__footnote">No change is known of this time.</p>;
  return (
    <>
      <div className="sheet" role="region" aria-label={caption} tabIndex={0}>
        <table className="table">
          <caption className="table__caption">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Lane</th>
              <th scope="col">What</th>
              <th scope="col" className="table__number">
                Lasted
              </th>
              <th scope="col">To</th>
              <th scope="col">Set by</th>
              <th scope="col">Known how</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <SegmentLine key={`${row.lane} ${row.segment.from}`} {...row} {...{ marks, telling }} end={range.to} />
            ))}
          </tbody>
        </table>
      </div>
      {isPrinting && rows.length > shown.length && (
        <p>
          {formatCount(shown.length)} of {formatCount(rows.length)} lines are printed; the exported file has all of
          them.
        </p>
      )}
      {pages > 1 && <Pages {...{ page, pages, setPage }} total={rows.length} />}
    </>
  );
};

interface LineProps extends SegmentRow {
  readonly marks: readonly Mark[];
  readonly telling: TimeTelling;
  /** Of the range, ms: what is told up to it may go on. */
  readonly end: number;
}

const SegmentLine = ({ lane, segment, marks, telling, end }: LineProps) => {
  const { from, to, key, word, hue, details, actor, source, startsExactly, isOngoing } = segment;
  const isKnown = key !== null;
  const goesOn = !isOngoing && to >= end; // beyond the range: how long is not told here
  return (
    <tr>
      <td className="table__time">
        {startsExactly || !isKnown ? '' : '≤ '}
        {tellSecond(from, telling)}
      </td>
      <td>{LANE_WORD[lane]}</td>
      <th scope="row">
        <span className="table__what" data-activity={hue}>
          <ActivityGlyph activity={hue} />
          {word}
        </span>
        {details.length > 0 && <span className="table__details"> {details.join('; ')}</span>}
      </th>
      <td className="table__number">
        {isOngoing ? (
          <Growing from={from} isExact={startsExactly} />
        ) : (
          `${(startsExactly && !goesOn) || !isKnown ? '' : '≥ '}${formatDuration((to - from) / 1000)}`
        )}
      </td>
      <td className="table__time">
        {isOngoing ? 'now' : `${goesOn && isKnown ? '≥ ' : ''}${tellSecond(to, telling)}`}
      </td>
      <td>{actor === null || !isKnown ? '' : setterWords(actor.by, actor.name)}</td>
      <td className="table__details">
        {!isKnown ? gapReason(segment, marks) : source === null ? '' : SOURCE_WORD[source]}
      </td>
    </tr>
  );
};

const inSeconds = (ms: number): string => formatDuration(Math.max(0, Math.floor(ms / 1000)));

const Growing = ({ from, isExact }: { readonly from: number; readonly isExact: boolean }) => (
  <span ref={useElapsedText<HTMLSpanElement>({ at: from, exact: isExact }, inSeconds)} />
);

interface PagesProps {
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly setPage: (page: number) => void;
}

const Pages = ({ page, pages, total, setPage }: PagesProps) => (
  <div className="pages" role="group" aria-label="Pages of the table">
    <Button size="compact-sm" variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
      Previous
    </Button>
    <span role="status">
      {formatCount(page * PAGE_ROWS + 1)}–{formatCount(Math.min((page + 1) * PAGE_ROWS, total))} of {formatCount(total)}
    </span>
    <Button size="compact-sm" variant="default" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
      Next
    </Button>
  </div>
);
