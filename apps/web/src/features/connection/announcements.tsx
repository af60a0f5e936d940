import { useEffect, useState } from 'react';
import { browserClock } from '../../lib/browser-clock.ts';
import { useLive } from '../../live/use-live.ts';
import { HOP_WORDS } from './connection-words.ts';
import type { Freshness } from '../../live/freshness.ts';

/** A connection that comes and goes must not talk over everything else a screen reader says. */
const QUIET_MS = 8000;

const wordsFor = (freshness: Freshness): string => {
  switch (freshness.kind) {
    case 'loading':
      return '';
    case 'live':
      return 'The wall is live.';
    case 'late':
      return `The data is late. ${HOP_WORDS[freshness.hop]}.`;
    case 'stale':
      return `The data is stale. ${HOP_WORDS[freshness.hop]}. Timers have stopped.`;
  }
};

/** Tells a screen reader when the wall can be trusted and when not: politely, and not more often than needed. */
export const Announcements = () => {
  const words = useLive((state) => wordsFor(state.freshness));
  const [said, setSaid] = useState({ words: '', at: -Infinity });
  useEffect(() => {
    if (words === said.words) return undefined;
    const waitMs = Math.max(0, said.at + QUIET_MS - browserClock.now());
    return browserClock.after(waitMs, () => setSaid({ words, at: browserClock.now() }));
  }, [words, said]);
  return (
    <div className="hidden" role="status" aria-live="polite">
      {said.words}
    </div>
  );
};
