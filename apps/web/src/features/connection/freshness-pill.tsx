import { formatAge } from '../../lib/elapsed.ts';
import { useLive } from '../../live/use-live.ts';
import { freshnessWord } from './connection-words.ts';

/** Always in sight: how old the data is, on the server's clock. */
export const FreshnessPill = () => {
  const freshness = useLive((state) => state.freshness);
  const upstream = useLive((state) => state.upstream);
  const word = freshnessWord({ freshness, upstream });
  const tone = freshness.kind === 'live' && word !== 'Live' ? 'late' : freshness.kind;
  return (
    <span className="pill" data-tone={tone} title="Age of the data on the wall, on the server’s clock">
      <span className="pill__dot" aria-hidden="true" />
      {word}
      {freshness.kind !== 'loading' && <span className="pill__age">{formatAge(freshness.ageMs)}</span>}
    </span>
  );
};
