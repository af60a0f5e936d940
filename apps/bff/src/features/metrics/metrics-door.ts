import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../plugins/api-error.ts';

/** What a collector shows that it is one. */
export interface MetricsDoorOptions {
  /** The token that is asked for; null where only programs on this machine are answered. */
  readonly token: string | null;
}

/** As sockets and addresses spell this machine. */
const THIS_MACHINE: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1', 'localhost', '[::1]']);

/**
 * Who may read the metrics: with a token whoever brings it, from wherever; without one programs on this machine, which ask it by an
 * address of its own and not through a proxy. No session opens them: a collector has none, and a browser has no use for them.
 * @throws ApiError 401 or 403, both `not-allowed`
 */
export const admitCollector = (request: FastifyRequest, { token }: MetricsDoorOptions): void => {
  if (token !== null) {
    const brought = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (brought !== undefined && isSame(brought, token)) return;
    throw new ApiError(401, 'not-allowed', 'The metrics take the token of METRICS_TOKEN: Authorization: Bearer …');
  }
  if (THIS_MACHINE.has(request.ip) && THIS_MACHINE.has(hostnameOf(request)) && !isPassedOn(request)) return;
  throw new ApiError(
    403,
    'not-allowed',
    'Without METRICS_TOKEN the metrics are for programs on the machine of Floorwatch alone: set it, and bring it along',
  );
};

/** A proxy that is not believed would make everybody a program of this machine. */
const isPassedOn = ({ headers, ips }: FastifyRequest): boolean =>
  ips === undefined && (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined);

const hostnameOf = ({ host }: FastifyRequest): string => URL.parse(`http://${host}`)?.hostname ?? '';

/** Takes the same time however much of it is right. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other));

const digestOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
