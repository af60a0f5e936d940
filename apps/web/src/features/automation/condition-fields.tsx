import type { PresenceDefinition } from '@floorwatch/contracts';
import { SYSTEM_PRESENCES } from '@floorwatch/domain';
import { TextInput } from '@mantine/core';
import { usePresenceDefinitions } from '../../live/presence-labels.ts';
import { PRESENCE_WORD } from '../../look/words.ts';
import type { FieldsProps } from './start-fields.tsx';

/** Which presence, for how long, and what it insists on. */
export const ConditionFields = ({ form, onChange }: FieldsProps) => (
  <fieldset className="fields">
    <legend>What</legend>
    <div className="fields__row">
      <PresenceField form={form} onChange={onChange} />
      <TextInput
        size="sm"
        label="Message"
        description="Empty for none"
        maxLength={500}
        value={form.message}
        onChange={(event) => onChange({ message: event.currentTarget.value })}
      />
      <TextInput
        size="sm"
        label="Back after, min"
        description="Empty for never"
        inputMode="numeric"
        value={form.back}
        onChange={(event) => onChange({ back: event.currentTarget.value })}
      />
    </div>
    <p className="automation__quiet">
      What was there before is put back only if nobody has chosen anything else since.
    </p>
    <div className="fields__row">
      <label className="fields__field">
        If the schedule warns
        <select
          className="range__input"
          value={form.worstVerdict}
          onChange={(event) => onChange({ worstVerdict: event.currentTarget.value === 'allow' ? 'allow' : 'warn' })}
        >
          <option value="warn">Change all the same</option>
          <option value="allow">Leave the agent out</option>
        </select>
      </label>
      <label className="fields__field">
        If the agent is on a contact
        <select
          className="range__input"
          value={form.onContact}
          onChange={(event) => onChange({ onContact: event.currentTarget.value === 'wait' ? 'wait' : 'skip' })}
        >
          <option value="skip">Leave the agent out</option>
          <option value="wait">Wait for its end, an hour at most</option>
        </select>
      </label>
    </div>
    <p className="automation__quiet">Against a schedule that blocks it nothing is ever changed.</p>
  </fieldset>
);

const PresenceField = ({ form, onChange }: FieldsProps) => {
  const definitions = [...usePresenceDefinitions().values()].filter(({ isActive }) => isActive);
  return (
    <label className="fields__field">
      Presence
      <select
        className="range__input"
        value={form.definitionId}
        onChange={(event) => onChange({ definitionId: event.currentTarget.value })}
      >
        <option value="">Choose one</option>
        {SYSTEM_PRESENCES.map((system) => (
          <PresenceGroup
            key={system}
            word={PRESENCE_WORD[system]}
            definitions={definitions.filter((one) => one.system === system)}
          />
        ))}
      </select>
    </label>
  );
};

interface PresenceGroupProps {
  readonly word: string;
  readonly definitions: readonly PresenceDefinition[];
}

const PresenceGroup = ({ word, definitions }: PresenceGroupProps) =>
  definitions.length === 0 ? null : (
    <optgroup label={word}>
      {definitions
        .toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.label.localeCompare(b.label))
        .map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
    </optgroup>
  );
