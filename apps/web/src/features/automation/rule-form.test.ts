import { expect, it } from 'vitest';
import { checkForm, emptyForm, formOf, type RuleForm } from './rule-form.ts';

const EMPTY = emptyForm({ today: '2026-08-15', zone: 'Europe/Madrid' });

const filled = (parts: Partial<RuleForm> = {}): RuleForm => ({
  ...EMPTY,
  name: 'Early break',
  teams: ['A'],
  definitionId: 'break',
  back: '15',
  ...parts,
});

it('an empty form says what is missing, in its order', () => {
  expect(checkForm(EMPTY)).toEqual({
    rule: null,
    problems: ['Give it a name', 'Choose whom it is about', 'Choose a presence'],
  });
});

it.each<Partial<RuleForm>>([
  {},
  { start: 'once', day: '2026-10-25', time: '02:30' },
  { start: 'trigger', message: 'in a meeting', back: '' },
  { start: 'schedule', suggestion: 'starts-soon', onContact: 'wait', worstVerdict: 'allow' },
  { weekdays: [6, 7], until: '2026-12-24', except: ['2026-08-16'], agents: ['ann'], queues: ['q'], divisions: ['d'] },
])('a rule that was saved opens as it was typed: %j', (parts) => {
  const form = filled(parts);
  const { rule, problems } = checkForm(form);
  expect(problems).toEqual([]);
  expect(rule === null ? null : formOf(rule, EMPTY)).toEqual(form);
});

it.each<[Partial<RuleForm>, string]>([
  [{ weekdays: [] }, 'Choose a day of the week at least'],
  [{ time: '' }, 'Choose a time of day'],
  [{ until: '2026-08-14' }, 'The last day lies before the first'],
  [{ back: '0' }, 'Back after 1 to 1,440 whole minutes, or never'],
  [{ back: 'soon' }, 'Back after 1 to 1,440 whole minutes, or never'],
])('%j cannot be sent', (parts, problem) => {
  expect(checkForm(filled(parts))).toEqual({ rule: null, problems: [problem] });
});

it('days of the week that never come between the first and the last are told', () => {
  const { rule, problems } = checkForm(filled({ weekdays: [1], from: '2026-08-15', until: '2026-08-16' }));
  expect(rule).toBeNull();
  expect(problems).toEqual(['start.plan.weekdays have no day between the first and the last']);
});
