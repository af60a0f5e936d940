/** What the thread with the database is asked. */
export type PgliteRequest =
  | { readonly id: number; readonly kind: 'query'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly id: number; readonly kind: 'exec'; readonly text: string }
  | { readonly id: number; readonly kind: 'close' };

/** An error's parts; errors themselves lose their fields on the way between threads. */
export interface PgliteFailure {
  readonly message: string;
  readonly code: string | null;
  readonly constraint: string | null;
  readonly detail: string | null;
}

/** What it answers. Id 0 is the answer to being started. */
export interface PgliteAnswer {
  readonly id: number;
  readonly rows?: readonly Record<string, unknown>[];
  readonly affectedRows?: number;
  readonly failure?: PgliteFailure;
}

export interface PgliteWorkerData {
  readonly directory: string;
}
