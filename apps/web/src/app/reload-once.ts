import { PROTOCOL_VERSION } from '@floorwatch/contracts';

const KEY = 'floorwatch-reloaded-for-protocol';

/**
 * Loads the page again so that it comes from the server's release; once per version of the wire and tab, so that a
 * server that hands out an old page does not make it spin.
 * @returns false when that was done before
 */
export const reloadOnce = (): boolean => {
  const version = String(PROTOCOL_VERSION);
  if (sessionStorage.getItem(KEY) === version) return false;
  sessionStorage.setItem(KEY, version);
  location.reload();
  return true;
};
