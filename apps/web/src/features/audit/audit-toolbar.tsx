import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '@floorwatch/domain';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAgentRowOf } from '../../live/use-live.ts';
import { ACTION_WORD, OUTCOME_WORD } from './audit-words.ts';
import { hasFilter, NO_FILTER } from './audit-search.ts';
import { useAuditSearch } from './use-audit-search.ts';

interface AuditToolbarProps {
  /** Range and zone. */
  readonly timePicker: ReactNode;
  /** Whose deeds are asked for, by name; null where that is not known. */
  readonly actor: string | null;
}

/** When, what, by whom, about whom. */
export const AuditToolbar = ({ timePicker, actor }: AuditToolbarProps) => {
  const { search, change } = useAuditSearch();
  return (
    <div className="audit__toolbar" role="group" aria-label="Filter">
      <Choice
        label="What"
        any="Everything"
        options={AUDIT_ACTIONS}
        words={ACTION_WORD}
        chosen={search.action}
        onChange={(action) => change({ action })}
      />
      <Choice
        label="Outcome"
        any="Any"
        options={AUDIT_OUTCOMES}
        words={OUTCOME_WORD}
        chosen={search.outcome}
        onChange={(outcome) => change({ outcome })}
      />
      <Button
        size="sm"
        variant="default"
        onClick={() => change({ time: search.time === 'range' ? undefined : 'range' })}
      >
        {search.time === 'range' ? 'Any time' : 'Choose a time'}
      </Button>
      {search.time === 'range' && <div className="audit__when">{timePicker}</div>}
      {search.actor !== undefined && (
        <Chip words={`By ${actor ?? search.actor}`} onDrop={() => change({ actor: undefined })} />
      )}
      {search.agent !== undefined && <AgentChip id={search.agent} onDrop={() => change({ agent: undefined })} />}
      {search.correlation !== undefined && (
        <Chip words={`Of one deed: ${search.correlation}`} onDrop={() => change({ correlation: undefined })} />
      )}
      {hasFilter(search) && (
        <Button size="sm" variant="subtle" onClick={() => change(NO_FILTER)}>
          Show everything
        </Button>
      )}
    </div>
  );
};

interface ChoiceProps<Word extends string> {
  readonly label: string;
  readonly any: string;
  readonly options: readonly Word[];
  readonly words: Readonly<Record<Word, string>>;
  readonly chosen: Word | undefined;
  readonly onChange: (chosen: Word | undefined) => void;
}

const Choice = <Word extends string>({ label, any, options, words, chosen, onChange }: ChoiceProps<Word>) => (
  <label className="audit__choice">
    <span>{label}</span>
    <select
      className="range__input"
      value={chosen ?? ''}
      onChange={(event) => onChange(options.find((one) => one === event.currentTarget.value))}
    >
      <option value="">{any}</option>
      {options.map((one) => (
        <option key={one} value={one}>
          {words[one]}
        </option>
      ))}
    </select>
  </label>
);

const AgentChip = ({ id, onDrop }: { readonly id: string; readonly onDrop: () => void }) => (
  <Chip words={`About ${useAgentRowOf(id)?.profile.name ?? id}`} onDrop={onDrop} />
);

const Chip = ({ words, onDrop }: { readonly words: string; readonly onDrop: () => void }) => (
  <Button
    size="sm"
    variant="light"
    className="audit__chip"
    title={`${words}: remove from the filter`}
    rightSection={<span aria-hidden="true">×</span>}
    onClick={onDrop}
  >
    <span dir="auto">{words}</span>
    <span className="hidden">: remove from the filter</span>
  </Button>
);
