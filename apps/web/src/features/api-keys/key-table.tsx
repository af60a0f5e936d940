import { Button } from '@mantine/core';
import type { ApiKeyView } from '@floorwatch/contracts';
import { useState } from 'react';
import { formatInstant, zoneWords } from '../../lib/zone-time.ts';
import { useWrite } from '../../live/use-write.ts';
import { apiKeysQuery, endApiKey } from './api-keys-query.ts';
import { divisionWords, SCOPE_WORD, STATE_WORD } from './key-words.ts';

interface KeyTableProps {
  readonly keys: readonly ApiKeyView[];
  readonly zone: string;
}

/** A line for each key. */
export const KeyTable = ({ keys, zone }: KeyTableProps) => {
  const instants = keys.map(({ createdAt }) => Date.parse(createdAt));
  const caption = `Keys, the newest first. Times in ${zoneWords(zone, { from: Math.min(...instants), to: Math.max(...instants) + 1 })}`;
  return (
    <div className="rows" data-cards role="region" aria-label="Keys" tabIndex={0}>
      <table className="keys__table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Opens</th>
            <th scope="col">Divisions</th>
            <th scope="col">State</th>
            <th scope="col">Last used</th>
            <th scope="col">Made</th>
            <th scope="col">
              <span className="hidden">Revoke</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyLine key={key.id} line={key} zone={zone} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const KeyLine = ({ line, zone }: { readonly line: ApiKeyView; readonly zone: string }) => (
  <tr data-state={line.state}>
    <th scope="row">
      <span dir="auto">{line.name}</span>
      <code className="keys__id">{line.id}</code>
    </th>
    <td data-label="Opens">{line.scopes.map((scope) => SCOPE_WORD[scope]).join(', ')}</td>
    <td data-label="Divisions" dir="auto">
      {divisionWords(line)}
    </td>
    <td data-label="State">
      <span className="keys__state">{STATE_WORD[line.state]}</span>
      <Ending line={line} zone={zone} />
    </td>
    <td data-label="Last used">{line.lastUsedAt === null ? 'Never' : <Instant at={line.lastUsedAt} zone={zone} />}</td>
    <td data-label="Made">
      <Instant at={line.createdAt} zone={zone} /> by <span dir="auto">{line.createdBy.name}</span>
    </td>
    <td>{line.state === 'active' && <RevokeButton line={line} />}</td>
  </tr>
);

const Ending = ({
  line: { state, expiresAt, revokedAt },
  zone,
}: {
  readonly line: ApiKeyView;
  readonly zone: string;
}) => {
  if (revokedAt !== null)
    return (
      <span className="keys__quiet">
        {' '}
        <Instant at={revokedAt} zone={zone} />
      </span>
    );
  if (expiresAt === null) return <span className="keys__quiet"> without an end</span>;
  return (
    <span className="keys__quiet">
      {state === 'active' ? ' until ' : ' '}
      <Instant at={expiresAt} zone={zone} />
    </span>
  );
};

const Instant = ({ at, zone }: { readonly at: string; readonly zone: string }) => (
  <time dateTime={at}>{formatInstant(Date.parse(at), zone)}</time>
);

/** Asks once more: what reads with the key stops at once, and no key comes back. */
const RevokeButton = ({ line: { id, name } }: { readonly line: ApiKeyView }) => {
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending, error } = useWrite(() => endApiKey(id), { reads: apiKeysQuery.queryKey });
  if (!isAsking)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
    );
  return (
    <div className="keys__asking" role="group" aria-label={`Revoke ${name}?`}>
      <span role="alert">{error === null ? 'What uses it stops at once.' : `It did not work: ${error.message}`}</span>
      <Button size="compact-sm" color="red.9" loading={isPending} onClick={() => mutate()} ref={focus}>
        Revoke it
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
        Keep it
      </Button>
    </div>
  );
};

/** Whoever pressed the first button goes on with the second one. */
const focus = (button: HTMLButtonElement | null): void => button?.focus();
