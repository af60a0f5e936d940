/**
 * Why a row is to be read with care; what cannot be seen in the agent's state itself, in the order of weight.
 *
 * - `stuck`: routing holds the agent as interacting, and nobody knows a contact
 * - `unlisted`: the platform's last list did not name the agent; it is not believed, the last state is kept
 * - `volatile`: the agent changes so often that no figure should count on it
 */
export const FLAG_KINDS = ['stuck', 'unlisted', 'volatile'] as const;

export type FlagKind = (typeof FLAG_KINDS)[number];

export interface AgentFlag {
  readonly kind: FlagKind;
  /** When it was raised, platform clock, ms. */
  readonly since: number;
  /** For people. */
  readonly reason: string;
}

/** At most one of a kind, in the order of `FLAG_KINDS`. */
export type AgentFlags = readonly AgentFlag[];

/** One for all rows, because most have none. */
export const NO_FLAGS: AgentFlags = [];

export const hasFlag = (flags: AgentFlags, kind: FlagKind): boolean => flags.some((flag) => flag.kind === kind);

/** The flags with one more; it takes the place of a flag of its kind. */
export const withFlag = (flags: AgentFlags, flag: AgentFlag): AgentFlags =>
  [...withoutFlag(flags, flag.kind), flag].toSorted((a, b) => FLAG_KINDS.indexOf(a.kind) - FLAG_KINDS.indexOf(b.kind));

/** The flags without the one of a kind; the very same when there is none. */
export const withoutFlag = (flags: AgentFlags, kind: FlagKind): AgentFlags => {
  if (!hasFlag(flags, kind)) return flags;
  return flags.length === 1 ? NO_FLAGS : flags.filter((flag) => flag.kind !== kind);
};

export const sameFlags = (a: AgentFlags, b: AgentFlags): boolean =>
  a === b || (a.length === b.length && a.every((flag, index) => sameFlag(flag, b[index])));

const sameFlag = (a: AgentFlag, b: AgentFlag | undefined): boolean =>
  b !== undefined && a.kind === b.kind && a.since === b.since && a.reason === b.reason;
