import { toAutomationRule, automationRule, type AutomationRuleSent } from '@floorwatch/contracts';
import { type AutomationRule, type SuggestionKind, type Weekday } from '@floorwatch/domain';

/** What is being typed: every field keeps what it had while another start is looked at. */
export interface RuleForm {
  readonly name: string;
  readonly start: 'once' | 'weekly' | 'trigger' | 'schedule';
  readonly day: string;
  readonly weekdays: readonly Weekday[];
  readonly time: string;
  readonly zone: string;
  readonly from: string;
  /** Empty for no end. */
  readonly until: string;
  readonly except: readonly string[];
  readonly suggestion: SuggestionKind;
  readonly divisions: readonly string[];
  readonly queues: readonly string[];
  readonly teams: readonly string[];
  readonly agents: readonly string[];
  /** Empty before one is chosen. */
  readonly definitionId: string;
  readonly message: string;
  /** Minutes as they are typed; empty for no way back. */
  readonly back: string;
  readonly worstVerdict: 'allow' | 'warn';
  readonly onContact: 'skip' | 'wait';
}

/** A form nobody has touched: working days, from today on. */
export const emptyForm = ({ today, zone }: { readonly today: string; readonly zone: string }): RuleForm => ({
  name: '',
  start: 'weekly',
  day: today,
  weekdays: [1, 2, 3, 4, 5],
  time: '10:00',
  zone,
  from: today,
  until: '',
  except: [],
  suggestion: 'break-due',
  divisions: [],
  queues: [],
  teams: [],
  agents: [],
  definitionId: '',
  message: '',
  back: '',
  worstVerdict: 'warn',
  onContact: 'skip',
});

/** A rule as a form; what the rule does not have is as in an empty one. */
export const formOf = (rule: AutomationRuleSent, empty: RuleForm): RuleForm => ({
  ...empty,
  name: rule.name,
  ...startOf(rule.start),
  divisions: rule.targets.divisionIds,
  queues: rule.targets.queueIds,
  teams: rule.targets.teams,
  agents: rule.targets.agentIds,
  definitionId: rule.wanted.definitionId,
  message: rule.wanted.message ?? '',
  back: rule.backAfterMinutes === null ? '' : String(rule.backAfterMinutes),
  ...rule.conditions,
});

const startOf = (start: AutomationRuleSent['start']): Partial<RuleForm> => {
  if (start.kind === 'trigger') return { start: 'trigger' };
  if (start.kind === 'schedule') return { start: 'schedule', suggestion: start.suggestion };
  const { plan } = start;
  if (plan.kind === 'once') return { start: 'once', day: plan.day, time: plan.time, zone: plan.zone };
  const { kind, until, ...rest } = plan;
  return { ...rest, start: kind, until: until ?? '' };
};

/** What the form means, checked or not. */
const sentOf = (form: RuleForm): AutomationRuleSent => ({
  name: form.name.trim(),
  start: sentStart(form),
  targets: {
    agentIds: [...form.agents],
    teams: [...form.teams],
    divisionIds: [...form.divisions],
    queueIds: [...form.queues],
  },
  wanted: { definitionId: form.definitionId, message: form.message.trim() || null },
  backAfterMinutes: form.back.trim() === '' ? null : Number(form.back),
  conditions: { worstVerdict: form.worstVerdict, onContact: form.onContact },
});

const sentStart = (form: RuleForm): AutomationRuleSent['start'] => {
  const { start, day, time, zone, from, until, suggestion } = form;
  switch (start) {
    case 'trigger':
      return { kind: 'trigger' };
    case 'schedule':
      return { kind: 'schedule', suggestion };
    case 'once':
      return { kind: 'planned', plan: { kind: 'once', day, time, zone } };
    case 'weekly': {
      const weekdays = form.weekdays.toSorted((a, b) => a - b);
      const plan = {
        kind: 'weekly' as const,
        weekdays,
        time,
        zone,
        from,
        until: until || null,
        except: [...form.except],
      };
      return { kind: 'planned', plan };
    }
  }
};

/** The same in the words of the domain, to tell the rule in a sentence while it is typed. */
export const ruleOf = (form: RuleForm): AutomationRule => toAutomationRule(sentOf(form));

/** What is still missing, in the order of the form; empty where it can be sent. */
export type FormProblems = readonly string[];

/** @returns the rule, or why it cannot be sent */
export const checkForm = (
  form: RuleForm,
): { readonly rule: AutomationRuleSent | null; readonly problems: FormProblems } => {
  const problems = problemsOf(form);
  if (problems.length > 0) return { rule: null, problems };
  const parsed = automationRule.safeParse(sentOf(form));
  if (parsed.success) return { rule: parsed.data, problems };
  return { rule: null, problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) };
};

const problemsOf = (form: RuleForm): string[] => {
  const { start, weekdays, day, time, from, until, back } = form;
  const isPlanned = start === 'once' || start === 'weekly';
  const whom = [...form.divisions, ...form.queues, ...form.teams, ...form.agents];
  const minutes = Number(back);
  const checks: readonly (readonly [boolean, string])[] = [
    [form.name.trim() === '', 'Give it a name'],
    [isPlanned && time === '', 'Choose a time of day'],
    [start === 'once' && day === '', 'Choose a day'],
    [start === 'weekly' && weekdays.length === 0, 'Choose a day of the week at least'],
    [start === 'weekly' && from === '', 'Choose the first day'],
    [start === 'weekly' && until !== '' && until < from, 'The last day lies before the first'],
    [whom.length === 0, 'Choose whom it is about'],
    [form.definitionId === '', 'Choose a presence'],
    [
      back.trim() !== '' && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440),
      'Back after 1 to 1,440 whole minutes, or never',
    ],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, words]) => words);
};
