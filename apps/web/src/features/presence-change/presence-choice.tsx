import type { PresenceDefinition } from '@floorwatch/contracts';
import type { SystemPresence } from '@floorwatch/domain';
import { TextInput } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import { foldName } from '../../live/fold-name.ts';
import { usePresenceDefinitions } from '../../live/presence-labels.ts';
import { ActivityGlyph } from '../../look/glyphs.tsx';
import { PRESENCE_WORD } from '../../look/words.ts';
import { groupDefinitions } from './definition-groups.ts';

/** As the platform allows (API §5.6). */
const MAX_MESSAGE = 500;

interface PresenceChoiceProps {
  /** Divisions of the agents it is for. */
  readonly divisions: ReadonlySet<string | null>;
  readonly definitionId: string | null;
  readonly message: string;
  readonly onChoose: (definitionId: string) => void;
  readonly onWrite: (message: string) => void;
  /** Why a presence cannot be chosen here; null where it can. */
  readonly refuse?: (definition: PresenceDefinition) => string | null;
}

/** Which presence, in the organisation's own words, and the note beside it. */
export const PresenceChoice = (props: PresenceChoiceProps) => {
  const { divisions, definitionId, message, onChoose, onWrite, refuse = () => null } = props;
  const definitions = usePresenceDefinitions();
  const [wanted, setWanted] = useState('');
  const groups = useMemo(
    () => groupDefinitions(definitions.values(), { divisions, text: foldName(wanted), fold: foldName }),
    [definitions, divisions, wanted],
  );
  const chosen = definitionId === null ? undefined : definitions.get(definitionId);
  return (
    <div className="pick">
      <TextInput
        size="sm"
        aria-label="Search presences"
        placeholder="Search presences"
        autoComplete="off"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = groups[0]?.definitions ?? [];
          if (event.key !== 'Enter' || wanted === '' || first === undefined) return;
          event.preventDefault();
          if (refuse(first) === null) onChoose(first.id);
        }}
        data-autofocus
      />
      <fieldset className="pick__groups">
        <legend className="hidden">New presence</legend>
        {groups.map(({ system, definitions: offered }) => (
          <div key={system} className="pick__group" role="group" aria-label={PRESENCE_WORD[system]}>
            {offered.map((definition) => (
              <PresenceOption
                key={definition.id}
                definition={definition}
                isChosen={definition.id === definitionId}
                refusal={refuse(definition)}
                onChoose={onChoose}
              />
            ))}
          </div>
        ))}
        {groups.length === 0 && (
          <p className="pick__none">
            {definitions.size === 0 ? 'The presences of the organisation are being loaded…' : 'Nothing is called that.'}
          </p>
        )}
      </fieldset>
      {chosen !== undefined && <p className="hidden">Chosen: {chosen.label}</p>}
      <TextInput
        size="sm"
        label="Message"
        description="Others see it beside the presence; empty for none."
        maxLength={MAX_MESSAGE}
        value={message}
        onChange={(event) => onWrite(event.currentTarget.value)}
      />
    </div>
  );
};

interface OptionProps {
  readonly definition: PresenceDefinition;
  readonly isChosen: boolean;
  readonly refusal: string | null;
  readonly onChoose: (definitionId: string) => void;
}

const PresenceOption = ({ definition, isChosen, refusal, onChoose }: OptionProps) => {
  const { id, label, system, isPrimary } = definition;
  const why = useId();
  return (
    <>
      <label
        className="pick__option"
        data-chosen={isChosen || undefined}
        data-primary={isPrimary || undefined}
        data-refused={refusal !== null || undefined}
        data-activity={GLYPH_OF[system]}
        title={refusal ?? undefined}
      >
        <input
          type="radio"
          name="presence"
          value={id}
          checked={isChosen}
          disabled={refusal !== null}
          aria-describedby={refusal === null ? undefined : why}
          onChange={() => onChoose(id)}
        />
        <ActivityGlyph activity={GLYPH_OF[system]} />
        <span className="pick__label" dir="auto">
          {label}
        </span>
      </label>
      {refusal !== null && (
        <span className="hidden" id={why}>
          {refusal}
        </span>
      )}
    </>
  );
};

/** The shape that a tile would most likely have. */
const GLYPH_OF = {
  onQueue: 'ready',
  available: 'available',
  busy: 'busy',
  break: 'break',
  meal: 'meal',
  meeting: 'meeting',
  training: 'training',
  away: 'away',
  idle: 'idle',
  offline: 'offline',
} as const satisfies Readonly<Record<SystemPresence, string>>;
