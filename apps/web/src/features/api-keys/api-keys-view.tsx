import '../../ui/subpage.css';
import './api-keys.css';
import { Button, Loader } from '@mantine/core';
import type { ApiKeyCreated, ApiKeyList } from '@floorwatch/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { FloorwatchRefused } from '../../lib/api-client.ts';
import { rememberedZone } from '../../lib/remembered-zone.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { apiKeysQuery } from './api-keys-query.ts';
import { KeyForm } from './key-form.tsx';
import { KeyTable } from './key-table.tsx';
import { NewKey } from './new-key.tsx';

const route = getRouteApi('/api-keys');

/** The keys of other systems: which there are, and the way to make and to revoke one. */
export const ApiKeysView = () => {
  const { data, error, refetch } = useQuery(apiKeysQuery);
  return (
    <main className="subpage keys">
      <div>
        <h1 className="subpage__title">API keys</h1>
        <p className="keys__about">
          With a key another system reads the feed: payroll, scheduling, chat. What it can ask is described in the{' '}
          <a href="/api/docs">API</a>. Who makes or revokes a key stands in the audit.
        </p>
      </div>
      {data !== undefined && <Keys list={data} />}
      {data === undefined && error === null && (
        <div className="subpage__loading" role="status">
          <Loader size="sm" /> Reading the keys…
        </div>
      )}
      {error !== null && <KeysFailed error={error} onRetry={() => void refetch()} />}
    </main>
  );
};

const Keys = ({ list }: { readonly list: ApiKeyList }) => {
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<ApiKeyCreated | null>(null);
  const showMade = (key: ApiKeyCreated): void => {
    setMaking(false);
    setMade(key);
  };
  const mayMake = list.mayOpenAll || list.divisions.length > 0;
  return (
    <>
      <div>
        <Button onClick={() => setMaking(true)} disabled={!mayMake}>
          Make a key
        </Button>
        {!mayMake && (
          <p className="keys__about">
            You manage no division whose history you may see, so there is nothing a key of yours could open.
          </p>
        )}
      </div>
      <KeyList list={list} />
      {isMaking && <KeyForm list={list} onMade={showMade} onClose={() => setMaking(false)} />}
      {made !== null && <NewKey made={made} onClose={() => setMade(null)} />}
    </>
  );
};

const KeyList = ({ list: { keys } }: { readonly list: ApiKeyList }) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const showsAll = search.keys === 'all';
  const ended = keys.filter(({ state }) => state !== 'active');
  const shown = showsAll ? keys : keys.filter(({ state }) => state === 'active');
  const toggle = (): void =>
    void navigate({
      search: ({ keys: _, ...rest }: Record<string, unknown>) => (showsAll ? rest : { ...rest, keys: 'all' }),
    });
  return (
    <>
      {shown.length > 0 && <KeyTable keys={shown} zone={rememberedZone()} />}
      {shown.length === 0 && (
        <EmptyState title="There is no key in use">
          <p>
            {keys.length === 0
              ? 'Nobody has made one for a division of yours yet.'
              : 'All that were made are expired or revoked.'}
          </p>
        </EmptyState>
      )}
      {ended.length > 0 && (
        <Button className="keys__ended" size="sm" variant="subtle" onClick={toggle}>
          {showsAll ? 'Hide those that have ended' : `Show ${String(ended.length)} that have ended`}
        </Button>
      )}
    </>
  );
};

const KeysFailed = ({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) => {
  const body = error instanceof FloorwatchRefused ? error.body : null;
  const isNotAllowed = body?.code === 'not-allowed';
  return (
    <EmptyState title={isNotAllowed ? 'The keys are not for you to see' : 'The keys could not be read'}>
      <p>{error.message}</p>
      {body !== null && <p className="empty__small">For the log: {body.correlationId}</p>}
      {!isNotAllowed && <Button onClick={onRetry}>Ask again</Button>}
    </EmptyState>
  );
};
