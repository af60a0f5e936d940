import { createHash } from 'node:crypto';
import { scopeKey, type DivisionScope } from '@floorwatch/domain';

/**
 * The epoch of a board as those see it who may see the scope: a position in one scope says nothing in another, so whoever
 * gets another scope has to load the list again. Whoever sees everything has the board's own.
 */
export const scopeEpoch = (epoch: string, seen: DivisionScope): string =>
  seen === 'all' ? epoch : `${epoch}.${createHash('sha256').update(scopeKey(seen)).digest('base64url').slice(0, 16)}`;
