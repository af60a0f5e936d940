import type { PresenceChangePreview, VerdictView } from '@floorwatch/contracts';
import { Textarea } from '@mantine/core';
import { formatClockTime } from '../../lib/clock-time.ts';
import { CATEGORY_WORDS, EFFECT_WORDS, OBSTACLE_WORDS, unknownPolicyWords, VERDICT_WORDS } from './change-words.ts';

/** As the API takes it. */
const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

export const isReason = (reason: string | null): reason is string =>
  reason !== null && reason.trim().length >= SHORTEST_REASON;

/** What the schedule says, why, and what is planned next; and the setting where it says nothing. */
export const VerdictLine = ({ verdict }: { readonly verdict: VerdictView }) => {
  const { effective, reason, unknownPolicy, scheduled, next } = verdict;
  return (
    <div className="plan" data-effective={effective}>
      <p className="plan__word">
        <span className="plan__sign" aria-hidden="true">
          {SIGN[effective]}
        </span>
        <b>{VERDICT_WORDS[effective]}</b>
      </p>
      <p>{reason}</p>
      {scheduled !== null && next !== null && (
        <p className="plan__note">
          Planned now: {CATEGORY_WORDS[scheduled]}; {CATEGORY_WORDS[next.category]} from{' '}
          {formatClockTime(Date.parse(next.at))}.
        </p>
      )}
      {unknownPolicy !== null && <p className="plan__note">{unknownPolicyWords(unknownPolicy)}</p>}
    </div>
  );
};

const SIGN: Readonly<Record<VerdictView['effective'], string>> = { allow: '✓', warn: '!', block: '✕' };

interface WhatHappensProps {
  readonly preview: PresenceChangePreview;
  readonly reason: string | null;
  readonly onReason: (reason: string) => void;
}

/** Everything that is known before anything is done. */
export const WhatHappens = ({ preview, reason, onReason }: WhatHappensProps) => {
  const { verdict, effects, obstacles, mayOverride } = preview;
  const others = obstacles.filter((obstacle) => obstacle !== 'schedule-blocks');
  const isBlocked = obstacles.includes('schedule-blocks');
  return (
    <>
      <VerdictLine verdict={verdict} />
      {(effects.length > 0 || others.length > 0) && (
        <ul className="effects">
          {others.map((obstacle) => (
            <li key={obstacle} className="effects__obstacle">
              {OBSTACLE_WORDS[obstacle]}
            </li>
          ))}
          {effects.map((effect) => (
            <li key={effect}>{EFFECT_WORDS[effect]}</li>
          ))}
        </ul>
      )}
      {isBlocked && others.length === 0 && mayOverride && <OverrideReason reason={reason} onReason={onReason} />}
      {isBlocked && !mayOverride && (
        <p className="plan__note">
          Setting it all the same takes the right to change presences against the schedule, which you do not have here.
        </p>
      )}
    </>
  );
};

/** Why somebody acts against the schedule; it is kept in the audit. */
export const OverrideReason = ({ reason, onReason }: Omit<WhatHappensProps, 'preview'>) => (
  <Textarea
    size="sm"
    label="Reason for setting it against the schedule"
    description="It is kept in the audit with your name."
    rows={2}
    maxLength={LONGEST_REASON}
    required
    value={reason ?? ''}
    onChange={(event) => onReason(event.currentTarget.value)}
  />
);
