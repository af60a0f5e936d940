import '../../ui/subpage.css';
import './audit.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { formatCount } from '../../lib/amounts.ts';
import { mayIn, useSession } from '../../live/session-query.ts';
import { useAgentRowOf, usePlatformNow } from '../../live/use-live.ts';
import { zoneWords } from '../../lib/zone-time.ts';
import { agentAuditQuery } from './audit-query.ts';
import { AuditTable } from './audit-table.tsx';

const HOUR_MS = 3_600_000;

interface AgentAuditProps {
  readonly agentId: string;
  readonly zone: string;
}

/** What was done to this agent through Floorwatch. Nothing at all for those who may not see it. */
export const AgentAudit = ({ agentId, zone }: AgentAuditProps) => {
  const division = useAgentRowOf(agentId)?.profile.divisionId ?? null;
  const isSeen = mayIn(useSession(), 'see-audit', division);
  const { data, error, refetch } = useQuery({ ...agentAuditQuery(agentId), enabled: isSeen });
  const now = usePlatformNow(HOUR_MS);
  const id = useId();
  if (!isSeen) return null;
  const total = data?.total ?? 0;
  const caption = `What was done to this agent, times in ${now === null ? zone : zoneWords(zone, { from: now, to: now + 1 })}`;
  return (
    <section className="panel agent-audit" aria-labelledby={id}>
      <div className="panel__head">
        <div>
          <h2 className="panel__title" id={id}>
            Done through Floorwatch
          </h2>
          <p className="panel__note">{caption}</p>
        </div>
        {total > (data?.entries.length ?? 0) && (
          <Link to="/audit" search={{ agent: agentId }}>
            All {formatCount(total)} entries
          </Link>
        )}
      </div>
      {error !== null && (
        <div className="notice" data-tone="warn" role="status">
          <p>{error.message}</p>
          <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
            Try now
          </Button>
        </div>
      )}
      {data?.entries.length === 0 && (
        <p className="panel__footnote">Nobody has changed anything about this agent here.</p>
      )}
      {data !== undefined && data.entries.length > 0 && (
        <AuditTable entries={data.entries} zone={zone} caption={caption} isOfOneAgent />
      )}
    </section>
  );
};
