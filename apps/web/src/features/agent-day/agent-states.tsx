import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';
import { useLive, useLiveServices } from '../../live/use-live.ts';

interface NoticeProps {
  readonly title: string;
  readonly tone?: 'warn' | 'quiet';
  readonly children?: ReactNode;
}

/** Why something is not there, and what to do about it. */
export const Notice = ({ title, tone = 'quiet', children }: NoticeProps) => (
  <div className="notice" data-tone={tone} role="status">
    <p className="notice__title">{title}</p>
    {children}
  </div>
);

/** Before the board is there: says what is awaited, or what went wrong. */
export const LoadingAgent = () => {
  const connection = useLive((state) => state.connection);
  const { connection: keeper } = useLiveServices();
  if (connection.kind === 'waiting')
    return (
      <Notice title="The live state is not there yet" tone="warn">
        <p>{connection.problem.message} It is tried again until it works.</p>
        <Button size="compact-sm" variant="default" onClick={() => keeper.retryNow()}>
          Try now
        </Button>
      </Notice>
    );
  return (
    <div className="agent agent--ghost" role="status" aria-label="Loading the agent">
      <span className="ghost-line ghost-line--title" />
      <span className="ghost-line" />
    </div>
  );
};

/** The board is there and nobody on it has this id. */
export const UnknownAgent = ({ id, wayBack }: { readonly id: string; readonly wayBack: ReactNode }) => {
  const organisation = useLive((state) => state.organisation);
  return (
    <div className="empty">
      <div className="empty__box">
        <h1 className="empty__title">Nobody on the board has this id</h1>
        <p className="empty__small">{id}</p>
        <p>
          {organisation?.name ?? 'The organisation'} has no agent with this id that Floorwatch may see: perhaps the
          agent was deleted or moved to a division that is not shown, or the address is cut off.
          {typeof organisation?.narrowedFrom === 'number' &&
            ' This Floorwatch is narrowed by its configuration to some of the agents.'}
        </p>
        {wayBack}
      </div>
    </div>
  );
};

/** What went wrong with a request for figures or history, in words, with the way out. */
export const RequestFailed = ({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) => (
  <Notice title={titleOf(what, error)} tone="warn">
    <p>
      {error.message}
      {error instanceof FloorwatchRefused && error.body !== null && (
        <span className="notice__small"> For the log: {error.body.correlationId}</span>
      )}
    </p>
    <Button size="compact-sm" variant="default" onClick={onRetry}>
      Try now
    </Button>
  </Notice>
);

const titleOf = (what: string, error: Error): string => {
  if (error instanceof FloorwatchUnreachable) return `${what} cannot be loaded: Floorwatch does not answer`;
  const code = error instanceof FloorwatchRefused ? error.body?.code : undefined;
  if (code === 'store-unavailable')
    return `${what} is out of reach: the store is down. The live state above is not touched`;
  if (code === 'platform-unavailable') return `${what} is out of reach: Genesys Cloud does not answer`;
  return `${what} could not be loaded`;
};
