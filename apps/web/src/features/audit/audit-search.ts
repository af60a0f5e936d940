import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from '@floorwatch/domain';
import { textIn } from '../../lib/page-search.ts';
import { readRangeSearch, type RangeSearch } from '../../lib/range-search.ts';

/** The audit page, as it stands in the address. Absent means all. */
export interface AuditSearch extends RangeSearch {
  /** Only a range of time; absent: whenever it was. */
  readonly time?: 'range';
  readonly action?: AuditAction;
  readonly outcome?: AuditOutcome;
  /** Who did it: an id. */
  readonly actor?: string;
  /** Whom it is about: an id. */
  readonly agent?: string;
  readonly correlation?: string;
}

/** Reads the page from an address. What makes no sense is left out: an old link shows the rest of what it meant. */
export const readAuditSearch = (raw: Readonly<Record<string, unknown>>, fallbackZone: string): AuditSearch => {
  const action = AUDIT_ACTIONS.find((one) => one === raw['action']);
  const outcome = AUDIT_OUTCOMES.find((one) => one === raw['outcome']);
  const [actor, agent, correlation] = [textIn(raw['actor']), textIn(raw['agent']), textIn(raw['correlation'])];
  return {
    ...readRangeSearch(raw, fallbackZone),
    ...(raw['time'] === 'range' && { time: 'range' }),
    ...(action !== undefined && { action }),
    ...(outcome !== undefined && { outcome }),
    ...(actor !== '' && { actor }),
    ...(agent !== '' && { agent }),
    ...(correlation !== '' && { correlation }),
  };
};

/** The same page with no filter. */
export const NO_FILTER = {
  time: undefined,
  action: undefined,
  outcome: undefined,
  actor: undefined,
  agent: undefined,
  correlation: undefined,
} satisfies { [Name in Exclude<keyof AuditSearch, keyof RangeSearch>]: undefined };

export const hasFilter = (search: AuditSearch): boolean => Object.keys(NO_FILTER).some((name) => name in search);
