interface PlatformErrorParts {
  readonly status: number;
  readonly code: string;
  /** The platform's sentence with its parameters in braces, for instance `Only {limit} users ...`. */
  readonly message: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
}

/** The body of every API error (API §3.1). */
export interface ErrorBody {
  readonly message: string;
  readonly code: string;
  readonly status: number;
  readonly messageWithParams: string;
  readonly messageParams: Readonly<Record<string, string>>;
  readonly contextId: string;
  readonly details: readonly never[];
  readonly errors: readonly never[];
}

/** An answer that is an error. Thrown by operations, turned into the body of the platform at one place. */
export class PlatformError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | null;

  constructor({ status, code, message, params = {}, retryAfterSeconds }: PlatformErrorParts) {
    super(message);
    this.status = status;
    this.code = code;
    this.params = params;
    this.retryAfterSeconds = retryAfterSeconds ?? null;
  }

  /** @param contextId the correlation id of the response */
  toBody(contextId: string): ErrorBody {
    const filled = Object.entries(this.params).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, () => value),
      this.message,
    );
    return {
      message: filled,
      code: this.code,
      status: this.status,
      messageWithParams: this.message,
      messageParams: this.params,
      contextId,
      details: [],
      errors: [],
    };
  }
}

export const badRequest = (message: string, code = 'bad.request'): PlatformError =>
  new PlatformError({ status: 400, code, message });

export const notFound = (message = 'The requested resource was not found.', code = 'not.found'): PlatformError =>
  new PlatformError({ status: 404, code, message });

export const tooManyRequests = (retryAfterSeconds: number): PlatformError =>
  new PlatformError({
    status: 429,
    code: 'too.many.requests.retry.after',
    message: 'Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds',
    params: { seconds: String(retryAfterSeconds) },
    retryAfterSeconds,
  });
