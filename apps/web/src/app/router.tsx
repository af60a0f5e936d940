import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Outlet,
  useLocation,
} from '@tanstack/react-router';
import { signInPage } from '@floorwatch/contracts';
import { readAgentDaySearch } from '../features/agent-day/agent-day-search.ts';
import { readApiKeysSearch } from '../features/api-keys/api-keys-search.ts';
import { readAuditSearch } from '../features/audit/audit-search.ts';
import { readAutomationSearch } from '../features/automation/automation-search.ts';
import { readOperationsSearch } from '../features/operations/operations-search.ts';
import { SessionGate } from '../features/session/session-gate.tsx';
import { readSignInSearch } from '../features/session/sign-in-search.ts';
import { readTeamSearch } from '../features/team/team-search.ts';
import { readWallSearch } from '../features/wall/wall-search.ts';
import { readWebhooksSearch } from '../features/webhooks/webhooks-search.ts';
import { readPageSearch } from '../lib/page-search.ts';
import { parsePlainSearch, writePlainSearch } from '../lib/plain-search.ts';
import { rememberedZone } from '../lib/remembered-zone.ts';
import { PageFailed } from './page-failed.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { WallPage } from './pages/wall-page.tsx';

const GatedPages = () => {
  const { pathname } = useLocation();
  return pathname === signInPage.path ? (
    <Outlet />
  ) : (
    <SessionGate>
      <Outlet />
    </SessionGate>
  );
};

const rootRoute = createRootRoute({
  component: GatedPages,
  validateSearch: readPageSearch,
  errorComponent: PageFailed,
  notFoundComponent: () => (
    <div className="empty empty--page">
      <div className="empty__box">
        <h1 className="empty__title">There is no such page</h1>
        <Link to="/">Go to the wall</Link>
      </div>
    </div>
  ),
});

const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: WallPage,
  validateSearch: readWallSearch,
});

const agentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/agents/$id',
  component: lazyRouteComponent(() => import('./pages/agent-page.tsx'), 'AgentPage'),
  validateSearch: (raw: Record<string, unknown>) => readAgentDaySearch(raw, rememberedZone()),
});

const teamRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/team',
  component: lazyRouteComponent(() => import('./pages/team-page.tsx'), 'TeamPage'),
  validateSearch: (raw: Record<string, unknown>) => readTeamSearch(raw, rememberedZone()),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit-page.tsx'), 'AuditPage'),
  validateSearch: (raw: Record<string, unknown>) => readAuditSearch(raw, rememberedZone()),
});

const automationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/automations',
  component: lazyRouteComponent(() => import('./pages/automation-page.tsx'), 'AutomationPage'),
  validateSearch: readAutomationSearch,
});

const apiKeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./pages/api-keys-page.tsx'), 'ApiKeysPage'),
  validateSearch: readApiKeysSearch,
});

const webhooksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./pages/webhooks-page.tsx'), 'WebhooksPage'),
  validateSearch: readWebhooksSearch,
});

const operationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations',
  component: lazyRouteComponent(() => import('./pages/operations-page.tsx'), 'OperationsPage'),
  validateSearch: readOperationsSearch,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: signInPage.path,
  component: SignInPage,
  validateSearch: readSignInSearch,
});

export const createAppRouter = () =>
  createRouter({
    routeTree: rootRoute.addChildren([
      wallRoute,
      agentRoute,
      teamRoute,
      auditRoute,
      automationRoute,
      apiKeysRoute,
      webhooksRoute,
      operationsRoute,
      signInRoute,
    ]),
    parseSearch: parsePlainSearch,
    stringifySearch: writePlainSearch,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
