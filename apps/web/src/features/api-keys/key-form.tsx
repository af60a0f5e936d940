import { Button, Modal } from '@mantine/core';
import type { ApiKeyCreated, ApiKeyList } from '@floorwatch/contracts';
import { API_KEY_SCOPES, type ApiKeyScope } from '@floorwatch/domain';
import { useWrite } from '../../live/use-write.ts';
import { useId, useState, type FormEvent } from 'react';
import { apiKeysQuery, makeApiKey } from './api-keys-query.ts';
import { SCOPE_MEANING, SCOPE_WORD } from './key-words.ts';

/** Days after which a key ends; 0 for never. */
const LIFETIMES = [
  [30, 'After 30 days'],
  [90, 'After 90 days'],
  [365, 'After a year'],
  [0, 'Never'],
] as const;

interface KeyFormProps {
  readonly list: ApiKeyList;
  readonly onMade: (made: ApiKeyCreated) => void;
  readonly onClose: () => void;
}

/** What the new key is for, what it opens, and until when. */
export const KeyForm = ({ list, onMade, onClose }: KeyFormProps) => {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly ApiKeyScope[]>(['feed:transitions']);
  const [isWhole, setWhole] = useState(list.mayOpenAll);
  const [divisions, setDivisions] = useState<readonly string[]>([]);
  const [days, setDays] = useState(90);
  const nameId = useId();
  const { mutate, isPending, error } = useWrite(
    () =>
      makeApiKey({
        name,
        scopes: [...scopes],
        divisions: isWhole ? 'all' : [...divisions],
        expiresInDays: days === 0 ? null : days,
      }),
    { reads: apiKeysQuery.queryKey, onDone: onMade },
  );
  const lacking = whatIsLacking({ name, scopes, isWhole, divisions });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (lacking === null) mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Make a key"
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
    >
      <form className="key-form" onSubmit={submit}>
        <label htmlFor={nameId}>What is it for?</label>
        <input
          id={nameId}
          className="range__input"
          value={name}
          maxLength={80}
          placeholder="Payroll"
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Choices
          legend="What does it open?"
          options={API_KEY_SCOPES.map((scope) => ({ id: scope, word: SCOPE_WORD[scope], more: SCOPE_MEANING[scope] }))}
          chosen={scopes}
          onChange={(chosen) => setScopes(API_KEY_SCOPES.filter((scope) => chosen.includes(scope)))}
        />
        <DivisionChoice {...{ list, isWhole, setWhole, divisions, setDivisions }} />
        <label className="key-form__line">
          When does it end?
          <select
            className="range__input"
            value={days}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
          >
            {LIFETIMES.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
        {error !== null && (
          <p className="key-form__problem" role="alert">
            {error.message}
          </p>
        )}
        <div className="key-form__line">
          <Button type="submit" loading={isPending} disabled={lacking !== null}>
            Make the key
          </Button>
          <span className="keys__quiet" role="status">
            {lacking}
          </span>
        </div>
      </form>
    </Modal>
  );
};

interface Wish {
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly isWhole: boolean;
  readonly divisions: readonly string[];
}

const whatIsLacking = ({ name, scopes, isWhole, divisions }: Wish): string | null => {
  if (name.trim() === '') return 'Say what it is for.';
  if (scopes.length === 0) return 'Choose what it opens.';
  return isWhole || divisions.length > 0 ? null : 'Choose a division.';
};

interface DivisionChoiceProps {
  readonly list: ApiKeyList;
  readonly isWhole: boolean;
  readonly setWhole: (isWhole: boolean) => void;
  readonly divisions: readonly string[];
  readonly setDivisions: (divisions: readonly string[]) => void;
}

const DivisionChoice = ({ list, isWhole, setWhole, divisions, setDivisions }: DivisionChoiceProps) => (
  <>
    {list.mayOpenAll && (
      <label className="key-form__choice">
        <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.currentTarget.checked)} />
        <span>
          Every division <small>Those that are made later, too</small>
        </span>
      </label>
    )}
    {!isWhole && (
      <Choices
        legend="Whose agents does it tell of?"
        options={list.divisions.map(({ id, name }) => ({ id, word: name, more: null }))}
        chosen={divisions}
        onChange={setDivisions}
      />
    )}
  </>
);

interface ChoicesProps {
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly word: string; readonly more: string | null }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

const Choices = ({ legend, options, chosen, onChange }: ChoicesProps) => (
  <fieldset className="key-form__choices">
    <legend>{legend}</legend>
    {options.map(({ id, word, more }) => (
      <label key={id} className="key-form__choice">
        <input
          type="checkbox"
          value={id}
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
          }
        />
        <span dir="auto">
          {word} {more !== null && <small>{more}</small>}
        </span>
      </label>
    ))}
  </fieldset>
);
