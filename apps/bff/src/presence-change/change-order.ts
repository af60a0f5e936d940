import type { AuditActor, Change, ChangeCause, ChangeRecord, Presence, Viewer } from '@floorwatch/domain';
import type { PresenceHand } from '@floorwatch/genesys';

/** On whose behalf something is changed. */
export interface Asker {
  /** As the audit tells of them. */
  readonly actor: AuditActor;
  /** Whose rights count. Null for Floorwatch's own ways: whoever set them up had the right, see `mayChange`. */
  readonly viewer: Viewer | null;
  /** What writes at the platform: the person's own token, or the client's. */
  readonly hand: PresenceHand;
}

/** One change that somebody asks for. */
export interface ChangeOrder {
  /** The change's id, where the caller has to know it before; a new one otherwise. */
  readonly id?: string;
  readonly asker: Asker;
  readonly change: Change;
  /** The ETag that the asker has seen. Null for ways that have no page before them: they re-read, and give a `condition`. */
  readonly expects: string | null;
  /** Looked at after the last reading before the write: why what is there is not what the change was meant for; null where it is. */
  readonly condition?: (there: Presence) => string | null;
  /** To act against a schedule that blocks it; takes the right. */
  readonly override: { readonly reason: string } | null;
  readonly cause: ChangeCause;
  /** The bulk, hold or automation it is part of. */
  readonly groupId?: string;
  readonly undoes?: string;
  /** The name of the try: the same actor, key and request is the same change. */
  readonly key: string;
  readonly correlationId: string;
}

/** A reset of Not Responding goes the same way, and wants no presence. */
export type ResetOrder = Omit<ChangeOrder, 'change' | 'condition' | 'override' | 'undoes'> & {
  readonly agentId: Change['agentId'];
};

/** A change on its way. */
export interface Ticket {
  /** As it stood when the ticket was given out: accepted, refused, failed, or waiting for its turn. */
  readonly record: ChangeRecord;
  /** Resolves when it has come to an end; never rejects. A late echo may still turn `not-confirmed` into `confirmed`. */
  readonly settled: Promise<ChangeRecord>;
}

/** A way that leads to a change: at once, or after the contact. */
export interface ChangeWay {
  /**
   * Resolves when the platform took it, or it is clear that it did not; see `record.progress`.
   * @throws ApiError for an order that cannot even be kept: 404 unknown agent, 422 the key was used for something else, 503 no audit
   */
  request(order: ChangeOrder): Promise<Ticket>;
}
