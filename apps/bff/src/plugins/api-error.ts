import type { ErrorCode } from '@floorwatch/contracts';

/** An answer other than the one that was asked for, said on purpose: its message may be shown to people. */
export class ApiError extends Error {
  readonly statusCode: number;
  readonly code: ErrorCode;

  constructor(statusCode: number, code: ErrorCode, message: string) {
    super(message);
    this.name = 'ApiError';
    this.statusCode = statusCode;
    this.code = code;
  }
}
