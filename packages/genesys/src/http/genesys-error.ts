/** Which call failed. `path` is a template such as `/api/v2/users/{userId}`: no ids, no query, nothing secret. */
export interface CallContext {
  readonly method: string;
  readonly path: string;
  /** The platform's `ININ-Correlation-Id`, the one thing its support asks for; null where there was no answer. */
  readonly correlationId: string | null;
}

interface ErrorParts {
  readonly message: string;
  readonly context: CallContext;
  /** Whether the same call may succeed later, with nothing changed on our side. */
  readonly retryable: boolean;
  readonly cause?: Error | undefined;
}

/** Everything that a call to the platform throws (besides the reason of an aborted signal). */
export abstract class GenesysError extends Error {
  readonly context: CallContext;
  readonly retryable: boolean;

  constructor({ message, context, retryable, cause }: ErrorParts) {
    const trace = context.correlationId === null ? '' : ` [correlation id ${context.correlationId}]`;
    super(`${message} (${context.method} ${context.path})${trace}`, cause === undefined ? {} : { cause });
    this.context = context;
    this.retryable = retryable;
  }
}

/** The request budget is spent, or the platform said 429. */
export class GenesysRateLimited extends GenesysError {
  override readonly name = 'GenesysRateLimited';
  /** When another try makes sense, ms from now. */
  readonly retryAfterMs: number;

  constructor(parts: Omit<ErrorParts, 'message' | 'retryable'> & { retryAfterMs: number; retryable?: boolean }) {
    const seconds = Math.ceil(parts.retryAfterMs / 1000);
    const retryable = parts.retryable ?? true;
    const advice = retryable
      ? `try again in ${seconds} s`
      : `it asks to wait ${seconds} s, which is more than we wait for: a daily limit, most likely; see the limits of the organisation`;
    super({ ...parts, retryable, message: `Genesys Cloud allows no more requests now: ${advice}` });
    this.retryAfterMs = parts.retryAfterMs;
  }
}

/** The credentials, or the token even after a renewal, were not accepted. */
export class GenesysUnauthorized extends GenesysError {
  override readonly name = 'GenesysUnauthorized';

  constructor(parts: Omit<ErrorParts, 'retryable'>) {
    super({ ...parts, retryable: false });
  }
}

/** The login host no longer honours a person's code or refresh token: used, run out or revoked. Sign in anew. */
export class GenesysGrantRefused extends GenesysError {
  override readonly name = 'GenesysGrantRefused';

  constructor(parts: Omit<ErrorParts, 'retryable'>) {
    super({ ...parts, retryable: false });
  }
}

/** No answer, or the platform's own failure (5xx). */
export class GenesysUnavailable extends GenesysError {
  override readonly name = 'GenesysUnavailable';
  /** HTTP status; null where no answer came. */
  readonly status: number | null;

  constructor(parts: Omit<ErrorParts, 'retryable'> & { status: number | null }) {
    super({ ...parts, retryable: true });
    this.status = parts.status;
  }
}

/** The platform understood and said no (4xx). */
export class GenesysRejected extends GenesysError {
  override readonly name = 'GenesysRejected';
  readonly status: number;
  /** The platform's code, such as `missing.permissions`; null where it gave none. */
  readonly code: string | null;

  constructor(parts: Omit<ErrorParts, 'retryable'> & { status: number; code: string | null }) {
    super({ ...parts, retryable: false });
    this.status = parts.status;
    this.code = parts.code;
  }
}

/** The client's role lacks a permission (403). */
export class GenesysNotPermitted extends GenesysRejected {
  /** What the role needs, one of them or all, for instance `audits:audit:view`; empty where the platform did not say. */
  readonly needs: readonly string[];

  constructor(
    parts: Omit<ErrorParts, 'retryable'> & { status: number; code: string | null; needs: readonly string[] },
  ) {
    super(parts);
    this.needs = parts.needs;
  }
}

/** The answer was not what the platform documents; `message` names the fields. */
export class GenesysUnexpected extends GenesysError {
  override readonly name = 'GenesysUnexpected';

  constructor(parts: Omit<ErrorParts, 'retryable'>) {
    super({ ...parts, retryable: false });
  }
}
