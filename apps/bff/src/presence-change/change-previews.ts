import {
  judgeChange,
  type AgentId,
  type AgentRow,
  type Presence,
  type RoutingState,
  type ScheduleVerdict,
  type UnknownPolicy,
  type WantedPresence,
} from '@floorwatch/domain';
import { MAX_USERS_PER_CALL, type GenesysCloud, type UserSnapshot } from '@floorwatch/genesys';
import type { Asker } from './change-order.ts';
import type { ChangeEffect, ChangeObstacle, ChangePreview } from './change-preview.ts';
import type { ChangeRules } from './change-rules.ts';
import { presenceEtag } from './presence-etag.ts';
import type { Plan, SchedulePlans } from './schedule-plans.ts';

export interface ChangePreviewsOptions {
  readonly rules: ChangeRules;
  readonly plans: SchedulePlans;
  readonly cloud: Pick<GenesysCloud, 'getUsers' | 'platformNow'>;
  readonly scheduleUnknown: UnknownPolicy;
}

interface ToPreview {
  readonly asker: Asker;
  readonly row: AgentRow;
  readonly wanted: WantedPresence;
  readonly snapshot: UserSnapshot | null;
  readonly plan: Plan;
}

/** Says what changes would meet and do, and changes nothing: the same rules as for the change itself, on a reading of just now. */
export class ChangePreviews {
  readonly #options: ChangePreviewsOptions;

  constructor(options: ChangePreviewsOptions) {
    this.#options = options;
  }

  /**
   * In the order of the ids.
   * @throws ApiError 404 for an agent whom the asker may not see; GenesysError where the platform cannot be read
   */
  async of(asker: Asker, ids: readonly AgentId[], wanted: WantedPresence): Promise<ChangePreview[]> {
    const { rules, plans } = this.#options;
    const rows = ids.map((id) => rules.agent(asker, id));
    const [planOf, snapshots] = await Promise.all([plans.of(ids), this.#read(ids)]);
    return rows.map((row) => {
      const { id } = row.profile;
      return this.#preview({ asker, row, wanted, snapshot: snapshots.get(id) ?? null, plan: planOf(id) });
    });
  }

  async #read(ids: readonly AgentId[]): Promise<Map<AgentId, UserSnapshot>> {
    const snapshots = new Map<AgentId, UserSnapshot>();
    for (let from = 0; from < ids.length; from += MAX_USERS_PER_CALL) {
      const some = ids.slice(from, from + MAX_USERS_PER_CALL);
      for (const one of await this.#options.cloud.getUsers(some, { priority: 'interactive' }))
        snapshots.set(one.observation.agentId, one);
    }
    return snapshots;
  }

  #preview({ asker, row, wanted, snapshot, plan }: ToPreview): ChangePreview {
    const { rules } = this.#options;
    const { id } = row.profile;
    const found = rules.find(wanted.definitionId, row);
    const current = snapshot?.observation.presence ?? null;
    const routing = snapshot?.observation.routing?.state ?? null;
    const verdict = snapshot === null || typeof found === 'string' ? null : this.#judge(found, plan);
    const mayOverride = rules.mayOverride(asker, row);
    const obstacles: ChangeObstacle[] = [
      ...(snapshot === null ? ['agent-gone' as const] : []),
      ...(typeof found === 'string' ? [found] : []),
      ...(typeof found !== 'string' && found.system === 'onQueue' && current?.system === 'offline'
        ? ['agent-offline' as const]
        : []),
      ...(rules.mayChange(asker, row) ? [] : ['not-allowed-here' as const]),
      ...(verdict?.effective === 'block' ? ['schedule-blocks' as const] : []),
    ];
    return {
      agentId: id,
      current,
      etag: current === null ? null : presenceEtag(current),
      routing,
      isOnContact: isOnContact(routing),
      verdict,
      effects:
        typeof found === 'string' || current === null ? [] : effectsOf({ ...wanted, ...found }, current, routing),
      obstacles,
      mayOverride,
    };
  }

  #judge(found: Exclude<ReturnType<ChangeRules['find']>, string>, planned: Plan): ScheduleVerdict {
    const { cloud, scheduleUnknown: unknownPolicy } = this.#options;
    const { system, id } = found;
    return judgeChange({
      wanted: { system, definitionId: id as WantedPresence['definitionId'] },
      planned,
      platformNow: cloud.platformNow(),
      unknownPolicy,
    });
  }
}

const isOnContact = (routing: RoutingState | null): boolean => routing === 'interacting' || routing === 'communicating';

const effectsOf = (
  wanted: WantedPresence & { readonly system: Presence['system'] },
  current: Presence,
  routing: RoutingState | null,
): ChangeEffect[] => {
  const isSame = current.definitionId === wanted.definitionId && (current.message ?? '') === (wanted.message ?? '');
  if (isSame) return ['nothing-changes'];
  const leaves = current.system === 'onQueue' && wanted.system !== 'onQueue';
  return [
    ...(wanted.system === 'onQueue' && current.system !== 'onQueue' ? ['joins-queue' as const] : []),
    ...(leaves ? ['leaves-queue' as const] : []),
    ...(leaves && isOnContact(routing) ? ['finishes-contact-first' as const] : []),
    ...(current.system === 'offline' && wanted.system !== 'offline' ? ['no-effect-while-offline' as const] : []),
  ];
};
