/** Why an attempt to be live failed, in words for the viewer. */
export interface Problem {
  readonly message: string;
  /** Floorwatch answers, but has read nothing from Genesys Cloud yet; `message` says why. */
  readonly isNotReady: boolean;
  /** Ties it to Floorwatch's log; null where there is none. */
  readonly correlationId: string | null;
  /** How long Floorwatch asked to wait, ms; null where it did not say. */
  readonly retryAfterMs: number | null;
  /** Trying again is of no use: nobody is signed in, or this person may not see the floor. */
  readonly refusal?: 'signed-out' | 'not-allowed';
}

/** Where the page stands with Floorwatch. Each state carries only what it knows. */
export type Connection =
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly retryAtMs: number; readonly problem: Problem }
  | {
      readonly kind: 'refused';
      readonly reason: 'protocol-too-old' | 'not-allowed' | 'signed-out';
      readonly message: string;
    };
