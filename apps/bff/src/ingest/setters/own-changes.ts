import {
  OWN_CHANGES,
  ownChangeOf,
  type AgentId,
  type AuditLog,
  type Interval,
  type OwnChange,
} from '@floorwatch/domain';

/** An entry is written after the presence has begun, and our clock is not the platform's; ms. */
const WRITTEN_WITHIN_MS = 5 * 60_000;

const PAGE_ENTRIES = 500;

/** More is not looked at: 10,000 changes. */
const MAX_PAGES = 20;

/**
 * Presences that Floorwatch set and that began in the interval, newest first.
 * @param agents null for everybody
 * @throws StoreUnavailable
 */
export const readOwnChanges = async (
  audit: AuditLog,
  { from, to }: Interval,
  agents: readonly AgentId[] | null,
): Promise<OwnChange[]> => {
  const filter = {
    ...OWN_CHANGES,
    ...(agents !== null && { agentIds: agents }),
    from: Math.floor(from) - WRITTEN_WITHIN_MS,
    to: Math.ceil(to) + WRITTEN_WITHIN_MS,
  };
  const changes: OwnChange[] = [];
  let beforeSeq: number | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const entries = await audit.read(filter, { beforeSeq, limit: PAGE_ENTRIES });
    changes.push(...entries.map(ownChangeOf).filter((change) => change !== null));
    beforeSeq = entries.at(-1)?.seq ?? null;
    if (entries.length < PAGE_ENTRIES) break;
  }
  return changes.filter(({ at }) => at >= from && at <= to);
};
