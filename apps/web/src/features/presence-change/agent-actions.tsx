import './presence-change.css';
import { Button } from '@mantine/core';
import { useSession } from '../../live/session-query.ts';
import { openTask, useMayChange, usePresenceDesk } from '../../live/presence-desk.ts';
import { useAgentRowOf, useLive } from '../../live/use-live.ts';
import { UNDER_WAY_WORDS } from '../../look/words.ts';

/** On the agent's page: what can be done to this agent, or why it cannot. */
export const AgentActions = ({ agentId }: { readonly agentId: string }) => {
  const row = useAgentRowOf(agentId);
  const mayChange = useMayChange(row?.profile.divisionId ?? null);
  const underWay = usePresenceDesk((desk) => desk.underWay.get(agentId) ?? null);
  if (row === null) return null;
  if (!mayChange) return <WhyNot divisionId={row.profile.divisionId} />;
  return (
    <div className="agent-actions">
      {underWay !== null && (
        <span className="agent-actions__mark" title={UNDER_WAY_WORDS[underWay].long}>
          {UNDER_WAY_WORDS[underWay].short}
        </span>
      )}
      {row.state.routing?.state === 'notResponding' && (
        <Button size="sm" variant="default" onClick={() => openTask({ kind: 'reset', agentId })}>
          Reset Not Responding
        </Button>
      )}
      <Button size="sm" onClick={() => openTask({ kind: 'change', agentId })}>
        Change presence
      </Button>
    </div>
  );
};

/** Whoever may change others wonders why not this one; whoever may change nobody never asked. */
const WhyNot = ({ divisionId }: { readonly divisionId: string | null }) => {
  const session = useSession();
  const division = useLive(
    ({ organisation }) => organisation?.divisions.find(({ id }) => id === divisionId)?.name ?? null,
  );
  if (session?.rights['change-presence'] === undefined) return null;
  return (
    <p className="agent-actions__note">
      You may look, not change: it takes <code>presence:userPresence:edit</code> in{' '}
      {division === null ? 'every division, for this agent is in none' : <b dir="auto">{division}</b>}.
    </p>
  );
};
