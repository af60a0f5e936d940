import { IDEMPOTENCY_HEADER, IF_MATCH_HEADER } from '@floorwatch/contracts';
import { covers, scopeOf, type AgentId, type Board, type Viewer } from '@floorwatch/domain';
import type { FastifyRequest } from 'fastify';
import { signedOut } from '../../plugins/access.ts';
import { ApiError } from '../../plugins/api-error.ts';
import { askerOf } from '../../presence-change/asker-of.ts';
import type { Asker } from '../../presence-change/change-order.ts';

/** Any text that is no more than a line. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Somebody signed in who asks for changes. */
export type Person = Asker & { readonly viewer: Viewer };

/** Whoever sends this, as one who asks for changes. @throws ApiError 401 */
export const askerIn = (request: FastifyRequest): Asker => {
  if (request.visit === null) throw signedOut();
  return askerOf(request.visit);
};

/** @throws ApiError 401 */
export const personIn = (request: FastifyRequest): Person => ({ ...askerIn(request), viewer: request.viewer });

/** Whether the viewer may see this agent on the floor. */
export const maySee = (viewer: Viewer, id: AgentId, board: Board): boolean => {
  const row = board.rowOf(id);
  return row !== null && covers(scopeOf(viewer, 'see-floor'), row.profile.divisionId);
};

/** @throws ApiError 428, 400 */
export const headersOf = (request: FastifyRequest): { readonly expects: string; readonly key: string } => {
  const expects = request.headers[IF_MATCH_HEADER]?.trim() ?? '';
  if (!/^"[^"]{1,100}"$/.test(expects))
    throw new ApiError(
      428,
      'version-required',
      'If-Match: send the etag of the presence that is to be replaced, as the preview or GET …/presence gives it',
    );
  return { expects, key: keyOf(request) };
};

/** The caller's name for the try. @throws ApiError 400 */
export const keyOf = ({ headers }: FastifyRequest): string => {
  const key = headers[IDEMPOTENCY_HEADER];
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new ApiError(
    400,
    'invalid-request',
    'Idempotency-Key: send a text of your own for this change, such as a UUID',
  );
};
