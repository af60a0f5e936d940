import type { HopReport } from '@floorwatch/contracts';
import { ToneDot } from '../../ui/tone-dot.tsx';
import { HOP_WORD, signWords, sinceWords, STATE_WORD } from './hop-words.ts';

interface HopListProps {
  readonly hops: readonly HopReport[];
  readonly now: string;
}

/** The way of an event and of its record, hop by hop. */
export const HopList = ({ hops, now }: HopListProps) => (
  <ol className="hops" aria-label="Hops">
    {hops.map((hop) => (
      <HopItem key={hop.hop} hop={hop} now={now} />
    ))}
  </ol>
);

const HopItem = ({ hop, now }: { readonly hop: HopReport; readonly now: string }) => {
  const { name, what } = HOP_WORD[hop.hop];
  const { tone, text } = STATE_WORD[hop.state];
  const earlier = hop.signs.filter(({ message }) => message !== hop.message);
  return (
    <li className="hop" data-hop={hop.hop} data-tone={tone}>
      <div className="hop__head">
        <h3 className="hop__name">{name}</h3>
        <span className="hop__state">
          <ToneDot tone={tone} />
          {text}
        </span>
      </div>
      <p className="hop__what">{what}</p>
      {hop.message !== null && (
        <p className="hop__message">
          {hop.message} <span className="hop__when">· {sinceWords(hop, now)}</span>
        </p>
      )}
      {earlier.length > 0 && (
        <details className="hop__signs">
          <summary>
            {earlier.length === 1 ? 'One more thing' : `${earlier.length} more things`} within the last hour
          </summary>
          <ul>
            {earlier.map((sign) => (
              <li key={sign.message}>
                {sign.message} <span className="hop__when">· {signWords(sign, now)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
};
