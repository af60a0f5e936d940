import { Link } from '@tanstack/react-router';
import { AgentDay } from '../../features/agent-day/agent-day.tsx';
import { AgentAudit } from '../../features/audit/agent-audit.tsx';
import { AgentActions } from '../../features/presence-change/agent-actions.tsx';
import { useAgentDaySearch } from '../../features/agent-day/use-agent-day-search.ts';
import { lastWallSearch } from '../../features/wall/wall-place.ts';
import { viewerZone } from '../../lib/remembered-zone.ts';
import { useLiveServices } from '../../live/use-live.ts';
import { AppPage } from '../app-page.tsx';
import { TimePicker } from '../time-picker.tsx';

/** One agent: now, and how the day went. */
export const AgentPage = () => {
  const { live } = useLiveServices();
  const { id, search, change } = useAgentDaySearch();
  return (
    <AppPage>
      <AgentDay
        actions={<AgentActions agentId={id} />}
        below={<AgentAudit agentId={id} zone={search.zone ?? viewerZone()} />}
        wayBack={
          <Link to="/" search={lastWallSearch(live)}>
            Go to the wall
          </Link>
        }
        timePicker={
          <TimePicker
            search={search}
            zone={search.zone ?? viewerZone()}
            onChange={(next) => change({ ...next, zoom: undefined })}
          />
        }
      />
    </AppPage>
  );
};
