import type { ChangeRecord, WantedPresence } from '@floorwatch/domain';
import { presenceEtag } from './presence-etag.ts';

/** How long a change can be undone, ms. */
export const UNDO_MS = 10_000;

/** What an undo would put back, and what must be there for it; null where it cannot be undone (any more). */
export const undoOf = (
  { kind, cause, progress }: ChangeRecord,
  now: number,
): { readonly wanted: WantedPresence; readonly expects: string } | null => {
  const { state, before, written, acceptedAt } = progress;
  const isMade = state === 'accepted' || state === 'confirmed' || state === 'not-confirmed';
  if (!isMade || kind !== 'presence' || cause === 'undo') return null;
  if (acceptedAt === null || now >= acceptedAt + UNDO_MS) return null;
  if (written === null || before === null || before.definitionId === null) return null;
  return { wanted: { definitionId: before.definitionId, message: before.message }, expects: presenceEtag(written) };
};
