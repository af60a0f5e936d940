import type { ErrorCode, PresenceThere } from '@floorwatch/contracts';
import type { Presence } from '@floorwatch/domain';
import { ApiError } from '../plugins/api-error.ts';

/** A change that is not made: nothing was changed, and the message may be shown to people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  /** What is there, where that is why. */
  readonly now: Presence | null;

  constructor(code: ErrorCode, message: string, now: Presence | null = null) {
    super(message);
    this.code = code;
    this.now = now;
  }
}

/** How the API answers a change that was not made. */
const STATUS_OF: Readonly<Partial<Record<ErrorCode, number>>> = {
  'version-conflict': 412,
  'schedule-blocks': 409,
  'change-impossible': 409,
  'not-allowed': 403,
  'signed-out': 401,
  'rate-limited': 503,
  'platform-unavailable': 503,
};

/** @param now what is there, as the viewer may see it */
export const apiErrorOf = (
  { code, message }: Pick<Refusal, 'code' | 'message'>,
  now?: PresenceThere | null,
): ApiError => new ApiError(STATUS_OF[code] ?? 409, code, now === undefined ? message : { message, now });
