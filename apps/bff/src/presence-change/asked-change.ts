import { createHash } from 'node:crypto';
import type { AgentId, ChangeKind, ChangeRecord, WantedPresence } from '@floorwatch/domain';
import { ApiError } from '../plugins/api-error.ts';
import type { ChangeOrder } from './change-order.ts';
import { PresenceDeed, ResetDeed, type Deed } from './deed.ts';

/** An order of either kind, with what makes it the same order again. */
export interface AskedChange {
  readonly kind: ChangeKind;
  readonly agentId: AgentId;
  /** Null for a reset of Not Responding. */
  readonly wanted: WantedPresence | null;
  readonly order: Omit<ChangeOrder, 'change'>;
  readonly hash: string;
}

export const askedOf = (
  kind: ChangeKind,
  { agentId, wanted, order }: Omit<AskedChange, 'kind' | 'hash'>,
): AskedChange => {
  const { expects, override, cause, groupId = null } = order;
  const same = [kind, agentId, wanted?.definitionId, wanted?.message, expects, override?.reason, cause, groupId];
  const hash = createHash('sha256').update(JSON.stringify(same)).digest('hex');
  return { kind, agentId, wanted, order, hash };
};

/** @throws ApiError 422 where the record is of another order under the same key */
export const insistOnSame = (record: Pick<ChangeRecord, 'requestHash'>, { hash }: Pick<AskedChange, 'hash'>): void => {
  if (record.requestHash === hash) return;
  throw new ApiError(
    422,
    'idempotency-conflict',
    'Idempotency-Key: this key was used for another change already, so nothing was changed: use a new one for each change',
  );
};

export const deedOf = ({ agentId, wanted }: ChangeRecord, { order }: AskedChange): Deed => {
  const { asker, expects, condition = () => null } = order;
  const parts = { agentId, hand: asker.hand, expects, condition };
  return wanted === null ? new ResetDeed(parts) : new PresenceDeed(parts, wanted);
};
