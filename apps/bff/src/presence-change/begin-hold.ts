import { createHash } from 'node:crypto';
import {
  canBeHeld,
  MAX_HOLDS_OF_A_PERSON,
  type AgentId,
  type Board,
  type ChangeRecord,
  type Clock,
  type PresenceHold,
  type WantedPresence,
  type WantedWords,
} from '@floorwatch/domain';
import type { HoldTable } from '@floorwatch/store';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ApiError } from '../plugins/api-error.ts';
import type { Asker, ChangeWay } from './change-order.ts';
import type { ChangeRules } from './change-rules.ts';
import { noteHold, recordHold } from './hold-deed.ts';
import type { Holds } from './holds.ts';
import { apiErrorOf, Refusal } from './refusal.ts';

/** A hold that somebody asks for. */
export interface AskedHold {
  readonly agentId: AgentId;
  readonly wanted: WantedPresence;
  readonly minutes: number;
  readonly override: { readonly reason: string } | null;
  readonly expects: string;
  readonly key: string;
  readonly correlationId: string;
}

export interface BeginHoldOptions {
  readonly way: ChangeWay;
  readonly holds: HoldTable;
  readonly watch: Pick<Holds, 'watch'>;
  readonly rules: Pick<ChangeRules, 'agent' | 'wantedOf'>;
  readonly board: Board;
  readonly trail: AuditTrail;
  readonly clock: Clock;
}

/** A hold that holds, or the change that was refused and kept it from beginning. */
export type BegunHold = { readonly hold: PresenceHold } | { readonly refused: ChangeRecord };

/** Starts holds: the presence is set first, by the same steps as any; what the platform took is watched over from then on. */
export class BeginHold {
  readonly #options: BeginHoldOptions;

  constructor(options: BeginHoldOptions) {
    this.#options = options;
  }

  /**
   * The same key again is the same hold.
   * @throws ApiError 404, 409 where it cannot be held or somebody holds it, 422 where the key was used for something else, 503; StoreUnavailable
   */
  async begin(asker: Asker & { readonly viewer: object }, asked: AskedHold): Promise<BegunHold> {
    const { holds, way, trail, clock, watch } = this.#options;
    const draft = this.#draft(asker, asked);
    const known = await holds.findByKey(draft.owner.userId, draft.idempotencyKey);
    if (known !== null) return { hold: insistOnSame(known, draft) };
    await this.#insistOnRoom(draft);
    const { divisionId } = this.#options.rules.agent(asker, asked.agentId).profile;
    await recordHold(trail, draft, { outcome: 'requested', by: asker.actor, divisionId });
    const { record } = await way.request({
      asker,
      change: { agentId: asked.agentId, wanted: asked.wanted },
      expects: asked.expects,
      override: asked.override,
      cause: 'hold',
      groupId: draft.id,
      key: `hold:${draft.idempotencyKey}`,
      correlationId: draft.correlationId,
    });
    const { written, problem } = record.progress;
    if (written === null) {
      const outcome = record.progress.state === 'refused' ? 'refused' : 'failed';
      const reason = problem?.message ?? 'The change has not been made';
      await noteHold(trail, draft, { outcome, by: asker.actor, divisionId, reason });
      return { refused: record };
    }
    const hold = { ...draft, setAt: Math.floor(clock.now()), heldSince: written.since.at };
    const there = insistOnSame(await holds.add(hold), draft);
    await noteHold(trail, there, { outcome: 'accepted', by: asker.actor, divisionId });
    watch.watch(there);
    return { hold: there };
  }

  #draft({ actor }: Asker, asked: AskedHold): PresenceHold {
    const { agentId, minutes, override, key, correlationId } = asked;
    const wanted = this.#wanted(asked.wanted);
    const now = Math.floor(this.#options.clock.now());
    const userId = actor.id ?? '';
    return {
      // The same for the same try, so that what was cut off in the middle is found again.
      id: uuidOf(`${userId}\n${key}`),
      owner: { userId, name: actor.name ?? '' },
      agentId,
      wanted,
      overrideReason: override?.reason ?? null,
      correlationId,
      idempotencyKey: key,
      requestHash: hashOf(asked),
      startedAt: now,
      endsAt: now + minutes * 60_000,
      setAt: now,
      reasserted: 0,
      heldSince: 0,
      ended: null,
    };
  }

  #wanted(asked: WantedPresence): WantedWords {
    try {
      const wanted = this.#options.rules.wantedOf(asked);
      if (canBeHeld(wanted.system)) return wanted;
      throw new Refusal(
        'change-impossible',
        `definitionId: ${wanted.label} cannot be held: a hold is for people who are there, and puts nobody on queue who has walked away`,
      );
    } catch (error) {
      throw error instanceof Refusal ? apiErrorOf(error) : error;
    }
  }

  /** @throws ApiError 409 */
  async #insistOnRoom({ agentId, owner }: PresenceHold): Promise<void> {
    const { holds, clock } = this.#options;
    const running = (await holds.list({ endedSince: clock.now() + 1 })).filter(({ ended }) => ended === null);
    if (running.some((hold) => hold.agentId === agentId))
      throw new ApiError(409, 'change-impossible', 'This agent is held already: end that hold first');
    if (running.filter((hold) => hold.owner.userId === owner.userId).length >= MAX_HOLDS_OF_A_PERSON)
      throw new ApiError(
        409,
        'change-impossible',
        `You hold ${String(MAX_HOLDS_OF_A_PERSON)} agents already, and nobody may hold more: end a hold first`,
      );
  }
}

const insistOnSame = (there: PresenceHold, asked: PresenceHold): PresenceHold => {
  if (there.id !== asked.id)
    throw new ApiError(409, 'change-impossible', 'This agent is held already: end that hold first');
  if (there.requestHash === asked.requestHash) return there;
  throw new ApiError(422, 'idempotency-conflict', 'Idempotency-Key: this key was used for another hold; use a new one');
};

const hashOf = ({ agentId, wanted, minutes, override, expects }: AskedHold): string => {
  const asked = [agentId, wanted.definitionId, wanted.message, minutes, override?.reason ?? null, expects];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
};

/** A UUID that is the same for the same text (RFC 9562, version 8). */
const uuidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
