import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { presenceDefinitionId } from '../agent/ids.ts';
import { SYSTEM_PRESENCES, type SystemPresence } from '../agent/presence.ts';
import { judgeChange } from './judge-change.ts';
import { CATEGORY_OF_SYSTEM, type PlannedNow } from './planned-now.ts';
import { ACTIVITY_CATEGORIES, UNKNOWN_POLICIES, type ActivityCategory, type Verdict } from './verdict.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

const planned = (scheduled: ActivityCategory, parts: Partial<PlannedNow> = {}): PlannedNow => ({
  scheduled,
  next: null,
  categoryOf: new Map(),
  ...parts,
});

const judge = (system: SystemPresence, plan: PlannedNow | string, definitionId: string = system) =>
  judgeChange({
    wanted: { system, definitionId: presenceDefinitionId(definitionId) },
    planned: plan,
    platformNow: NOW,
    unknownPolicy: 'warn',
  });

test.each<[SystemPresence, ActivityCategory, Verdict]>([
  ['onQueue', 'onQueueWork', 'allow'],
  ['break', 'break', 'allow'],
  ['available', 'offQueueWork', 'allow'],
  ['meal', 'onQueueWork', 'warn'],
  ['meeting', 'onQueueWork', 'warn'],
  ['offline', 'onQueueWork', 'warn'],
  ['onQueue', 'meeting', 'warn'],
  ['onQueue', 'training', 'warn'],
  ['busy', 'meal', 'warn'],
  ['meal', 'break', 'warn'],
  ['onQueue', 'break', 'block'],
  ['onQueue', 'meal', 'block'],
  ['onQueue', 'timeOff', 'block'],
  ['onQueue', 'unavailable', 'block'],
  ['onQueue', 'unscheduled', 'warn'],
  ['busy', 'unscheduled', 'warn'],
  ['offline', 'unscheduled', 'allow'],
  ['break', 'unscheduled', 'allow'],
])('%s while %s is planned: %s', (system, scheduled, verdict) => {
  const judged = judge(system, planned(scheduled));
  expect(judged).toMatchObject({ verdict, effective: verdict, scheduled, unknownPolicy: null });
});

describe('The schedule', () => {
  it('lets somebody go a little early, and says what comes in how many minutes', () => {
    const next = (inMinutes: number) => ({ next: { category: 'break', at: NOW + inMinutes * MINUTE } }) as const;
    expect(judge('break', planned('onQueueWork', next(4))).verdict).toBe('allow');
    const tooEarly = judge('break', planned('onQueueWork', next(20)));
    expect(tooEarly.verdict).toBe('warn');
    expect(tooEarly.reason).toBe('Planned now: queue work, then a break in 20 min. This counts as a break.');
    expect(judge('onQueue', planned('onQueueWork', next(300))).reason).toBe(
      'Planned now: queue work, then a break in 5 h.',
    );
  });

  it('takes an organisation’s own presence for what its activity codes say it is', () => {
    const categoryOf = new Map([[presenceDefinitionId('doctor'), 'timeOff']] as const);
    expect(judge('busy', planned('timeOff', { categoryOf }), 'doctor').verdict).toBe('allow');
    expect(judge('busy', planned('timeOff', { categoryOf }), 'papers').verdict).toBe('warn');
  });

  it('says why it blocks', () => {
    expect(judge('onQueue', planned('meal')).reason).toBe(
      'Planned now: a meal. Nobody is put on queue in protected time.',
    );
  });

  it('is unknown where nobody can tell, and comes to what the setting says', () => {
    for (const unknownPolicy of UNKNOWN_POLICIES)
      expect(
        judgeChange({
          wanted: { system: 'onQueue', definitionId: presenceDefinitionId('q') },
          planned: 'Nobody can tell.',
          platformNow: NOW,
          unknownPolicy,
        }),
      ).toEqual({
        verdict: 'unknown',
        reason: 'Nobody can tell.',
        scheduled: null,
        next: null,
        effective: unknownPolicy,
        unknownPolicy,
      });
  });

  it('blocks nothing but On Queue, and never what is planned, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SYSTEM_PRESENCES),
        fc.constantFrom(...ACTIVITY_CATEGORIES),
        (system, scheduled) => {
          const { verdict, reason } = judge(system, planned(scheduled));
          if (verdict === 'block') expect(system).toBe('onQueue');
          if (CATEGORY_OF_SYSTEM[system] === scheduled) expect(verdict).toBe('allow');
          expect(reason).toMatch(/^[A-Z].*\.$/);
        },
      ),
    );
  });
});
