import { MAX_RANGE_DAYS } from '@floorwatch/contracts';
import { useToday } from '../live/use-today.ts';
import {
  firstDay,
  instantsOf,
  isRunning,
  problemOf,
  rangeAround,
  rangeAs,
  rangeWords,
  stepRange,
  type CalendarRange,
} from '../lib/calendar-range.ts';
import { rangeOf, searchOf, type RangeSearch } from '../lib/range-search.ts';
import { rememberZone, viewerZone } from '../lib/remembered-zone.ts';
import { offsetWord, startOfDay, zoneWords } from '../lib/zone-time.ts';
import { RangePicker } from '../ui/range-picker.tsx';
import { ZonePicker } from '../ui/zone-picker.tsx';

interface TimePickerProps {
  readonly search: RangeSearch;
  readonly zone: string;
  readonly onChange: (change: { readonly [Name in keyof RangeSearch]?: RangeSearch[Name] | undefined }) => void;
}

/** The range of time and the zone of a page, as its address has them. */
export const TimePicker = ({ search, zone, onChange }: TimePickerProps) => {
  const today = useToday(zone);
  if (today === null) return null;
  const range = rangeOf(search, today);
  const instants = instantsOf(range, zone);
  const choose = (next: CalendarRange): void => onChange(searchOf(next, today));
  return (
    <>
      <RangePicker
        kind={range.kind}
        words={rangeWords(range, zone)}
        day={firstDay(range)}
        from={range.kind === 'custom' ? range.from : ''}
        to={range.kind === 'custom' ? range.to : ''}
        today={today}
        isCurrent={isRunning(range, zone, startOfDay(today, zone))}
        problemOf={(from, to) => problemOf({ kind: 'custom', from, to }, zone, MAX_RANGE_DAYS)}
        onKind={(kind) => choose(rangeAs(kind, range))}
        onStep={(steps) => choose(stepRange(range, steps))}
        onToday={() => choose(rangeAround(today, range))}
        onDay={(day) => choose(rangeAs(range.kind, { kind: 'day', day }))}
        onCustom={(from, to) => choose({ kind: 'custom', from, to })}
      />
      <ZonePicker
        zone={zone}
        words={zoneWords(zone, instants)}
        own={viewerZone()}
        offsetOf={(name) => offsetWord(instants.from, name)}
        onChange={(name) => {
          rememberZone(name);
          onChange({ zone: name });
        }}
      />
    </>
  );
};
