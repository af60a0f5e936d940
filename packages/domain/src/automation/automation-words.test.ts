import { expect, it } from 'vitest';
import { tellDays, tellMinutes, tellPlan, tellRule } from './automation-words.ts';

const CONDITIONS = { worstVerdict: 'warn', onContact: 'skip' } as const;

it('a rule is told in one plain sentence', () => {
  const plan = {
    kind: 'weekly',
    weekdays: [1, 2, 3, 4, 5],
    time: '10:00',
    zone: 'Europe/Madrid',
    from: '2026-01-01',
    until: null,
    except: [],
  } as const;
  const rule = { start: { kind: 'planned', plan } as const, whom: ['Team A'], presence: 'Break', backAfterMinutes: 15 };
  expect(tellRule({ ...rule, conditions: CONDITIONS })).toBe(
    'Every Mon–Fri at 10:00 Europe/Madrid: Team A → Break, back after 15 min; unless the schedule blocks it; not while on a contact',
  );
  expect(
    tellRule({
      start: { kind: 'schedule', suggestion: 'break-due' },
      whom: ['Ann', 'Bob', 'Cho', 'Dan', 'Eve'],
      presence: null,
      backAfterMinutes: null,
      conditions: { worstVerdict: 'allow', onContact: 'wait' },
    }),
  ).toBe(
    'When a break or meal is due and the agent is not in it: Ann, Bob, Cho and 2 more → no presence yet; only if the schedule allows it; on a contact: when it has ended',
  );
  expect(tellPlan({ ...plan, weekdays: [1, 2, 3, 4, 5, 6, 7], until: '2026-12-24', except: ['2026-08-15'] })).toBe(
    'Every day at 10:00 Europe/Madrid until 24 Dec 2026 except 15 Aug 2026',
  );
  expect(tellPlan({ kind: 'once', day: '2026-10-25', time: '02:30', zone: 'UTC' })).toBe('On 25 Oct 2026 at 02:30 UTC');
});

it('days in a row are told as a range from three on', () => {
  expect(tellDays([1, 2])).toBe('Mon, Tue');
  expect(tellDays([5, 3, 1, 4, 7])).toBe('Mon, Wed–Fri, Sun');
});

it('minutes are told in hours from sixty on', () => {
  expect([15, 60, 95].map(tellMinutes)).toEqual(['15 min', '1 h', '1 h 35 min']);
});
