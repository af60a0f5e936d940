import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presenceDefinitionId } from '../agent/ids.ts';
import { SYSTEM_PRESENCES } from '../agent/presence.ts';
import { canBeHeld, HOLD_BEAT_MS, stepOfHold, type HeldPresence, type Hold } from './hold.ts';

const MEETING = presenceDefinitionId('meeting');
const ENDS_AT = 30 * 60_000;
const HOLD: Hold = { definitionId: MEETING, setAt: 0, endsAt: ENDS_AT };

const primary = (system: HeldPresence['system'], message: string | null = null): HeldPresence => ({
  system,
  definitionId: presenceDefinitionId(system),
  message,
  isPrimary: true,
});

const HELD = primary('meeting');

describe('a hold', () => {
  it('leaves the held presence alone, whatever the agent notes beside it', () => {
    expect(stepOfHold(HOLD, HELD, HOLD_BEAT_MS)).toBe('holds');
    expect(stepOfHold(HOLD, primary('meeting', 'back at three'), HOLD_BEAT_MS)).toBe('holds');
  });

  it.each(['idle', 'away'] as const)('sets it again against %s, not before a beat is over', (system) => {
    expect(stepOfHold(HOLD, primary(system), HOLD_BEAT_MS - 1)).toBe('holds');
    expect(stepOfHold(HOLD, primary(system), HOLD_BEAT_MS)).toBe('set-again');
  });

  it.each(SYSTEM_PRESENCES.filter((system) => !['idle', 'away', 'meeting'].includes(system)))(
    'lets go at once when the agent chooses %s',
    (system) => {
      expect(stepOfHold(HOLD, primary(system), 1)).toEqual({ end: 'agent' });
    },
  );

  it('takes an Away of the organisation, or one with a note, for a choice', () => {
    const parking = { ...primary('away'), definitionId: presenceDefinitionId('parking the car'), isPrimary: false };
    expect(stepOfHold(HOLD, parking, HOLD_BEAT_MS)).toEqual({ end: 'agent' });
    expect(stepOfHold(HOLD, primary('away', 'at the dentist'), HOLD_BEAT_MS)).toEqual({ end: 'agent' });
  });

  it('another definition of the same presence is a choice too', () => {
    const other = { ...primary('meeting'), definitionId: presenceDefinitionId('1:1'), isPrimary: false };
    expect(stepOfHold(HOLD, other, 1)).toEqual({ end: 'agent' });
  });

  it('ends by itself when its time is up, and waits for a presence that has not been seen', () => {
    expect(stepOfHold(HOLD, HELD, ENDS_AT)).toEqual({ end: 'time' });
    expect(stepOfHold(HOLD, null, HOLD_BEAT_MS)).toBe('holds');
    expect(stepOfHold(HOLD, null, ENDS_AT)).toEqual({ end: 'time' });
  });

  it('can be of a presence that somebody who is there has, and never of On Queue', () => {
    expect(SYSTEM_PRESENCES.filter(canBeHeld)).toEqual(['available', 'break', 'busy', 'meal', 'meeting', 'training']);
  });

  it('whatever the agent does, it sets at most once a beat, against drift alone, and never after its end', () => {
    const presence = fc.constantFrom(...SYSTEM_PRESENCES).map((system) => primary(system));
    const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: 200_000 }), presence), { maxLength: 60 });
    fc.assert(
      fc.property(looks, (story) => {
        let hold = HOLD;
        let now = 0;
        for (const [later, seen] of story) {
          now += later;
          const step = stepOfHold(hold, seen, now);
          if (step === 'set-again') {
            expect(['idle', 'away']).toContain(seen.system);
            expect(now - hold.setAt).toBeGreaterThanOrEqual(HOLD_BEAT_MS);
            expect(now).toBeLessThan(ENDS_AT);
            hold = { ...hold, setAt: now };
          } else if (step === 'holds') expect(['idle', 'away', 'meeting']).toContain(seen.system);
          else return;
        }
        expect(now).toBeLessThan(ENDS_AT);
      }),
    );
  });
});
