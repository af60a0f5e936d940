import type { AuditActor, ChangeRecord, Clock, Presence, RoutingStatus, WantedWords } from '@floorwatch/domain';
import { GenesysError, type GenesysCloud, type PresenceChange, type PresenceHand } from '@floorwatch/genesys';
import { personOf, type WhoSet } from './who-set.ts';

/** Looks at the platform, the pauses before each, ms: a write that got no answer may still be on its way. */
const PAUSES_MS = [300, 700, 1500];

/** The platform's audit dates a change a little apart from the change itself, ms. */
const APART_MS = 1000;

/** What became of a write that got no answer. */
export type FoundOut =
  | { readonly made: Presence | RoutingStatus }
  /** It was not made, as far as the platform shows; what is there. Null where it could not be asked. */
  | { readonly made: null; readonly there: Presence | null };

export interface FindOutOptions {
  readonly clock: Clock;
  readonly cloud: Pick<GenesysCloud, 'platformNow'>;
  readonly whoSet: WhoSet;
}

/** Finds out by reading whether a write was made; never writes. */
export class FindOut {
  readonly #options: FindOutOptions;

  constructor(options: FindOutOptions) {
    this.#options = options;
  }

  /** @param pausesMs waits before each look; the last answer counts */
  async of(record: ChangeRecord, hand: PresenceHand, pausesMs: readonly number[] = PAUSES_MS): Promise<FoundOut> {
    let there: Presence | null = null;
    for (const pauseMs of pausesMs) {
      await this.#options.clock.sleep(pauseMs);
      there = (await orNull(hand.getPresence(record.agentId))) ?? there;
      const made = record.wanted === null ? await awakeOf(record, hand) : there && (await this.madeBy(record, there));
      if (made !== null) return { made };
    }
    return { made: null, there };
  }

  /** Our write as it shows: it is there, or the platform's audit tells of it. */
  async madeBy(
    { agentId, wanted, actor, progress: { before } }: ChangeRecord,
    there: Presence,
  ): Promise<Presence | null> {
    if (wanted === null || before === null || !there.since.exact || there.since.at <= before.since.at) return null;
    const { whoSet, cloud } = this.#options;
    const changes = await whoSet.between(agentId, { from: before.since.at + 1, to: cloud.platformNow() + 1000 });
    const ours = changes?.filter((change) => isBy(change, actor)).at(-1);
    if (isWanted(there, wanted)) {
      const setters = changes?.filter(({ at }) => Math.abs(at - there.since.at) <= APART_MS) ?? [];
      return setters.length === 0 || setters.some((change) => isBy(change, actor)) ? there : null;
    }
    if (ours === undefined) return null;
    const { system, definitionId, message } = wanted;
    return { system, definitionId, message, since: { at: ours.at, exact: true } };
  }
}

const orNull = async <Fact>(reading: Promise<Fact>): Promise<Fact | null> => {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GenesysError) return null;
    throw error;
  }
};

/** Of a reset: the routing status, where it is not Not Responding any more. */
const awakeOf = async ({ agentId }: ChangeRecord, hand: PresenceHand): Promise<RoutingStatus | null> => {
  const routing = await orNull(hand.getRoutingStatus(agentId));
  return routing?.state === 'notResponding' ? null : routing;
};

/** Whether a presence is what was asked for, whenever it was set. */
export const isWanted = (there: Presence, { system, definitionId, message }: WantedWords): boolean =>
  there.system === system &&
  (there.definitionId === null || there.definitionId === definitionId) &&
  (there.message ?? '') === (message ?? '');

const isBy = (change: PresenceChange, actor: AuditActor): boolean =>
  actor.kind === 'person' ? personOf(change) === actor.id : personOf(change) === null;
