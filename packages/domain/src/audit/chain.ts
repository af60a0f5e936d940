import { agentId, divisionId } from '../agent/ids.ts';
import type { AuditEntry, AuditRecord, AuditValues, ChainBreak, ChainCheck, ChainHead } from './audit-entry.ts';

/** SHA-256 of a text in UTF-8, as 64 hex digits in lower case; given, because the domain imports nothing. */
export type HashText = (text: string) => string;

/** What comes before the first entry. */
export const CHAIN_START: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** Names the form below: should it ever change, entries of both forms can stand in one chain. */
const FORM = 'floorwatch-audit-1';

/**
 * Makes an entry of a record, next after `head`.
 * @throws RangeError as `keepableRecord` does
 */
export const sealRecord = (record: AuditRecord, head: ChainHead, hash: HashText): AuditEntry => {
  const place = { seq: head.seq + 1, previousHash: head.hash };
  const kept = keepableRecord(record);
  return { ...kept, ...place, hash: hash(canonicalForm(kept, place)) };
};

/**
 * Follows a chain on from `head`, up to the first place where it does not hold together.
 * @param witnesses heads that were noted down before, hashes by number
 */
export const followChain = (
  from: ChainHead,
  entries: Iterable<AuditEntry>,
  { hash, witnesses }: { readonly hash: HashText; readonly witnesses?: ReadonlyMap<number, string> },
): ChainCheck => {
  let head = from;
  for (const entry of entries) {
    const broken = linkProblem(head, entry, hash) ?? witnessProblem(entry, witnesses);
    if (broken !== null) return { head, broken };
    head = { seq: entry.seq, hash: entry.hash };
  }
  return { head, broken: null };
};

/** What is wrong with a chain that ends before a head that was noted down. */
export const cutProblem = ({ seq }: ChainHead, witnesses: ReadonlyMap<number, string>): ChainBreak | null => {
  const last = Math.max(0, ...witnesses.keys());
  if (last <= seq) return null;
  return { seq: seq + 1, reason: `the chain was cut off here: it once went on to entry ${String(last)}` };
};

/** Values in the one form in which they are hashed and kept: JSON with its keys in order. */
export const canonicalValues = (values: AuditValues): string => JSON.stringify(Object.fromEntries(inOrder(values)));

const inOrder = (values: AuditValues): [name: string, value: AuditValues[string]][] =>
  Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Every field has its place, so no two different entries have the same form. */
const canonicalForm = (record: AuditRecord, { seq, previousHash }: Pick<AuditEntry, 'seq' | 'previousHash'>): string =>
  JSON.stringify([
    FORM,
    seq,
    previousHash,
    record.at,
    record.action,
    record.outcome,
    record.actor.kind,
    record.actor.id,
    record.actor.name,
    record.target === null ? null : [record.target.agentId, record.target.divisionId],
    record.before === null ? null : canonicalValues(record.before),
    record.after === null ? null : canonicalValues(record.after),
    record.reason,
    record.correlationId,
    record.platformCorrelationId,
  ]);

const linkProblem = (head: ChainHead, entry: AuditEntry, hash: HashText): ChainBreak | null => {
  const { seq, previousHash } = entry;
  const next = head.seq + 1;
  if (seq > next) return { seq: next, reason: `it is missing: after entry ${String(head.seq)} comes ${String(seq)}` };
  if (seq < next) return { seq, reason: 'there is an entry too many of this number' };
  if (hash(canonicalForm(entry, entry)) !== entry.hash)
    return { seq, reason: 'it does not say what was written: its content and its hash do not fit together' };
  if (previousHash === head.hash) return null;
  return {
    seq,
    reason:
      seq === 1
        ? 'it was not written as the first one'
        : `it was not written after entry ${String(head.seq)} as that stands there now: one of the two was put in the place of another`,
  };
};

const witnessProblem = (
  { seq, hash }: AuditEntry,
  witnesses: ReadonlyMap<number, string> | undefined,
): ChainBreak | null => {
  const noted = witnesses?.get(seq);
  if (noted === undefined || noted === hash) return null;
  return {
    seq,
    reason: 'its hash was noted down as another one: it, or one before it, was written anew with all after',
  };
};

/**
 * A record as it is kept: its fields and no others, and for text that no database can keep (a NUL, half of a surrogate
 * pair) the sign for it.
 * @throws RangeError where a number is not one that JSON can tell: it would be read back as another
 */
export const keepableRecord = (record: AuditRecord): AuditRecord => {
  if (!Number.isSafeInteger(record.at)) throw new RangeError(`an audit record at ${String(record.at)}`);
  const { actor, target } = record;
  return {
    at: record.at,
    action: record.action,
    outcome: record.outcome,
    actor: { kind: actor.kind, id: keepableText(actor.id), name: keepableText(actor.name) },
    target: target === null ? null : keepableTarget(target),
    before: keepableValues(record.before),
    after: keepableValues(record.after),
    reason: keepableText(record.reason),
    correlationId: keepableText(record.correlationId),
    platformCorrelationId: keepableText(record.platformCorrelationId),
  };
};

const keepableTarget = (target: NonNullable<AuditRecord['target']>): AuditRecord['target'] => ({
  agentId: agentId(keepableText(target.agentId)),
  divisionId: target.divisionId === null ? null : divisionId(keepableText(target.divisionId)),
});

const keepableText = <Text extends string | null>(text: Text): Text | string =>
  text === null ? text : text.toWellFormed().replaceAll('\0', '\u{FFFD}');

const keepableValues = (values: AuditValues | null): AuditValues | null =>
  values === null
    ? null
    : Object.fromEntries(inOrder(values).map(([name, value]) => [keepableText(name), keepableValue(name, value)]));

const keepableValue = (name: string, value: AuditValues[string]): AuditValues[string] => {
  if (typeof value === 'string') return keepableText(value);
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw new RangeError(`${name} of an audit record is ${String(value)}`);
  return value + 0; // minus zero comes back as zero
};
