import type { AuditEntryView } from '@floorwatch/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { actorName, outcomeOf, valueChanges } from './audit-words.ts';

/** All that the audit has of one entry, with ways to more of its kind. */
export const AuditDetails = ({ entry }: { readonly entry: AuditEntryView }) => {
  const { actor, agent, correlationId, platformCorrelationId, outcome, reason } = entry;
  return (
    <div className="entry">
      <Values entry={entry} />
      <dl className="entry__facts">
        <Fact name="Outcome">{outcomeOf(outcome).meaning}</Fact>
        {reason !== null && <Fact name="Reason">{reason}</Fact>}
        <Fact name="By">
          {actorName(actor)}
          {actor.id !== null && (
            <>
              {' '}
              <code>{actor.id}</code> <Only search={{ actor: actor.id }}>all by this one</Only>
            </>
          )}
        </Fact>
        {agent !== null && (
          <Fact name="About">
            {agent.name ?? 'an agent who has left'} <code>{agent.id}</code>
            {agent.division !== null && `, then in ${agent.division}`}{' '}
            <Only search={{ agent: agent.id }}>all about this one</Only>
          </Fact>
        )}
        <Fact name="Correlation">
          <code>{correlationId}</code> <Only search={{ correlation: correlationId }}>all of this deed</Only>
        </Fact>
        {platformCorrelationId !== null && (
          <Fact name="At Genesys Cloud">
            <code>{platformCorrelationId}</code>
          </Fact>
        )}
        <Fact name={`Entry ${entry.seq}`}>
          <code>{entry.hash}</code>
        </Fact>
      </dl>
    </div>
  );
};

const Values = ({ entry }: { readonly entry: AuditEntryView }) => {
  const values = valueChanges(entry);
  if (values.length === 0) return null;
  return (
    <table className="entry__values">
      <caption className="hidden">Before and after</caption>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ name, before, after, isChanged }) => (
          <tr key={name} data-changed={isChanged || undefined}>
            <th scope="row">{name}</th>
            <td dir="auto">{before ?? '–'}</td>
            <td dir="auto">{after ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="entry__fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

interface OnlyProps {
  readonly search: { readonly actor?: string; readonly agent?: string; readonly correlation?: string };
  readonly children: string;
}

const Only = ({ search, children }: OnlyProps) => (
  <Link to="/audit" search={search} className="entry__only">
    {children}
  </Link>
);
