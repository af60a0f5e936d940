import type { Day } from '../history/zone-time.ts';
import type { AutomationConditions, AutomationStart } from './automation.ts';
import { WEEKDAYS, type Plan, type Weekday } from './plan.ts';
import type { SuggestionKind } from './suggestion.ts';

/** What a rule says, with names in place of ids. */
export interface ToldRule {
  readonly start: AutomationStart;
  /** Names of whom it is about; empty for nobody yet. */
  readonly whom: readonly string[];
  /** The presence by its label; null where none is chosen yet. */
  readonly presence: string | null;
  readonly backAfterMinutes: number | null;
  readonly conditions: AutomationConditions;
}

const DAY_WORD: Readonly<Record<Weekday, string>> = {
  1: 'Mon',
  2: 'Tue',
  3: 'Wed',
  4: 'Thu',
  5: 'Fri',
  6: 'Sat',
  7: 'Sun',
};

const SUGGESTION_WORD: Readonly<Record<SuggestionKind, string>> = {
  'break-due': 'When a break or meal is due and the agent is not in it',
  'back-due': 'When a break or meal is over and the agent is not back',
  'starts-soon': 'Five minutes before training or a meeting',
};

/** "Every Mon–Fri at 10:00 Europe/Madrid: Team A → Break, back after 15 min; only if the schedule allows it; not while on a contact" */
export const tellRule = ({ start, whom, presence, backAfterMinutes, conditions }: ToldRule): string => {
  const who = whom.length === 0 ? 'nobody yet' : tellNames(whom);
  const parts = [
    `${tellStart(start)}: ${who} → ${presence ?? 'no presence yet'}`,
    ...(backAfterMinutes === null ? [] : [`back after ${tellMinutes(backAfterMinutes)}`]),
  ];
  const verdict =
    conditions.worstVerdict === 'allow' ? 'only if the schedule allows it' : 'unless the schedule blocks it';
  const contact = conditions.onContact === 'skip' ? 'not while on a contact' : 'on a contact: when it has ended';
  return `${parts.join(', ')}; ${verdict}; ${contact}`;
};

/** "Every Mon–Fri at 10:00 Europe/Madrid" */
export const tellStart = (start: AutomationStart): string => {
  if (start.kind === 'planned') return tellPlan(start.plan);
  return start.kind === 'trigger' ? 'When it is triggered' : SUGGESTION_WORD[start.suggestion];
};

export const tellPlan = (plan: Plan): string => {
  if (plan.kind === 'once') return `On ${tellDay(plan.day)} at ${plan.time} ${plan.zone}`;
  const { weekdays, time, zone, until, except } = plan;
  const days = weekdays.length === 7 ? 'day' : tellDays(weekdays);
  const end = until === null ? '' : ` until ${tellDay(until)}`;
  const but = except.length === 0 ? '' : ` except ${except.map(tellDay).join(', ')}`;
  return `Every ${days} at ${time} ${zone}${end}${but}`;
};

/** "Mon–Fri", "Mon, Wed, Fri": three days in a row or more are a range. */
export const tellDays = (weekdays: readonly Weekday[]): string => {
  const rows: Weekday[][] = [];
  for (const day of WEEKDAYS) {
    if (!weekdays.includes(day)) continue;
    const row = rows.at(-1);
    if (row !== undefined && row.at(-1) === day - 1) row.push(day);
    else rows.push([day]);
  }
  return rows.map(tellRow).join(', ');
};

const tellRow = (row: readonly Weekday[]): string => {
  const words = row.map((day) => DAY_WORD[day]);
  return words.length < 3 ? words.join(', ') : `${String(words[0])}–${String(words.at(-1))}`;
};

const tellDay = (day: Day): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(day),
  );

/** Three names, and how many more. */
const tellNames = (names: readonly string[]): string => {
  const told = names.slice(0, 3).join(', ');
  return names.length <= 3 ? told : `${told} and ${String(names.length - 3)} more`;
};

export const tellMinutes = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [...(hours > 0 ? [`${String(hours)} h`] : []), ...(rest > 0 ? [`${String(rest)} min`] : [])].join(' ');
};
