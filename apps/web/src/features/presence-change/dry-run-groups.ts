import type { BulkPreview } from '@floorwatch/contracts';

export type DryRunAgent = BulkPreview['agents'][number];

/** `go`: nothing is against it · `warn`: against the schedule, allowed · `blocked`: by the schedule, can be overridden with the right · `nothing`: is there already · `impossible` */
export const DRY_RUN_GROUPS = ['go', 'warn', 'blocked', 'nothing', 'impossible'] as const;

export type DryRunGroup = (typeof DRY_RUN_GROUPS)[number];

/** What would become of one agent. */
export const groupOf = ({ etag, verdict, effects, obstacles }: DryRunAgent): DryRunGroup => {
  if (obstacles.some((obstacle) => obstacle !== 'schedule-blocks') || etag === null) return 'impossible';
  if (effects.includes('nothing-changes')) return 'nothing';
  if (obstacles.length > 0) return 'blocked';
  return verdict?.effective === 'warn' ? 'warn' : 'go';
};

interface Choice {
  readonly excluded: ReadonlySet<string>;
  /** There is a right and a reason to override the schedule. */
  readonly overrides: boolean;
}

/** Who would be sent: whoever can be, is not left out by hand, and would be changed by it. */
export const includedIn = (agents: readonly DryRunAgent[], { excluded, overrides }: Choice) =>
  agents.flatMap((agent) => {
    const group = groupOf(agent);
    const goes = group === 'go' || group === 'warn' || (group === 'blocked' && overrides);
    return goes && agent.etag !== null && !excluded.has(agent.agentId)
      ? [{ agentId: agent.agentId, etag: agent.etag }]
      : [];
  });
