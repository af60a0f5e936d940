import type { z } from 'zod';
import type { Access, PermissionRule } from '../server/access.ts';
import { badRequest } from '../server/platform-error.ts';
import type { Platform } from '../server/platform.ts';
import type { Query } from '../server/query.ts';
import type { AccessToken } from '../server/tokens.ts';
import type { World } from '../server/world.ts';

/** One authorised call, its budget already paid. */
export interface ApiCall {
  readonly platform: Platform;
  readonly world: World;
  readonly token: AccessToken;
  /** What the caller may do, and where. */
  readonly access: Access;
  /** Path without query. */
  readonly path: string;
  readonly query: Query;
  readonly body: unknown;
  /** A `{name}` of the operation's path. */
  readonly param: (name: string) => string;
}

/** One operation of the platform's API, under the id its own specification gives it. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces, from `/api/v2` on. */
  readonly path: string;
  /** Checked before anything else; none where the platform declares none. */
  readonly permissions?: PermissionRule;
  /** 200 where left out. */
  readonly status?: 201 | 202 | 204;
  /** Answers `status` with what is returned, nothing for undefined; errors are thrown as `PlatformError`. */
  readonly run: (call: ApiCall) => unknown;
}

/** Reads a request body; the complaint names the field. */
export const readBody = <Body>(schema: z.ZodType<Body>, body: unknown): Body => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  throw badRequest(`The request could not be understood by the server: ${field}: ${issue?.message ?? 'invalid'}`);
};

export const anyOf = (...permissions: readonly string[]): PermissionRule => ({ type: 'ANY', permissions });

export const allOf = (...permissions: readonly string[]): PermissionRule => ({ type: 'ALL', permissions });
