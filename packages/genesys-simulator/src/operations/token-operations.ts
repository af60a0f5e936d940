import { notFound } from '../server/platform-error.ts';
import { anyOf, type ApiCall, type Operation } from './operation.ts';

/** The platform's longest (API §2.5). */
const IDLE_TIMEOUT_SECONDS = 8 * 3600;

/** Scopes of the demo clients; the organisation does not enforce them, as is the default (API §2.8). */
const SCOPES = [
  'analytics',
  'authorization:readonly',
  'notifications',
  'presence',
  'routing',
  'user-basic-info',
  'users',
];

const getToken = ({ platform, world, token }: ApiCall): object => {
  const { id, name } = world.organisation;
  const organization = { id, name };
  const client = platform.clients.find((one) => one.id === token.clientId);
  const isService = token.subject.userId === null;
  return {
    organization,
    homeOrganization: organization,
    authorizedScope: SCOPES,
    dateTokenIdles: new Date(world.virtualClock.now() + IDLE_TIMEOUT_SECONDS * 1000).toISOString(),
    OAuthClient: {
      id: token.clientId,
      name: client?.name ?? '',
      authorizedGrantType: client?.authorizedGrantType ?? 'CLIENT-CREDENTIALS',
      scope: isService ? [] : SCOPES,
      roleDivisions: isService
        ? token.subject.grants.map(({ role, divisionId }) => ({ roleId: role.id, divisionId }))
        : [],
      state: 'active',
      organization,
    },
  };
};

const deleteToken = ({ platform, token }: ApiCall): undefined => {
  platform.revokeToken(token);
  return undefined;
};

/** Forces a person to sign in again (API §2.6). */
const deleteUserTokens = ({ platform, world, param, access }: ApiCall): undefined => {
  const user = world.user(param('userId'));
  if (user === null) throw notFound();
  access.requireIn('oauth:token:delete', user.division.id);
  platform.revokeTokensOf(user.id);
  return undefined;
};

const getTimeout = (): object => ({
  idleTokenTimeoutSeconds: IDLE_TIMEOUT_SECONDS,
  enableIdleTokenTimeout: false,
});

const ME = '/api/v2/tokens/me';

export const tokenOperations: readonly Operation[] = [
  { id: 'getTokensMe', method: 'GET', path: ME, run: getToken },
  { id: 'headTokensMe', method: 'HEAD', path: ME, run: () => undefined },
  { id: 'deleteTokensMe', method: 'DELETE', path: ME, run: deleteToken },
  { id: 'getTokensTimeout', method: 'GET', path: '/api/v2/tokens/timeout', run: getTimeout },
  {
    id: 'deleteToken',
    method: 'DELETE',
    path: '/api/v2/tokens/{userId}',
    permissions: anyOf('oauth:token:delete'),
    status: 204,
    run: deleteUserTokens,
  },
];
