import type { SetterKind } from './set-by.ts';

/** Who set the presence of a row: the part of `SetBy` that is known, as short as a row wants it. */
export interface PresenceSetter {
  readonly kind: Exclude<SetterKind, 'unknown'>;
  /** The other person, by the ref of their own row on the same board; null where they have none, or nobody is named. */
  readonly ref: number | null;
}

/** The same object for all who are told by the kind alone: most rows are. */
const UNNAMED: Readonly<Record<PresenceSetter['kind'], PresenceSetter>> = {
  agent: { kind: 'agent', ref: null },
  supervisor: { kind: 'supervisor', ref: null },
  automation: { kind: 'automation', ref: null },
  system: { kind: 'system', ref: null },
};

export const presenceSetter = (kind: PresenceSetter['kind'], ref: number | null): PresenceSetter =>
  ref === null ? UNNAMED[kind] : { kind, ref };

export const sameSetter = (a: PresenceSetter | undefined, b: PresenceSetter | undefined): boolean =>
  a?.kind === b?.kind && a?.ref === b?.ref;
