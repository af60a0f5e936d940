import type { PresenceHoldView } from '@floorwatch/contracts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { formatClockTime } from '../../lib/clock-time.ts';
import { letGo } from './change-api.ts';
import { SendProblem } from './send-problem.tsx';
import { useFocusOnMount } from './use-focus-on-mount.ts';
import { useSend } from './use-send.ts';

interface HoldOutcomeProps {
  readonly first: PresenceHoldView;
  readonly name: string;
  readonly onClose: () => void;
}

/** A presence that is held, and the way to let go of it. */
export const HoldOutcome = ({ first, name, onClose }: HoldOutcomeProps) => {
  const [hold, setHold] = useState(first);
  const release = useSend(letGo, setHold);
  const { wanted, endsAt, ended } = hold;
  return (
    <div className="outcome" data-tone={ended === null ? 'good' : undefined}>
      <div role="status">
        <h3 className="outcome__title" tabIndex={-1} ref={useFocusOnMount()}>
          {ended === null
            ? `${wanted.label} is held for ${name} until ${formatClockTime(Date.parse(endsAt))}`
            : 'Not held any more'}
        </h3>
        <p className="outcome__small">
          {ended === null
            ? 'It ends at once when the agent chooses something else. You find it under “Changes”.'
            : ended.reason}
        </p>
      </div>
      {release.error !== null && <SendProblem error={release.error} onRetry={() => release.mutate(hold.id)} />}
      <div className="outcome__actions">
        {ended === null && (
          <Button variant="default" loading={release.isPending} onClick={() => release.mutate(hold.id)}>
            Let go
          </Button>
        )}
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
};
