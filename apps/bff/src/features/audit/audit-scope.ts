import type { AuditFilterAsked } from '@floorwatch/contracts';
import { agentId, covers, scopeOf, type AgentId, type AuditFilter, type Board, type Viewer } from '@floorwatch/domain';
import { ApiError } from '../../plugins/api-error.ts';

/**
 * What a viewer asks for, cut to what this person may see: with every division all of it; else what is about agents who
 * are in one of the person's divisions now and were in one then. What is about nobody is for those who see all.
 * @throws ApiError 403
 */
export const auditFilterOf = (viewer: Viewer, asked: AuditFilterAsked, board: Board): AuditFilter => {
  const scope = scopeOf(viewer, 'see-audit');
  if (scope === null) throw new ApiError(403, 'not-allowed', 'You may not see the audit');
  const filter = filterOf(asked);
  if (scope === 'all') return filter;
  const mayBeSeen = (id: AgentId): boolean => {
    const row = board.rowOf(id);
    return row !== null && covers(scope, row.profile.divisionId);
  };
  const agentIds = filter.agentIds ?? [...board.rows()].map(({ profile }) => profile.id);
  return { ...filter, agentIds: agentIds.filter(mayBeSeen), divisionIds: [...scope] };
};

const filterOf = ({ action, outcome, actor, agent, from, to, correlation }: AuditFilterAsked): AuditFilter => ({
  ...(action && { actions: action }),
  ...(outcome && { outcomes: outcome }),
  ...(actor !== undefined && { actorId: actor }),
  ...(agent !== undefined && { agentIds: [agentId(agent)] }),
  ...(from !== undefined && { from: Date.parse(from) }),
  ...(to !== undefined && { to: Date.parse(to) }),
  ...(correlation !== undefined && { correlationId: correlation }),
});
