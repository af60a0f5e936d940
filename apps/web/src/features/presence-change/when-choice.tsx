import { MAX_HOLD_MINUTES } from '@floorwatch/contracts';
import type { SystemPresence } from '@floorwatch/domain';
import { Button } from '@mantine/core';
import { useId } from 'react';
import type { ChangeForm } from './draft.ts';

const SHORTEST_HOLD = 2;
const USUAL_HOLDS: readonly number[] = [15, 30, 60, 120];

/** Nobody is held on queue, and what an agent drifts to is not held against drift. */
export const mayBeHeld = (system: SystemPresence): boolean => !NOT_HELD.has(system);

const NOT_HELD: ReadonlySet<SystemPresence> = new Set(['onQueue', 'away', 'idle', 'offline']);

interface WhenChoiceProps extends Pick<ChangeForm, 'when' | 'minutes'> {
  readonly isOnContact: boolean;
  /** Of the presence that is chosen. */
  readonly isHoldable: boolean;
  readonly onChange: (part: Partial<Pick<ChangeForm, 'when' | 'minutes'>>) => void;
}

/** Now, after the contact in hand, or held against drift for a while. */
export const WhenChoice = ({ when, minutes, isOnContact, isHoldable, onChange }: WhenChoiceProps) => {
  const id = useId();
  const option = (value: ChangeForm['when'], label: string, does: string) => (
    <label className="when__option" data-chosen={when === value || undefined}>
      <input
        type="radio"
        name="when"
        checked={when === value}
        disabled={value === 'hold' && !isHoldable}
        aria-describedby={`${id}-${value}`}
        onChange={() => onChange({ when: value })}
      />
      <span>
        {label}
        <span className="when__note" id={`${id}-${value}`}>
          {does}
        </span>
      </span>
    </label>
  );
  return (
    <fieldset className="when">
      <legend className="when__legend">When</legend>
      {option('now', 'Now', isOnContact ? 'The contact in hand goes on.' : 'At once.')}
      {(isOnContact || when === 'after-contact') &&
        option(
          'after-contact',
          'After the contact',
          isOnContact ? 'Waits until the contact ends; can be taken back until then.' : 'No contact is in hand now.',
        )}
      {option(
        'hold',
        'Hold',
        isHoldable
          ? 'Set again if it drifts to Idle or Away; ends at once when the agent chooses otherwise.'
          : 'On Queue, Away and Offline are not held.',
      )}
      {when === 'hold' && (
        <div className="when__minutes">
          <label>
            Minutes{' '}
            <input
              type="number"
              min={SHORTEST_HOLD}
              max={MAX_HOLD_MINUTES}
              required
              value={minutes}
              onChange={({ currentTarget: { valueAsNumber } }) =>
                onChange({ minutes: Number.isInteger(valueAsNumber) ? valueAsNumber : SHORTEST_HOLD })
              }
            />
          </label>
          {USUAL_HOLDS.map((usual) => (
            <Button key={usual} size="compact-xs" variant="default" onClick={() => onChange({ minutes: usual })}>
              {usual} min
            </Button>
          ))}
        </div>
      )}
    </fieldset>
  );
};
