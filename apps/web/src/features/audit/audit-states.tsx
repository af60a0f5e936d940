import { Button, Loader } from '@mantine/core';
import { FloorwatchRefused, FloorwatchUnreachable } from '../../lib/api-client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { hasFilter, NO_FILTER } from './audit-search.ts';
import { useAuditSearch } from './use-audit-search.ts';

export const AuditLoading = () => (
  <div className="subpage__loading" role="status">
    <Loader size="sm" /> Reading the audit…
  </div>
);

/** Why there are no entries, and the way out. */
export const AuditFailed = ({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) => {
  const body = error instanceof FloorwatchRefused ? error.body : null;
  const isFinal = body?.code === 'not-allowed' || body?.code === 'invalid-request';
  return (
    <EmptyState title={titleOf(error)}>
      <p>{error.message}</p>
      {body !== null && <p className="empty__small">For the log: {body.correlationId}</p>}
      {!isFinal && <Button onClick={onRetry}>Ask again</Button>}
    </EmptyState>
  );
};

const titleOf = (error: Error): string => {
  if (error instanceof FloorwatchUnreachable) return 'Floorwatch does not answer';
  switch (error instanceof FloorwatchRefused ? error.body?.code : undefined) {
    case 'not-allowed':
      return 'The audit is not for you to see';
    case 'signed-out':
      return 'Nobody is signed in';
    case 'audit-unavailable':
      return 'The audit cannot be reached';
    case 'invalid-request':
      return 'This cannot be asked';
    default:
      return 'The audit could not be read';
  }
};

/** The filter hides everything, or there is nothing at all. */
export const NothingFound = () => {
  const { search, change } = useAuditSearch();
  return hasFilter(search) ? (
    <EmptyState title="Nothing in the audit is like that">
      <p>No entry that you may see fits the filter.</p>
      <Button onClick={() => change(NO_FILTER)}>Show everything</Button>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing has happened yet">
      <p>Sign-ins, refusals, changes of presence, exports and settings will stand here, and stay for good.</p>
    </EmptyState>
  );
};
