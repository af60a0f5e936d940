import { useEffect, useState } from 'react';
import { browserClock } from '../../lib/browser-clock.ts';
import { useLiveServices } from '../../live/use-live.ts';

interface RetryCountdownProps {
  readonly retryAtMs: number;
  readonly attempt: number;
}

/** Counts down to the next attempt. */
export const RetryCountdown = ({ retryAtMs, attempt }: RetryCountdownProps) => {
  const { ticker } = useLiveServices();
  const [now, setNow] = useState(() => browserClock.now());
  useEffect(() => ticker.onTick(() => setNow(browserClock.now())), [ticker]);
  const seconds = Math.max(0, Math.ceil((retryAtMs - now) / 1000));
  return (
    <span className="banner__countdown">
      Attempt {attempt} in {seconds} s.
    </span>
  );
};
