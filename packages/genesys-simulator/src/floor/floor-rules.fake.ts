import type { JournalEntry } from './journal.ts';
import { MEDIA_TYPES } from '../org/queue-profile.ts';
import type { ConversationSummaryPart, LiveState, WorkCounts } from './live-state.ts';

/** How long presence and routing may disagree: routing follows within 200 ms, plus a few that strict stamps add. */
const LAG_MS = 210;

/** Conversations with customers over all media: what keeps an agent INTERACTING. */
export const contactCenterWork = (summary: ConversationSummaryPart): WorkCounts =>
  MEDIA_TYPES.reduce(
    (sum, medium) => ({
      active: sum.active + summary[medium].contactCenter.active,
      acw: sum.acw + summary[medium].contactCenter.acw,
    }),
    { active: 0, acw: 0 },
  );

/** Why a state could not last on the platform (API §6.1); null when it could. */
const contradictionOf = ({ presence, routingStatus, conversationSummary }: LiveState): string | null => {
  const isOnQueue = presence.systemPresence === 'On Queue';
  const { active, acw } = contactCenterWork(conversationSummary);
  const { status } = routingStatus;
  if (status === 'INTERACTING') return active + acw > 0 ? null : 'INTERACTING without a conversation';
  if (active + acw > 0) return `${status} with a conversation`;
  if (isOnQueue) return status === 'OFF_QUEUE' ? 'On Queue but OFF_QUEUE' : null;
  return status === 'OFF_QUEUE' ? null : `${presence.systemPresence} but ${status}`;
};

const ROUTING_MOVES: Readonly<Record<string, readonly string[]>> = {
  OFF_QUEUE: ['IDLE', 'COMMUNICATING'],
  IDLE: ['INTERACTING', 'NOT_RESPONDING', 'COMMUNICATING', 'OFF_QUEUE'],
  INTERACTING: ['IDLE', 'OFF_QUEUE'],
  NOT_RESPONDING: ['IDLE', 'OFF_QUEUE'],
  COMMUNICATING: ['IDLE', 'OFF_QUEUE'],
};

/** Watches a floor and remembers every broken rule. */
export class FloorRules {
  readonly violations: string[] = [];
  readonly states: Map<string, LiveState>;
  readonly #since = new Map<string, number>();
  readonly #stamps = new Map<string, number>();

  constructor(initial: ReadonlyMap<string, LiveState>) {
    this.states = new Map(initial);
  }

  check(entry: JournalEntry): void {
    const { userId, part, at } = entry;
    const held = this.states.get(userId);
    if (held === undefined) {
      this.violations.push(`entry of a stranger: ${userId}`);
      return;
    }
    const contradiction = contradictionOf(held);
    if (contradiction !== null && at - (this.#since.get(userId) ?? -Infinity) > LAG_MS)
      this.violations.push(`${contradiction} for ${at - (this.#since.get(userId) ?? -Infinity)} ms`);
    if (part === 'routingStatus' && !ROUTING_MOVES[entry.before.status]?.includes(entry.after.status))
      this.violations.push(`${entry.before.status} to ${entry.after.status}`);
    if (part !== 'conversationSummary' && at <= (this.#stamps.get(`${userId}/${part}`) ?? -Infinity))
      this.violations.push(`stamp of ${part} did not increase`);
    this.#stamps.set(`${userId}/${part}`, at);
    this.#since.set(userId, at);
    this.states.set(userId, { ...held, [part]: entry.after });
  }
}
