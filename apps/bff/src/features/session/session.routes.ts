import { errorBody, getSession, signInCallback, signInPage, signOut, startSignIn } from '@floorwatch/contracts';
import type { Right } from '@floorwatch/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { Session } from '../../sessions/session.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { SignIn, SignInOutcome } from '../../sessions/sign-in.ts';
import type { SessionCookies } from './session-cookies.ts';
import { sessionInfoOf } from './session-info.ts';

/** What people sign in with. */
export interface SignInServices {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly cookies: SessionCookies;
  /** Where browsers reach this Floorwatch; null for the address they used, which is on this machine. */
  readonly publicUrl: URL | null;
}

export interface SessionRoutesOptions {
  /** Null where nobody is asked to sign in. */
  readonly services: SignInServices | null;
  readonly permissionsOf: Readonly<Record<Right, readonly string[]>>;
}

const NO_STORE = { 'cache-control': 'no-store' };

export const sessionRoutes: FastifyPluginCallbackZod<SessionRoutesOptions> = (
  app,
  { services, permissionsOf },
  done,
) => {
  app.get(
    getSession.path,
    {
      config: { needs: 'signed-in' },
      schema: { response: { 200: getSession.reply, '4xx': errorBody, '5xx': errorBody } },
    },
    async ({ visit }, reply) => {
      if (visit === null) throw new Error('the door lets nobody in here without a visit');
      return reply.headers(NO_STORE).send(sessionInfoOf(visit, permissionsOf));
    },
  );
  if (services !== null) registerSignIn(app, services);
  done();
};

const registerSignIn = (
  app: Parameters<FastifyPluginCallbackZod>[0],
  { sessions, signIn, cookies, publicUrl }: SignInServices,
): void => {
  app.get(
    startSignIn.path,
    { config: { needs: 'nothing', isSignIn: true }, schema: { querystring: startSignIn.query } },
    async (request, reply) => {
      const begun = await signIn.begin({
        returnTo: request.query.returnTo,
        redirectUri: callbackOf(request, publicUrl),
        browser: cookies.browser(request),
        address: request.ip,
      });
      if ('kind' in begun) return comeBack(reply, begun);
      cookies.setBrowser(reply, begun.browser);
      return reply.headers(NO_STORE).redirect(begun.location);
    },
  );

  app.get(
    signInCallback.path,
    { config: { needs: 'nothing', isSignIn: true }, schema: { querystring: signInCallback.query } },
    async (request, reply) => {
      const { state, code, error } = request.query;
      const outcome = await signIn.finish({
        state,
        code,
        error,
        browser: cookies.browser(request),
        address: request.ip,
        correlationId: request.id,
      });
      if (outcome.kind === 'signed-in') {
        await endFormer(request);
        cookies.setSession(reply, outcome.sessionId);
      }
      return comeBack(reply, outcome);
    },
  );

  app.post(signOut.path, { config: { needs: 'signed-in' } }, async (request, reply) => {
    if (request.visit instanceof Session) await sessions.signOut(request.visit, request.id);
    cookies.clearSession(reply);
    return reply.code(204).headers(NO_STORE).send();
  });

  /** A new sign-in never goes on with the name of an old session, and does not leave it behind either. */
  const endFormer = async (request: FastifyRequest): Promise<void> => {
    const former = cookies.session(request);
    const session = former === null ? null : await sessions.visitOf(former).catch(() => null);
    if (session !== null) await sessions.signOut(session, request.id);
  };
};

const callbackOf = ({ protocol, host }: FastifyRequest, publicUrl: URL | null): string =>
  new URL(signInCallback.path, publicUrl ?? `${protocol}://${host}`).href;

const comeBack = (reply: FastifyReply, outcome: SignInOutcome): FastifyReply => {
  if (outcome.kind === 'signed-in') return reply.headers(NO_STORE).redirect(outcome.returnTo);
  const { problem, returnTo, waitMs } = outcome;
  const query = new URLSearchParams({ problem, returnTo });
  if (waitMs !== undefined) query.set('wait', String(Math.ceil(waitMs / 1000)));
  return reply.headers(NO_STORE).redirect(`${signInPage.path}?${query.toString()}`);
};
