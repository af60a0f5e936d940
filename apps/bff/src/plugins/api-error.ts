import type { ErrorBody, ErrorCode } from '@floorwatch/contracts';

type ErrorDetails = Pick<ErrorBody, 'allowed' | 'missing' | 'now' | 'oldestCursor' | 'retryAfterMs'>;

/** An answer other than the one that was asked for, said on purpose: its message may be shown to people. */
export class ApiError extends Error {
  readonly statusCode: number;
  readonly code: ErrorCode;

  /** What else the answer carries. */
  readonly details: ErrorDetails;

  constructor(statusCode: number, code: ErrorCode, said: string | ({ readonly message: string } & ErrorDetails)) {
    const { message, ...details } = typeof said === 'string' ? { message: said } : said;
    super(message);
    this.name = 'ApiError';
    this.statusCode = statusCode;
    this.code = code;
    this.details = details;
  }
}

export const agentNotFound = (id: string): ApiError =>
  new ApiError(404, 'agent-not-found', `There is no agent with the id ${id} on the board`);
