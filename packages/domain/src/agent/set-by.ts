/**
 * Who set a presence, as far as it is known and never guessed: the agent, another person, a rule of Floorwatch, the platform by itself
 * or Floorwatch itself, or nobody knows.
 */
export const SETTER_KINDS = ['agent', 'supervisor', 'automation', 'system', 'unknown'] as const;

export type SetterKind = (typeof SETTER_KINDS)[number];

export interface SetBy {
  readonly kind: SetterKind;
  /** The platform's user id, or the automation's; null where there is none. */
  readonly id: string | null;
  readonly name: string | null;
}
