import { SUGGESTION_KINDS, tellStart, WEEKDAYS } from '@floorwatch/domain';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { viewerZone } from '../../lib/remembered-zone.ts';
import { offsetWord, zoneWords } from '../../lib/zone-time.ts';
import { usePlatformNow } from '../../live/use-live.ts';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import type { RuleForm } from './rule-form.ts';

export interface FieldsProps {
  readonly form: RuleForm;
  readonly onChange: (part: Partial<RuleForm>) => void;
}

const STARTS: readonly { readonly start: RuleForm['start']; readonly words: string }[] = [
  { start: 'weekly', words: 'On days of the week' },
  { start: 'once', words: 'Once' },
  { start: 'trigger', words: 'When another tool asks' },
  { start: 'schedule', words: 'When the schedule says so' },
];

const DAY_WORDS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const HOUR_MS = 3_600_000;

/** What sets it going. */
export const StartFields = ({ form, onChange }: FieldsProps) => (
  <fieldset className="fields">
    <legend>When</legend>
    <div className="fields__row">
      {STARTS.map(({ start, words }) => (
        <label key={start} className="fields__choice">
          <input type="radio" name="start" checked={form.start === start} onChange={() => onChange({ start })} />
          {words}
        </label>
      ))}
    </div>
    {form.start === 'weekly' && <WeeklyFields form={form} onChange={onChange} />}
    {form.start === 'once' && (
      <div className="fields__row">
        <DayField label="Day" value={form.day} onChange={(day) => onChange({ day })} />
        <ClockFields form={form} onChange={onChange} />
      </div>
    )}
    {form.start === 'trigger' && (
      <p className="automation__quiet">
        A calendar or focus-mode tool starts it with an API key. How, is told once it is saved.
      </p>
    )}
    {form.start === 'schedule' && <OccasionFields form={form} onChange={onChange} />}
  </fieldset>
);

const WeeklyFields = ({ form, onChange }: FieldsProps) => (
  <>
    <div className="fields__row" role="group" aria-label="Days of the week">
      {WEEKDAYS.map((day) => (
        <label key={day} className="fields__choice">
          <input
            type="checkbox"
            checked={form.weekdays.includes(day)}
            onChange={() =>
              onChange({
                weekdays: form.weekdays.includes(day)
                  ? form.weekdays.filter((one) => one !== day)
                  : [...form.weekdays, day].toSorted((a, b) => a - b),
              })
            }
          />
          {DAY_WORDS[day - 1]}
        </label>
      ))}
    </div>
    <div className="fields__row">
      <ClockFields form={form} onChange={onChange} />
    </div>
    <div className="fields__row">
      <DayField label="First day" value={form.from} onChange={(from) => onChange({ from })} />
      <DayField label="Last day, empty for no end" value={form.until} onChange={(until) => onChange({ until })} />
    </div>
    <ExceptFields form={form} onChange={onChange} />
  </>
);

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

const DayField = ({ label, value, onChange }: DayFieldProps) => (
  <label className="fields__field">
    {label}
    <input
      type="date"
      className="range__input"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  </label>
);

const ClockFields = ({ form, onChange }: FieldsProps) => {
  const now = usePlatformNow(HOUR_MS) ?? 0;
  return (
    <>
      <label className="fields__field">
        Time
        <input
          type="time"
          className="range__input"
          value={form.time}
          onChange={(event) => onChange({ time: event.currentTarget.value.slice(0, 5) })}
        />
      </label>
      <ZonePicker
        zone={form.zone}
        words={zoneWords(form.zone, { from: now, to: now + 1 })}
        own={viewerZone()}
        offsetOf={(name) => offsetWord(now, name)}
        onChange={(zone) => onChange({ zone })}
      />
    </>
  );
};

const ExceptFields = ({ form, onChange }: FieldsProps) => {
  const [day, setDay] = useState('');
  const { except } = form;
  return (
    <div className="fields__row">
      <DayField label="Not on" value={day} onChange={setDay} />
      <Button
        size="sm"
        variant="default"
        disabled={day === '' || except.includes(day)}
        onClick={() => {
          onChange({ except: [...except, day].toSorted() });
          setDay('');
        }}
      >
        Leave this day out
      </Button>
      {except.map((one) => (
        <Button
          key={one}
          size="compact-sm"
          variant="light"
          rightSection={<span aria-hidden="true">×</span>}
          onClick={() => onChange({ except: except.filter((held) => held !== one) })}
        >
          {one}
          <span className="hidden">: do not leave it out</span>
        </Button>
      ))}
    </div>
  );
};

const OccasionFields = ({ form, onChange }: FieldsProps) => (
  <>
    <label className="fields__field">
      Occasion
      <select
        className="range__input"
        value={form.suggestion}
        onChange={(event) =>
          onChange({ suggestion: SUGGESTION_KINDS.find((one) => one === event.currentTarget.value) ?? form.suggestion })
        }
      >
        {SUGGESTION_KINDS.map((suggestion) => (
          <option key={suggestion} value={suggestion}>
            {tellStart({ kind: 'schedule', suggestion })}
          </option>
        ))}
      </select>
    </label>
    <p className="automation__quiet">
      Floorwatch then acts by itself, once for each agent and occasion. Without such a rule it only suggests.
    </p>
  </>
);
