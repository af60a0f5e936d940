import { SYSTEM_PRESENCES, type SystemPresence } from '@floorwatch/domain';

/** @throws Error for a presence that only a newer program knows */
export const knownPresence = (word: string): SystemPresence => {
  const system = SYSTEM_PRESENCES.find((one) => one === word);
  if (system === undefined) throw new Error(`the presence "${word}" of an order is not known`);
  return system;
};
