import { isZone } from './zone-time.ts';

const KEY = 'floorwatch-zone';

/** The zone of the viewer's computer. */
export const viewerZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that was last chosen in this browser; the computer's own before any was. */
export const rememberedZone = (): string => {
  const held = localStorage.getItem(KEY);
  return held !== null && isZone(held) ? held : viewerZone();
};

export const rememberZone = (zone: string): void => localStorage.setItem(KEY, zone);
