import { Button } from '@mantine/core';
import { FloorwatchRefused } from '../../lib/api-client.ts';

interface AutomationFailedProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** Why it did not work, and the way out. */
export const AutomationFailed = ({ error, onRetry }: AutomationFailedProps) => {
  const body = error instanceof FloorwatchRefused ? error.body : null;
  return (
    <div className="automation__problem" role="alert">
      <p>{error.message}</p>
      {body !== null && <p className="automation__quiet">For the log: {body.correlationId}</p>}
      {onRetry !== undefined && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
};
