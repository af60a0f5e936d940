import './pickers.css';
import { Button, SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';

export type RangeKind = 'day' | 'week' | 'custom';

export interface RangePickerProps {
  readonly kind: RangeKind;
  /** The range in words, for instance `Sat 15 Aug 2026`. */
  readonly words: string;
  /** `2026-08-15`: the day, or one of the week. */
  readonly day: string;
  /** `2026-08-15T22:00`: begin and end of a custom range. */
  readonly from: string;
  readonly to: string;
  /** The last day that can be chosen. */
  readonly today: string;
  /** What is shown has today in it: there is nothing later, and nothing to go back to. */
  readonly isCurrent: boolean;
  /** Why a custom range cannot be shown, in words; null when it can. */
  readonly problemOf: (from: string, to: string) => string | null;
  readonly onKind: (kind: RangeKind) => void;
  /** −1 for the range before, 1 for the one after. */
  readonly onStep: (steps: number) => void;
  readonly onToday: () => void;
  readonly onDay: (day: string) => void;
  readonly onCustom: (from: string, to: string) => void;
}

const KINDS: readonly { readonly value: RangeKind; readonly label: string }[] = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'custom', label: 'Custom' },
];

const WORD: Readonly<Record<RangeKind, string>> = { day: 'day', week: 'week', custom: 'range' };

/** A day, a week, or from–to: stepped through by buttons, or typed. */
export const RangePicker = (props: RangePickerProps) => {
  const { kind, words, day, today, isCurrent, onKind, onStep, onToday, onDay } = props;
  return (
    <div className="range" role="group" aria-label="Time shown">
      <SegmentedControl
        size="sm"
        aria-label="Kind of range"
        data={[...KINDS]}
        value={kind}
        onChange={(value) => {
          const chosen = KINDS.find((option) => option.value === value);
          if (chosen !== undefined) onKind(chosen.value);
        }}
      />
      <div className="range__steps">
        <Button variant="default" size="sm" px={10} onClick={() => onStep(-1)} aria-label={`Previous ${WORD[kind]}`}>
          <span aria-hidden="true">‹</span>
        </Button>
        <Button
          variant="default"
          size="sm"
          px={10}
          onClick={() => onStep(1)}
          disabled={isCurrent}
          aria-label={`Next ${WORD[kind]}`}
        >
          <span aria-hidden="true">›</span>
        </Button>
        <Button variant="default" size="sm" onClick={onToday} disabled={isCurrent}>
          Today
        </Button>
      </div>
      {kind === 'custom' ? (
        <CustomRange key={`${props.from} ${props.to}`} {...props} />
      ) : (
        <DayInput day={day} today={today} label={kind === 'week' ? 'A day of the week' : 'Day'} onDay={onDay} />
      )}
      <span className="range__words" role="status">
        {words}
      </span>
    </div>
  );
};

const EARLIEST = '2000-01-01';

interface DayInputProps {
  readonly day: string;
  readonly today: string;
  readonly label: string;
  readonly onDay: (day: string) => void;
}

/**
 * A day that is picked is taken over at once. Half a typed date is nobody's wish, though the browser calls many of them
 * dates: what is typed counts once Enter is pressed or the field is left.
 */
const DayInput = ({ day, today, label, onDay }: DayInputProps) => {
  const [held, setHeld] = useState({ day, text: day });
  const isTyping = useRef(false);
  if (held.day !== day) setHeld({ day, text: day });
  const isDay = (text: string): boolean => text >= EARLIEST && text <= today;
  const commit = (text: string): void => {
    isTyping.current = false;
    if (!isDay(text)) setHeld({ day, text: day });
    else if (text !== day) onDay(text);
  };
  return (
    <input
      type="date"
      className="range__input"
      aria-label={label}
      aria-invalid={!isDay(held.text)}
      min={EARLIEST}
      max={today}
      value={held.text}
      onChange={({ currentTarget: { value } }) => {
        setHeld({ day, text: value });
        if (!isTyping.current && isDay(value)) commit(value);
      }}
      onBlur={() => commit(held.text)}
      onPointerDown={() => {
        isTyping.current = false;
      }}
      onKeyDown={({ key }) => {
        if (key === 'Enter') commit(held.text);
        else if (/^(?:\d|Backspace|Delete)$/.test(key)) isTyping.current = true;
      }}
    />
  );
};

const CustomRange = ({ from, to, today, problemOf, onCustom }: RangePickerProps) => {
  const [held, setHeld] = useState({ from, to });
  const isComplete = held.from !== '' && held.to !== '';
  const problem = isComplete ? problemOf(held.from, held.to) : 'A date or a time is missing.';
  const isChanged = held.from !== from || held.to !== to;
  return (
    <form
      className="range__custom"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) onCustom(held.from, held.to);
      }}
    >
      <input
        type="datetime-local"
        className="range__input"
        aria-label="From"
        min={`${EARLIEST}T00:00`}
        max={`${today}T23:59`}
        value={held.from}
        onChange={(event) => setHeld({ ...held, from: event.currentTarget.value })}
      />
      <span aria-hidden="true">–</span>
      <input
        type="datetime-local"
        className="range__input"
        aria-label="To"
        min={`${EARLIEST}T00:00`}
        value={held.to}
        onChange={(event) => setHeld({ ...held, to: event.currentTarget.value })}
      />
      <Button
        type="submit"
        size="sm"
        variant={isChanged ? 'filled' : 'default'}
        disabled={problem !== null || !isChanged}
      >
        Show
      </Button>
      {problem !== null && (
        <span className="range__problem" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
};
