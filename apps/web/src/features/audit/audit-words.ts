import type { AuditEntryView } from '@floorwatch/contracts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from '@floorwatch/domain';
import type { Tone } from '../../ui/tone.ts';

export const ACTION_WORD: Readonly<Record<AuditAction, string>> = {
  'sign-in': 'Sign-in',
  'sign-out': 'Sign-out',
  'session-ended': 'Session ended',
  'access-refused': 'Access refused',
  'presence-change': 'Presence change',
  'presence-hold': 'Presence hold',
  export: 'Export',
  'settings-change': 'Settings change',
  'automation-change': 'Automation change',
  'automation-run': 'Automation run',
};

export const OUTCOME_WORD: Readonly<Record<AuditOutcome, string>> = {
  requested: 'Requested',
  accepted: 'Accepted',
  confirmed: 'Confirmed',
  'not-confirmed': 'Not confirmed',
  refused: 'Refused',
  failed: 'Failed',
};

/** What an outcome means, for whoever does not know the word. */
export const OUTCOME_MEANING: Readonly<Record<AuditOutcome, string>> = {
  requested: 'Written before the deed; without another entry of the same correlation it was interrupted',
  accepted: 'It was done, or Genesys Cloud took it',
  confirmed: 'Genesys Cloud told of the change in an event of its own',
  'not-confirmed': 'Genesys Cloud took it, but no event has shown it',
  refused: 'It was not allowed, and nothing was done',
  failed: 'It was tried, and did not work',
};

const OUTCOME_TONE: Readonly<Record<AuditOutcome, Tone>> = {
  requested: 'quiet',
  accepted: 'good',
  confirmed: 'good',
  'not-confirmed': 'warn',
  refused: 'alarm',
  failed: 'alarm',
};

/** An entry that somebody has altered may say anything: it is shown as it stands there. */
export const actionWord = (action: string): string => {
  const known = AUDIT_ACTIONS.find((one) => one === action);
  return known === undefined ? action : ACTION_WORD[known];
};

export const outcomeOf = (
  outcome: string,
): { readonly word: string; readonly meaning: string; readonly tone: Tone } => {
  const known = AUDIT_OUTCOMES.find((one) => one === outcome);
  return known === undefined
    ? { word: outcome, meaning: 'Not a word of Floorwatch', tone: 'alarm' }
    : { word: OUTCOME_WORD[known], meaning: OUTCOME_MEANING[known], tone: OUTCOME_TONE[known] };
};

export const actorName = ({ kind, id, name }: AuditEntryView['actor']): string => {
  if (kind === 'system') return 'Floorwatch itself';
  if (kind === 'anonymous') return 'Nobody signed in';
  const known = name ?? id ?? 'unknown';
  return kind === 'automation' ? `Automation ${known}` : known;
};

/** A value of before or after. */
export interface ValueChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isChanged: boolean;
}

/** What was there, and what is there now, by name. Null where nothing is told of it. */
export const valueChanges = ({ before, after }: Pick<AuditEntryView, 'before' | 'after'>): ValueChange[] => {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((name) => ({
    name: nameWord(name),
    before: valueWord(before?.[name]),
    after: valueWord(after?.[name]),
    isChanged: before?.[name] !== after?.[name],
  }));
};

type Value = string | number | boolean | null | undefined;

const valueWord = (value: Value): string | null => {
  if (value === undefined) return null;
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
};

/** `isPrimary` → `Is primary` */
const nameWord = (name: string): string => {
  const words = name.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The change in one line: `Presence: available → break`. */
export const changeLine = (entry: Pick<AuditEntryView, 'before' | 'after'>): string =>
  valueChanges(entry)
    .filter(({ isChanged }) => isChanged)
    .map(({ name, before, after }) =>
      before === null || after === null ? `${name}: ${after ?? before ?? ''}` : `${name}: ${before} → ${after}`,
    )
    .join(' · ');
