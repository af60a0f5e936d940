import type { Actor } from '@floorwatch/contracts';
import type { Presence } from '@floorwatch/domain';
import { useStore } from 'zustand';
import type { LiveStore } from './live-store.ts';
import { useLiveServices } from './use-live.ts';

/** Who set a presence, named where that person is on this browser's floor: of others nothing is known here. */
export const setterOn = (live: Pick<LiveStore, 'rowAt'>, presence: Presence | null): Actor => {
  const { kind = 'unknown', ref = null } = presence?.setBy ?? {};
  return { by: kind, name: nameAt(live, ref) };
};

const nameAt = (live: Pick<LiveStore, 'rowAt'>, ref: number | null): string | null =>
  ref === null ? null : (live.rowAt(ref)?.profile.name ?? null);

/** The same, told anew when that person's name comes or goes. */
export const useSetter = (presence: Presence | null): Actor => {
  const { live } = useLiveServices();
  const ref = presence?.setBy?.ref ?? null;
  const name = useStore(live.store, () => nameAt(live, ref)); // asked for with every frame, of every tile
  return { by: presence?.setBy?.kind ?? 'unknown', name };
};
