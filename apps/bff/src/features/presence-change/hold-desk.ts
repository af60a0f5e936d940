import type { PresenceHoldView } from '@floorwatch/contracts';
import type { AgentId, Board, Clock, PresenceHold, Viewer } from '@floorwatch/domain';
import type { HoldTable } from '@floorwatch/store';
import { ApiError } from '../../plugins/api-error.ts';
import type { AskedHold, BeginHold } from '../../presence-change/begin-hold.ts';
import type { ChangeRules } from '../../presence-change/change-rules.ts';
import type { Holds } from '../../presence-change/holds.ts';
import { maySee, type Person } from './asked-change-request.ts';
import type { ChangeViews } from './change-views.ts';

/** How long a hold that has ended is still listed, ms. */
const LISTED_FOR_MS = 3_600_000;

export interface HoldDeskOptions {
  readonly beginHold: BeginHold;
  readonly holding: Holds;
  readonly holds: HoldTable;
  readonly rules: ChangeRules;
  readonly views: ChangeViews;
  readonly board: Board;
  readonly clock: Clock;
}

/** What somebody asks of holds: to start one, to see which there are, to let go. */
export class HoldDesk {
  readonly #options: HoldDeskOptions;

  constructor(options: HoldDeskOptions) {
    this.#options = options;
  }

  /** @throws ApiError where it does not begin, see `BeginHold` */
  async start(person: Person, asked: AskedHold): Promise<PresenceHoldView> {
    const { beginHold, views } = this.#options;
    const begun = await beginHold.begin(person, asked);
    if ('hold' in begun) return this.#view(begun.hold, person.viewer);
    const unclear = begun.refused.progress.problem?.message ?? 'Genesys Cloud did not say whether it took the change';
    throw (await views.errorOf(begun.refused, person.viewer)) ?? new ApiError(503, 'platform-unavailable', unclear);
  }

  /** Those that hold, and those that ended within the hour; of one agent or of all whom the viewer may see. */
  async list(viewer: Viewer, agentId: AgentId | null): Promise<PresenceHoldView[]> {
    const { holds, clock, board } = this.#options;
    const endedSince = Math.floor(clock.now()) - LISTED_FOR_MS;
    const found = await holds.list({ endedSince, ...(agentId !== null && { agentId }) });
    return found.filter((hold) => maySee(viewer, hold.agentId, board)).map((hold) => this.#view(hold, viewer));
  }

  /**
   * Lets go. For whoever started it, and for those who may change the agent.
   * @throws ApiError 404, 403
   */
  async end(person: Person, id: string): Promise<PresenceHoldView> {
    const { holds, holding, rules, board } = this.#options;
    const { viewer, actor } = person;
    const hold = await holds.find(id);
    if (hold === null || !maySee(viewer, hold.agentId, board))
      throw new ApiError(404, 'not-found', `There is no hold ${id}`);
    if (hold.owner.userId !== viewer.userId && !rules.mayChange(person, rules.agent(person, hold.agentId)))
      throw new ApiError(403, 'not-allowed', 'A hold is ended by whoever started it, or may change the agent');
    return this.#view((await holding.release(id, actor)) ?? hold, viewer);
  }

  #view(hold: PresenceHold, viewer: Viewer): PresenceHoldView {
    const { id, agentId, wanted, owner, startedAt, endsAt, reasserted, ended } = hold;
    return {
      id,
      agentId,
      wanted,
      by: this.#options.views.by({ kind: 'person', id: owner.userId, name: owner.name }, viewer),
      since: iso(startedAt),
      endsAt: iso(endsAt),
      reasserted,
      ended: ended === null ? null : { ...ended, at: iso(ended.at) },
    };
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
