import { createHash } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentId, divisionId } from '../agent/ids.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditEntry, type AuditRecord, type AuditValues } from './audit-entry.ts';
import { canonicalValues, CHAIN_START, cutProblem, followChain, sealRecord, type HashText } from './chain.ts';

const sha256: HashText = (text) => createHash('sha256').update(text).digest('hex');

/** Also NUL, lone surrogates, quotes, and what looks like a field's end. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '","', '\0', '\uD800', 'O’Neil', 'null'),
);

const values: Arbitrary<AuditValues | null> = fc.option(
  fc.dictionary(
    text,
    fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    {
      maxKeys: 3,
    },
  ),
);

const record: Arbitrary<AuditRecord> = fc.record({
  at: fc.nat(),
  action: fc.constantFrom(...AUDIT_ACTIONS),
  outcome: fc.constantFrom(...AUDIT_OUTCOMES),
  actor: fc.record({
    kind: fc.constantFrom('person', 'automation', 'system', 'anonymous'),
    id: fc.option(text),
    name: fc.option(text),
  }),
  target: fc.option(
    fc.record({ agentId: text.map(agentId), divisionId: fc.option(text.map(divisionId)) }, { noNullPrototype: true }),
  ),
  before: values,
  after: values,
  reason: fc.option(text),
  correlationId: text,
  platformCorrelationId: fc.option(text),
});

const chainOf = (records: readonly AuditRecord[]): AuditEntry[] => {
  const entries: AuditEntry[] = [];
  for (const one of records) entries.push(sealRecord(one, entries.at(-1) ?? CHAIN_START, sha256));
  return entries;
};

const chain = fc.array(record, { minLength: 2, maxLength: 8 }).map(chainOf);

/** A chain and a place in it. */
const chainAndPlace = chain.chain((entries) => fc.tuple(fc.constant(entries), fc.nat({ max: entries.length - 1 })));

const check = (entries: readonly AuditEntry[], witnesses?: ReadonlyMap<number, string>) =>
  followChain(CHAIN_START, entries, witnesses === undefined ? { hash: sha256 } : { hash: sha256, witnesses });

/** Every way to change one field of an entry to `other`'s. */
const alterations = (entry: AuditEntry, other: AuditRecord): AuditEntry[] => [
  { ...entry, at: entry.at + 1 },
  { ...entry, action: AUDIT_ACTIONS.find((action) => action !== entry.action) ?? entry.action },
  { ...entry, outcome: AUDIT_OUTCOMES.find((outcome) => outcome !== entry.outcome) ?? entry.outcome },
  { ...entry, actor: { ...entry.actor, kind: entry.actor.kind === 'system' ? 'person' : 'system' } },
  { ...entry, actor: { ...entry.actor, id: altered(entry.actor.id) } },
  { ...entry, actor: { ...entry.actor, name: altered(entry.actor.name) } },
  {
    ...entry,
    target: entry.target === null ? { agentId: agentId(''), divisionId: null } : null,
  },
  { ...entry, before: { ...entry.before, more: other.at } },
  { ...entry, after: entry.after === null ? {} : null },
  { ...entry, reason: altered(entry.reason) },
  { ...entry, correlationId: `${entry.correlationId} ` },
  { ...entry, platformCorrelationId: altered(entry.platformCorrelationId) },
  { ...entry, hash: sha256(entry.hash) },
  { ...entry, previousHash: sha256(entry.previousHash) },
];

const altered = (value: string | null): string => (value === null ? '' : `${value}x`);

