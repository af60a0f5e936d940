import { MAX_CHANNELS, MAX_TOPICS } from '../notifications/channels.ts';
import { cutPage, listing } from '../server/paging.ts';
import { badRequest } from '../server/platform-error.ts';
import { DEFAULT_REQUESTS_PER_MINUTE } from '../server/rate-window.ts';
import type { ApiCall, Operation } from './operation.ts';

const getOrganization = ({ world }: ApiCall): object => {
  const { id, name } = world.organisation;
  return {
    id,
    name,
    defaultLanguage: 'en-us',
    defaultCountryCode: 'ES',
    domain: 'acme',
    features: { realtimeCIC: true, purecloud: true, contactCenter: true },
    version: 7,
    state: 'active',
    voicemailEnabled: false,
    productPlatform: 'GenesysCloud',
    selfUri: `/api/v2/organizations/${id}`,
  };
};

type Limits = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Documented defaults, by namespace and key (API §3.4, §8.2). */
const DEFAULT_LIMITS: Limits = {
  'platform.api': {
    'token.rate.per.minute': DEFAULT_REQUESTS_PER_MINUTE,
    'client.credentials.token.rate.per.minute': DEFAULT_REQUESTS_PER_MINUTE,
    'org.app.user.rate.per.minute': 3000,
    'request.bytes.max': 512_000,
  },
  notifications: { 'channels.max': MAX_CHANNELS, 'topics.per.channel.max': MAX_TOPICS },
  presence: { 'bulk.users.max': 50 },
  users: { 'ids.max': 100 },
  routing: { 'queue.members.page.size.max': 100 },
};

/** What the control API changed shows in the values in force, not in the defaults. */
const limitsInForce = ({ platform }: ApiCall): Limits => ({
  ...DEFAULT_LIMITS,
  'platform.api': {
    ...DEFAULT_LIMITS['platform.api'],
    'token.rate.per.minute': platform.requestsPerMinute,
    'client.credentials.token.rate.per.minute': platform.requestsPerMinute,
  },
});

const listNamespaces = ({ query, path }: ApiCall): object => {
  const page = cutPage({ items: Object.keys(DEFAULT_LIMITS), query, maxPageSize: 100 });
  return listing({ page, path, query, entity: (name) => ({ name }) });
};

const listLimits = (call: ApiCall, limits: Limits): object => {
  const namespace = call.param('namespaceName');
  const held = limits[namespace];
  if (held === undefined)
    throw badRequest(`Value [${namespace}] is not valid for field type [namespace].`, 'invalid.value');
  return { entities: Object.entries(held).map(([key, value]) => ({ key, namespace, value })) };
};

const NAMESPACES = '/api/v2/organizations/limits/namespaces';

export const organisationOperations: readonly Operation[] = [
  { id: 'getOrganizationsMe', method: 'GET', path: '/api/v2/organizations/me', run: getOrganization },
  { id: 'getOrganizationsLimitsNamespaces', method: 'GET', path: NAMESPACES, run: listNamespaces },
  {
    id: 'getOrganizationsLimitsNamespace',
    method: 'GET',
    path: `${NAMESPACES}/{namespaceName}`,
    run: (call) => listLimits(call, limitsInForce(call)),
  },
  {
    id: 'getOrganizationsLimitsNamespaceDefaults',
    method: 'GET',
    path: `${NAMESPACES}/{namespaceName}/defaults`,
    run: (call) => listLimits(call, DEFAULT_LIMITS),
  },
];
