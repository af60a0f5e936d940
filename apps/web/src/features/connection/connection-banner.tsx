import { Button } from '@mantine/core';
import { useLive, useLiveServices } from '../../live/use-live.ts';
import { noticeFor } from './connection-words.ts';
import { RetryCountdown } from './retry-countdown.tsx';

/** Says what is wrong, since when, and what is being done about it. Takes no room while all is well. */
export const ConnectionBanner = () => {
  const { connection: keeper } = useLiveServices();
  const freshness = useLive((state) => state.freshness);
  const connection = useLive((state) => state.connection);
  const upstream = useLive((state) => state.upstream);
  const notice = noticeFor({ freshness, connection, upstream });
  if (notice === null) return null;
  const isWaiting = connection.kind === 'waiting';
  return (
    <aside className="banner" data-tone={notice.tone} aria-label="State of the connection">
      <p className="banner__text">
        <b>{notice.title}</b> {notice.detail}{' '}
        {isWaiting && <RetryCountdown retryAtMs={connection.retryAtMs} attempt={connection.attempt} />}
      </p>
      {isWaiting && (
        <Button size="compact-xs" variant="default" onClick={() => keeper.retryNow()}>
          Try now
        </Button>
      )}
      {connection.kind === 'refused' && (
        <Button size="compact-xs" variant="default" onClick={() => location.reload()}>
          Load the page again
        </Button>
      )}
    </aside>
  );
};
