import type { FastifyReply } from 'fastify';

/** What the login side answers when it refuses: the body of RFC 6749, not the API's (API §2.2). */
export interface OAuthRefusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

export const UNKNOWN_CLIENT: OAuthRefusal = { status: 400, error: 'invalid_client', description: 'client not found' };

export const refuse = (reply: FastifyReply, { status, error, description }: OAuthRefusal): FastifyReply =>
  reply.code(status).send({ error, description, error_description: description });
