import type { FastifyRequest } from 'fastify';

/** The id of a request is made by us, is sent as `ININ-Correlation-Id`, and is the `contextId` of an error (API §3.1). */
export const correlationIdOf = (request: FastifyRequest): string => request.id;
