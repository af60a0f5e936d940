import { formatAge } from '../../lib/elapsed.ts';
import { useLive } from '../../live/use-live.ts';
import { freshnessWord } from './connection-words.ts';

interface FreshnessPillProps {
  /** Whether floor health is shown. */
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** Always in sight: how old the data is, on the server's clock. The way to what is behind it. */
export const FreshnessPill = ({ isOpen, onOpen }: FreshnessPillProps) => {
  const freshness = useLive((state) => state.freshness);
  const upstream = useLive((state) => state.upstream);
  const word = freshnessWord({ freshness, upstream });
  const tone = freshness.kind === 'live' && word !== 'Live' ? 'late' : freshness.kind;
  return (
    <button
      type="button"
      className="pill"
      data-tone={tone}
      title="Age of the data on the wall, on the server’s clock. Opens floor health (h)"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={onOpen}
    >
      <span className="pill__dot" aria-hidden="true" />
      {word}
      {freshness.kind !== 'loading' && <span className="pill__age">{formatAge(freshness.ageMs)}</span>}
    </button>
  );
};
