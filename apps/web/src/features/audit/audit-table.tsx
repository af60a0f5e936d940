import type { AuditEntryView } from '@floorwatch/contracts';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { agentAddress } from '../../lib/agent-address.ts';
import { formatInstant } from '../../lib/zone-time.ts';
import { LineOpener } from '../../ui/line-opener.tsx';
import { AuditDetails } from './audit-details.tsx';
import { actionWord, actorName, changeLine, outcomeOf } from './audit-words.ts';

interface AuditTableProps {
  readonly entries: readonly AuditEntryView[];
  readonly zone: string;
  /** What it is of, for those who cannot see it. */
  readonly caption: string;
  /** Everything is about one agent, so the column is left out. */
  readonly isOfOneAgent?: boolean;
}

/** Entries, a line each; all that is known of one opens below it. */
export const AuditTable = ({ entries, zone, caption, isOfOneAgent = false }: AuditTableProps) => (
  <div className="rows" data-cards role="region" aria-label={caption} tabIndex={0}>
    <table className="audit__table">
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Outcome</th>
          {!isOfOneAgent && <th scope="col">About</th>}
          <th scope="col">Change</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <EntryLines key={entry.seq} {...{ entry, zone, isOfOneAgent }} />
        ))}
      </tbody>
    </table>
  </div>
);

interface EntryLinesProps {
  readonly entry: AuditEntryView;
  readonly zone: string;
  readonly isOfOneAgent: boolean;
}

const EntryLines = ({ entry, zone, isOfOneAgent }: EntryLinesProps) => {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { agent } = entry;
  const when = formatInstant(Date.parse(entry.at), zone);
  return (
    <>
      <tr className="audit__line" data-seq={entry.seq}>
        <LineOpener
          isOpen={isOpen}
          opens={id}
          label={`Entry ${entry.seq}, ${when}: details`}
          onToggle={() => setOpen(!isOpen)}
        >
          <time dateTime={entry.at}>{when}</time>
        </LineOpener>
        <td dir="auto">{actorName(entry.actor)}</td>
        <th scope="row">{actionWord(entry.action)}</th>
        <td>
          <Outcome outcome={entry.outcome} />
        </td>
        {!isOfOneAgent && (
          <td dir="auto">{agent !== null && <Link to={agentAddress(agent.id)}>{agent.name ?? agent.id}</Link>}</td>
        )}
        <td className="audit__change" dir="auto">
          {changeLine(entry)}
        </td>
        <td className="audit__reason" dir="auto">
          {entry.reason}
        </td>
      </tr>
      {isOpen && (
        <tr className="audit__more-of" id={id}>
          <td colSpan={isOfOneAgent ? 6 : 7}>
            <AuditDetails entry={entry} />
          </td>
        </tr>
      )}
    </>
  );
};

const Outcome = ({ outcome }: { readonly outcome: string }) => {
  const { word, meaning, tone } = outcomeOf(outcome);
  return (
    <span className="audit__outcome" data-tone={tone} title={meaning}>
      {word}
    </span>
  );
};
