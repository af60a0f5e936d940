import type { Clock, Presence, RoutingStatus } from '@floorwatch/domain';
import {
  GenesysError,
  GenesysGrantRefused,
  GenesysNotPermitted,
  GenesysRateLimited,
  GenesysRejected,
  GenesysUnauthorized,
  GenesysUnavailable,
  GenesysUnexpected,
  type Written,
} from '@floorwatch/genesys';
import type { Deed } from './deed.ts';
import { Refusal } from './refusal.ts';

/** Tries in all where the platform is still at work on an earlier write, or its budget is spent. */
const MAX_TRIES = 3;

/** An earlier write settles in a moment, ms; as much again by chance, and longer with each try. */
const SETTLES_MS = 120;

/** Somebody waits: a longer `Retry-After` is told instead, ms. */
const MAX_RETRY_AFTER_MS = 5000;

/** Nobody knows whether the platform made the write: it gave no answer, or one that says nothing. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: GenesysError) {
    super('the platform did not say whether it took the change', { cause });
  }
}

/** What waiting takes. */
export interface Patience {
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * Writes, and again after a conflict or a spent budget: with a wait, and another look before it.
 * @throws Refusal where nothing was changed, OutcomeUnknown
 */
export const makeWrite = async (deed: Deed, patience: Patience): Promise<Written<Presence | RoutingStatus>> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await deed.write();
    } catch (error) {
      if (error instanceof GenesysUnavailable || error instanceof GenesysUnexpected) throw new OutcomeUnknown(error);
      await waitAfter(error, tries, patience);
    }
    await lookAt(deed, patience);
  }
};

/** Looks; a platform that cannot be read is a refusal too, for nothing was changed. @throws Refusal */
export const lookAt = async (deed: Deed, patience: Patience): Promise<void> => {
  for (let tries = 1; ; tries += 1)
    try {
      await deed.look();
      return;
    } catch (error) {
      await waitAfter(error, tries, patience);
    }
};

/** @throws Refusal where waiting is of no use, or would be too long */
const waitAfter = async (error: unknown, tries: number, { clock, random }: Patience): Promise<void> => {
  const waitMs = tries < MAX_TRIES ? waitBefore(error, tries, random) : null;
  if (waitMs === null) throw refusalOf(error);
  await clock.sleep(waitMs);
};

const waitBefore = (error: unknown, tries: number, random: () => number): number | null => {
  if (isConflict(error)) return SETTLES_MS * tries * (1 + random());
  if (!(error instanceof GenesysRateLimited) || error.retryAfterMs > MAX_RETRY_AFTER_MS) return null;
  return error.retryAfterMs + 200 * random();
};

const isConflict = (error: unknown): boolean => error instanceof GenesysRejected && error.status === 409;

/** What the platform says to a change that it did not make, in words for a person. Rethrows what is no word of the platform. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal || !(error instanceof GenesysError)) throw error;
  if (error instanceof GenesysRateLimited)
    return new Refusal(
      'rate-limited',
      `Genesys Cloud allows no more requests now, so nothing was changed: try again in ${String(Math.ceil(error.retryAfterMs / 1000))} s`,
    );
  if (error instanceof GenesysNotPermitted) return new Refusal('not-allowed', notPermitted(error));
  if (error instanceof GenesysUnauthorized || error instanceof GenesysGrantRefused)
    return new Refusal(
      'signed-out',
      'Genesys Cloud no longer honours this sign-in, so nothing was changed: sign in again',
    );
  if (isConflict(error))
    return new Refusal(
      'platform-unavailable',
      'Genesys Cloud is still at work on an earlier change of this agent, so nothing was changed: try again in a moment',
    );
  if (error instanceof GenesysRejected) return new Refusal('change-impossible', rejected(error));
  return new Refusal(
    'platform-unavailable',
    'Genesys Cloud cannot be asked right now, so nothing was changed: try again in a minute',
  );
};

const notPermitted = ({ code, needs }: GenesysNotPermitted): string => {
  if (code === 'presence.not.authorized.update.on.queue')
    return 'Genesys Cloud does not let you put this agent on queue, so nothing was changed: it takes another permission there';
  const takes = needs.length === 0 ? 'presence:userPresence:edit in the agent’s division' : needs.join(' or ');
  return `Genesys Cloud does not allow this change, so nothing was changed: it takes the permission ${takes}`;
};

const rejected = ({ status, code }: GenesysRejected): string =>
  status === 404
    ? 'Genesys Cloud does not know this agent any more, so nothing was changed'
    : `Genesys Cloud did not take this presence (${code ?? String(status)}), so nothing was changed: is the definition still active?`;
