/** What the process with the database is asked. */
export type PgliteRequest =
  | { readonly id: number; readonly kind: 'open'; readonly directory: string }
  | { readonly id: number; readonly kind: 'query'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly id: number; readonly kind: 'exec'; readonly text: string }
  | { readonly id: number; readonly kind: 'close' };

/** An error's parts; errors themselves lose their fields on the way between processes. */
export interface PgliteFailure {
  readonly message: string;
  readonly code: string | null;
  readonly constraint: string | null;
  readonly detail: string | null;
}

/** What it answers. */
export interface PgliteAnswer {
  readonly id: number;
  readonly rows?: readonly Record<string, unknown>[];
  readonly affectedRows?: number;
  readonly failure?: PgliteFailure;
  /** Not the statement has failed, but the database: nothing that it says from now on can be believed. */
  readonly isBroken?: true;
}
