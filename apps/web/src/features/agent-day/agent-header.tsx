import { warningsOf, type AgentRow, type Since } from '@floorwatch/domain';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '../../lib/use-document-title.ts';
import { formatTimeOfDay } from '../../lib/zone-time.ts';
import { usePresenceWords } from '../../live/presence-labels.ts';
import { useSetter } from '../../live/use-setter.ts';
import { useElapsedText, useLive, usePlatformNow } from '../../live/use-live.ts';
import { ActivityGlyph } from '../../look/glyphs.tsx';
import {
  ACTIVITY_MEANING,
  ACTIVITY_WORD,
  DISCREPANCY_WORDS,
  FLAG_WORDS,
  ROUTING_WORD,
  setByWords,
} from '../../look/words.ts';

interface AgentHeaderProps {
  readonly row: AgentRow;
  /** No longer on the board: what is shown is the last that was known. */
  readonly hasLeft: boolean;
  readonly zone: string;
  /** What can be done to them while they are on the board. */
  readonly actions?: ReactNode;
}

/** Who it is and what they are doing now: presence and routing status as the two facts they are. */
export const AgentHeader = ({ row, hasLeft, zone, actions }: AgentHeaderProps) => {
  const { profile, state, activity } = row;
  useDocumentTitle(profile.name);
  const freshness = useLive((live) => live.freshness.kind);
  const presence = usePresenceWords(state.presence);
  const setter = useSetter(state.presence);
  const routing = state.routing === null ? 'Not seen yet' : ROUTING_WORD[state.routing.state];
  return (
    <header className="agent" data-freshness={freshness}>
      <div>
        <h1 className="agent__name" dir="auto">
          {profile.name}
        </h1>
        <AgentPlace row={row} />
        {!hasLeft && actions}
      </div>
      {hasLeft ? (
        <p className="agent__left">No longer on the board: what follows is what was recorded.</p>
      ) : (
        <dl className="agent__facts">
          <Fact label="Activity" word={ACTIVITY_WORD[activity]} since={row.since} title={ACTIVITY_MEANING[activity]}>
            <span className="agent__sign" data-activity={activity}>
              <ActivityGlyph activity={activity} />
            </span>
          </Fact>
          <Fact
            label="Presence"
            word={presence}
            since={state.presence?.since ?? null}
            title={state.presence?.message ?? ''}
            note={state.presence === null ? null : setByWords(setter.by, setter.name)}
          />
          <Fact label="Routing" word={routing} since={state.routing?.since ?? null} />
        </dl>
      )}
      {!hasLeft && <Warnings row={row} zone={zone} />}
    </header>
  );
};

const AgentPlace = ({ row: { profile } }: { readonly row: AgentRow }) => {
  const division = useLive(
    ({ organisation }) => organisation?.divisions.find(({ id }) => id === profile.divisionId)?.name ?? null,
  );
  const places = [
    { label: 'Team', name: profile.team },
    { label: 'Division', name: division },
    { label: 'Title', name: profile.title },
    { label: 'Department', name: profile.department },
  ].filter(({ name }) => name !== null && name !== '');
  return (
    <ul className="agent__places">
      {places.map(({ label, name }) => (
        <li key={label}>
          <span className="agent__label">{label}</span> <span dir="auto">{name}</span>
        </li>
      ))}
    </ul>
  );
};

interface FactProps {
  readonly label: string;
  readonly word: string;
  readonly since: Since | null;
  readonly title?: string;
  /** A line below. */
  readonly note?: string | null;
  readonly children?: ReactNode;
}

const Fact = ({ label, word, since, title, note = null, children }: FactProps) => (
  <div className="agent__fact" data-fact={label.toLowerCase()} title={title}>
    <dt className="agent__label">{label}</dt>
    <dd className="agent__word">
      {children}
      <span>{word}</span>
      <span ref={useElapsedText<HTMLSpanElement>(since)} className="agent__time" />
    </dd>
    {note !== null && <dd className="agent__note">{note}</dd>}
  </div>
);

const SECOND_MS = 1000;

/** Why the state is to be read with care, each with its reason. */
const Warnings = ({ row, zone }: { readonly row: AgentRow; readonly zone: string }) => {
  const now = usePlatformNow(SECOND_MS);
  const warnings = warningsOf(row, now ?? Number.NEGATIVE_INFINITY);
  if (warnings.length === 0 && row.state.outOfOffice !== true) return null;
  return (
    <ul className="agent__warnings">
      {warnings.map(({ kind, since, reason }) => (
        <li key={kind} className="agent__warning" data-kind={kind}>
          <ActivityGlyph activity={kind === 'discrepancy' ? 'disagreement' : 'flagged'} />
          <b>
            {kind === 'discrepancy' && row.discrepancy !== null
              ? DISCREPANCY_WORDS[row.discrepancy].short
              : kind === 'discrepancy'
                ? 'Disagreeing'
                : FLAG_WORDS[kind].short}
          </b>{' '}
          {reason}, since {formatTimeOfDay(since, zone)}
        </li>
      ))}
      {row.state.outOfOffice === true && <li className="agent__warning">Out of office is switched on</li>}
    </ul>
  );
};
