import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

export const WebhooksLoading = () => (
  <div className="subpage__loading" role="status">
    <Loader size="sm" /> Reading the webhooks…
  </div>
);

/** Why there are none to see, and the way out. */
export const WebhooksFailed = ({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) => {
  const body = error instanceof FloorwatchRefused ? error.body : null;
  return (
    <EmptyState title={titleOf(error)}>
      <p>{error.message}</p>
      {body !== null && <p className="empty__small">For the log: {body.correlationId}</p>}
      {body?.code !== 'not-allowed' && <Button onClick={onRetry}>Ask again</Button>}
    </EmptyState>
  );
};

const titleOf = (error: Error): string => {
  if (error instanceof FloorwatchUnreachable) return 'Floorwatch does not answer';
  switch (error instanceof FloorwatchRefused ? error.body?.code : undefined) {
    case 'not-allowed':
      return 'Webhooks are not for you to manage';
    case 'signed-out':
      return 'Nobody is signed in';
    case 'store-unavailable':
      return 'Webhooks cannot be reached';
    default:
      return 'The webhooks could not be read';
  }
};

/** Nobody is told of anything yet. */
export const NoWebhooks = ({ children }: { readonly children: ReactNode }) => (
  <EmptyState title="Nobody is told yet">
    <p>
      A webhook sends each change of an agent to another system as it is recorded: payroll, scheduling, chat. Signed, in
      order for each agent, and again until it was taken.
    </p>
    {children}
  </EmptyState>
);