describe('A chain of audit entries', () => {
  it('holds together as it was written, counted from 1', () => {
    fc.assert(
      fc.property(chain, (entries) => {
        const last = entries.at(-1) ?? expect.fail();
        expect(check(entries)).toEqual({ head: { seq: entries.length, hash: last.hash }, broken: null });
      }),
    );
  });

  it('can be followed in parts', () => {
    fc.assert(
      fc.property(chainAndPlace, ([entries, place]) => {
        const { head } = check(entries.slice(0, place));
        expect(followChain(head, entries.slice(place), { hash: sha256 })).toEqual(check(entries));
      }),
    );
  });

  it('names the entry of which any field was changed', () => {
    fc.assert(
      fc.property(chainAndPlace, record, ([entries, place], other) => {
        for (const changed of alterations(entries[place] ?? expect.fail(), other))
          expect(check(entries.with(place, changed)).broken).toMatchObject({ seq: place + 1 });
      }),
    );
  });

  it('names the entry after one that was written anew with a hash that fits', () => {
    fc.assert(
      fc.property(chainAndPlace, record, ([entries, place], other) => {
        fc.pre(place < entries.length - 1);
        const forged = sealRecord({ ...other, at: -1 }, entries[place - 1] ?? CHAIN_START, sha256);
        expect(check(entries.with(place, forged)).broken).toMatchObject({ seq: place + 2 });
      }),
    );
  });

  it('names the one that was taken out', () => {
    fc.assert(
      fc.property(chainAndPlace, ([entries, place]) => {
        fc.pre(place < entries.length - 1);
        expect(check(entries.toSpliced(place, 1)).broken).toMatchObject({ seq: place + 1 });
      }),
    );
  });

  it('names the place where one was taken out and those after it were given its number', () => {
    fc.assert(
      fc.property(chainAndPlace, ([entries, place]) => {
        fc.pre(place < entries.length - 1);
        const closed = entries.toSpliced(place, 1).map((entry, index) => ({ ...entry, seq: index + 1 }));
        expect(check(closed).broken).toMatchObject({ seq: place + 1 });
      }),
    );
  });

  it('names the one that was put in, or the next after it', () => {
    fc.assert(
      fc.property(chainAndPlace, record, ([entries, place], other) => {
        const forged = sealRecord(other, entries[place - 1] ?? CHAIN_START, sha256);
        expect(check(entries.toSpliced(place, 0, forged)).broken?.seq).toBe(place + 1);
      }),
    );
  });

  it('names the first of two that changed places', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), ([entries, place], distance) => {
        const other = (place + 1 + (distance % (entries.length - 1))) % entries.length;
        const [a, b] = [entries[place] ?? expect.fail(), entries[other] ?? expect.fail()];
        expect(check(entries.with(place, b).with(other, a)).broken).toMatchObject({ seq: Math.min(place, other) + 1 });
      }),
    );
  });

  it('is known to be cut off, or written anew from some entry on, by a head that was noted down', () => {
    fc.assert(
      fc.property(chainAndPlace, record, ([entries, place], other) => {
        const noted = new Map([[entries.length, entries.at(-1)?.hash ?? '']]);
        expect(check(entries, noted).broken).toBeNull();
        const { head, broken } = check(entries.slice(0, place), noted);
        expect([broken, cutProblem(head, noted)]).toMatchObject([null, { seq: place + 1 }]);
        const anew = chainOf(entries.with(place, { ...(entries[place] ?? expect.fail()), ...other, at: -1 }));
        expect(check(anew).broken).toBeNull();
        expect(check(anew, noted).broken).toMatchObject({ seq: entries.length });
      }),
    );
  });
});

describe('A sealed record', () => {
  it('is the same for the same content, in whatever order its values are named', () => {
    fc.assert(
      fc.property(record, (one) => {
        const turned = (given: AuditValues | null) =>
          given === null ? null : Object.fromEntries(Object.entries(given).toReversed());
        const other = { ...one, before: turned(one.before), after: turned(one.after) };
        expect(sealRecord(other, CHAIN_START, sha256).hash).toBe(sealRecord(one, CHAIN_START, sha256).hash);
      }),
    );
  });

  it('is read back from JSON as it is', () => {
    fc.assert(
      fc.property(record, (one) => {
        const entry = sealRecord(one, CHAIN_START, sha256);
        expect(check([JSON.parse(JSON.stringify(entry)) as AuditEntry]).broken).toBeNull();
        const { after } = entry;
        if (after === null) return;
        const kept = canonicalValues(after);
        expect(canonicalValues(JSON.parse(kept) as AuditValues)).toBe(kept);
      }),
    );
  });

  it('has no text that a database cannot keep', () => {
    fc.assert(
      fc.property(record, (one) => {
        const isKeepable = (words: unknown): boolean =>
          typeof words !== 'string' || (words.isWellFormed() && !words.includes('\0'));
        JSON.stringify(sealRecord(one, CHAIN_START, sha256), (name: string, value: unknown) => {
          expect([name, value].every(isKeepable)).toBe(true);
          return value;
        });
      }),
    );
  });

  it('keeps nothing that is no part of a record', () => {
    const [one] = fc.sample(record, 1);
    const entry = sealRecord(Object.assign(one ?? expect.fail(), { token: 'secret' }), CHAIN_START, sha256);
    expect(JSON.stringify(entry)).not.toContain('secret');
  });

  it.each([{ after: { share: NaN } }, { before: { share: Infinity } }, { at: 0.5 }])(
    'refuses numbers that would be read back as another: %j',
    (part) => {
      const [one] = fc.sample(record, 1);
      expect(() => sealRecord({ ...(one ?? expect.fail()), ...part }, CHAIN_START, sha256)).toThrow(RangeError);
    },
  );
});
