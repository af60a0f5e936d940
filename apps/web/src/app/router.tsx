import { createRootRoute, createRoute, createRouter, Link, Outlet } from '@tanstack/react-router';
import { readWallSearch } from '../features/wall/wall-search.ts';
import { parsePlainSearch, writePlainSearch } from '../lib/plain-search.ts';
import { PageFailed } from './page-failed.tsx';
import { WallPage } from './pages/wall-page.tsx';

const rootRoute = createRootRoute({
  component: Outlet,
  errorComponent: PageFailed,
  notFoundComponent: () => (
    <div className="empty">
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

export const createAppRouter = () =>
  createRouter({
    routeTree: rootRoute.addChildren([wallRoute]),
    parseSearch: parsePlainSearch,
    stringifySearch: writePlainSearch,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
