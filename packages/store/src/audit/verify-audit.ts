import {
  CHAIN_START,
  cutProblem,
  followChain,
  type AuditEntry,
  type ChainCheck,
  type ChainHead,
} from '@floorwatch/domain';
import { sha256, type AuditTable } from './audit-table.ts';

/** How many entries are read at once: hashing them takes a few ms, in which nothing else runs. */
const BATCH = 500;

/** @see AuditLog.verify */
export const verifyAudit = async (
  readOn: AuditTable['readOn'],
  noted: readonly ChainHead[] = [],
): Promise<ChainCheck> => {
  const witnesses = new Map(noted.map(({ seq, hash }) => [seq, hash]));
  let check: ChainCheck = { head: CHAIN_START, broken: null };
  for (;;) {
    const entries = await entriesAfter(check.head, readOn);
    if (entries.length === 0) return { ...check, broken: cutProblem(check.head, witnesses) };
    check = followChain(check.head, entries, { hash: sha256, witnesses });
    if (check.broken !== null) return check;
  }
};

/** The head is read again with those after it: a second entry of its number would be passed over otherwise. */
const entriesAfter = async ({ seq, hash }: ChainHead, readOn: AuditTable['readOn']): Promise<AuditEntry[]> => {
  const isStart = seq === CHAIN_START.seq;
  const entries = await readOn(isStart ? null : seq, BATCH);
  const [first] = entries;
  return !isStart && first?.seq === seq && first.hash === hash ? entries.slice(1) : entries;
};
