import type { StatusTime } from '@floorwatch/contracts';
import type { SystemPresence } from '@floorwatch/domain';
import { PRESENCE_WORD } from '../../look/words.ts';

/** One presence with the secondary statuses of the organisation that belong to it. */
export interface StatusGroup {
  readonly system: SystemPresence;
  readonly word: string;
  /** Of all of it, seconds. */
  readonly seconds: number;
  readonly times: number;
  /** Told apart only where the organisation has words of its own for some of it. */
  readonly parts: readonly {
    readonly key: string;
    readonly word: string;
    readonly seconds: number;
    readonly times: number;
  }[];
}

/** Time per status by presence, longest first. */
export const groupStatuses = (statuses: readonly StatusTime[]): StatusGroup[] => {
  const groups = Map.groupBy(statuses, ({ system }) => system);
  return [...groups]
    .map(([system, held]) => ({
      system,
      word: PRESENCE_WORD[system],
      seconds: sumOf(held.map(({ seconds }) => seconds)),
      times: sumOf(held.map(({ times }) => times)),
      parts: held.some(({ isSecondary }) => isSecondary)
        ? held
            .map(({ definitionId, label, seconds, times, isSecondary }) => ({
              key: definitionId ?? 'none',
              word: isSecondary ? (label ?? 'A status that is no longer defined') : `${PRESENCE_WORD[system]} itself`,
              seconds,
              times,
            }))
            .toSorted((a, b) => b.seconds - a.seconds)
        : [],
    }))
    .toSorted((a, b) => b.seconds - a.seconds);
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
