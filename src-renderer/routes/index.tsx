import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { RESULTS } from '../../src-main/common/audit.ts';
import { registrySystem } from '../../src-main/common/registry.ts';
import { COMPARISON_TABS } from '../comparison/tabs.ts';
import { matrixSearch } from '../comparison-matrix/search.ts';
import { RouteError } from '../layout/route-states.tsx';
import { parseSearch, stringifySearch } from '../search-params.ts';
import { definitionSearch } from '../sync/draft-search.ts';
import { TABS } from '../sync/tabs.ts';
import { registryRoutes } from './registry.tsx';
import { rootRoute } from './root.tsx';
import { text } from './search-fields.ts';

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../welcome/welcome-page.tsx'), 'WelcomePage'),
});

const cleanupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cleanup',
  component: lazyRouteComponent(() => import('../cleanup/registries-page.tsx'), 'RegistriesCleanupPage'),
});

const compareTagsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare/tags',
  validateSearch: matrixSearch,
  component: lazyRouteComponent(
    () => import('../comparison-matrix/comparison-matrix-page.tsx'),
    'ComparisonMatrixPage',
  ),
});

const storagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/storage',
  component: lazyRouteComponent(() => import('../storage/registries-page.tsx'), 'RegistriesStoragePage'),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare',
  validateSearch: z.object({
    /** Both as references name them. */
    left: text,
    right: text,
    /** Of several accounts at a registry the one that is meant. */
    leftAccount: text,
    rightAccount: text,
    /** `os/architecture[/variant]`, of several. */
    platform: text,
    tab: z.enum(COMPARISON_TABS).optional().catch(undefined),
    /** Paths, or packages, that are looked for. */
    filter: text,
    /** Of files. */
    change: z.enum(['added', 'removed', 'changed']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../comparison/compare-page.tsx'), 'ComparePage'),
});

const transfersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers',
  validateSearch: z.object({ tab: z.enum(TABS).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../sync/transfers-page.tsx'), 'TransfersPage'),
});

const newTransferRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers/new',
  validateSearch: definitionSearch,
  component: lazyRouteComponent(() => import('../sync/new-sync-page.tsx'), 'NewSyncPage'),
});

const transferPlanRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers/plan',
  validateSearch: definitionSearch.extend({ stale: z.literal('1').optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../sync/planning-page.tsx'), 'PlanningPage'),
});

const transferRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers/$operationId',
  validateSearch: z.object({ state: z.enum(['waiting', 'done', 'failed']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('../operations/operation-page.tsx'), 'OperationPage'),
});

const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plans/$planId',
  validateSearch: z.object({
    /** Items of this state alone. */
    state: text,
    /** Path of the app where it was asked for. */
    from: text,
    /** It takes the place of one that was not true any more. */
    stale: z.literal('1').optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../plans/plan-page.tsx'), 'PlanPage'),
});

const findRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/find',
  validateSearch: z.object({
    /** What is looked for. */
    q: text,
    /** Of packages: those of this type. */
    type: text,
  }),
  component: lazyRouteComponent(() => import('../find/find-page.tsx'), 'FindPage'),
});

const activityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activity',
  validateSearch: z.object({
    filter: text,
    kind: text,
    result: z.enum(RESULTS).optional().catch(undefined),
    registry: text,
    user: text,
    /** The first and the last day. */
    since: z.iso.date().optional().catch(undefined),
    until: z.iso.date().optional().catch(undefined),
    /** Whose details are open: of an operation by its id, of the app's own change by its number. */
    operation: text,
    entry: z.coerce.number().int().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../activity/activity-page.tsx'), 'ActivityPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

const newAccountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/new',
  validateSearch: z.object({
    /** The form for it, in place of the products to choose from. */
    product: registrySystem.optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../accounts/new-account-page.tsx'), 'NewAccountPage'),
});

const editAccountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$accountId/edit',
  component: lazyRouteComponent(() => import('../accounts/edit-account-page.tsx'), 'EditAccountPage'),
});

const openRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/open',
  validateSearch: z.object({ reference: z.string().catch('') }),
  component: lazyRouteComponent(() => import('../open/open-page.tsx'), 'OpenPage'),
});

const routeTree = rootRoute.addChildren([
  welcomeRoute,
  registryRoutes,
  cleanupsRoute,
  compareTagsRoute,
  storagesRoute,
  compareRoute,
  transfersRoute,
  newTransferRoute,
  transferPlanRoute,
  transferRoute,
  planRoute,
  findRoute,
  activityRoute,
  settingsRoute,
  newAccountRoute,
  editAccountRoute,
  openRoute,
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // Data is TanStack Query's; the router only preloads code.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteError,
  // Not for what a page says of itself in its address (`resetScroll: false`): a table whose rows are others by then begins at the first one.
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
