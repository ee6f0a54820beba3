import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient } from '../api.ts';
import { CLEANUP_TABS, PREVIEW_STATES } from '../cleanup/tabs.ts';
import { IMAGE_TABS } from '../image/tabs.ts';
import { RegistryFrame } from '../layout/registry-frame.tsx';
import { firstRows } from '../lists/first-rows.ts';
import { repositoryQueries } from '../repositories/queries.ts';
import { REPOSITORY_ORDERS, STORAGE_VIEWS } from '../storage/views.ts';
import { tagQueries } from '../tags/queries.ts';
import { TAG_VIEWS } from '../tags/views.ts';
import { rootRoute } from './root.tsx';
import { text, textList } from './search-fields.ts';

const registryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/registries/$accountId',
  component: RegistryFrame,
});

/** A registry's home. */
const repositoriesRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/',
  validateSearch: z.object({
    filter: text,
    sort: text,
    /** Kinds and states of repositories that alone are shown. */
    show: textList,
    /** What is known of the registry itself is shown over it. */
    details: z.literal('1').optional().catch(undefined),
  }),
  loader: ({ params: { accountId }, cause }) => {
    // Asked for at the click, not when the page is drawn; never for a link that is only pointed at, nor at each key of a filter.
    if (cause !== 'enter') return;
    const queries = [repositoryQueries.list(accountId), repositoryQueries.known(accountId)] as const;
    void queryClient.prefetchQuery(queries[0]);
    void queryClient.prefetchQuery(queries[1]);
    return firstRows(
      queryClient,
      queries.map(({ queryKey }) => queryKey),
    );
  },
  component: lazyRouteComponent(() => import('../repositories/repositories-page.tsx'), 'RepositoriesPage'),
});

/** Where that was. */
const formerRepositoriesRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/repositories',
  validateSearch: z.object({ filter: text, sort: text }),
  beforeLoad: ({ params, search }) => {
    throw redirect({ to: '/registries/$accountId', params, search, replace: true });
  },
});

const tagsRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/tags',
  validateSearch: z.object({
    repository: z.string().catch(''),
    filter: text,
    sort: text,
    /** A row for each image, or for each tag. */
    view: z.enum(TAG_VIEWS).optional().catch(undefined),
    /** Tags of what is attached to images are hidden without it. */
    attached: z.literal('shown').optional().catch(undefined),
    selected: textList,
  }),
  beforeLoad: ({ search, params }) => {
    if (search.repository === '') throw redirect({ to: '/registries/$accountId', params });
  },
  loaderDeps: ({ search: { repository } }) => ({ repository }),
  loader: async ({ params: { accountId }, deps: { repository }, cause }) => {
    if (cause !== 'enter') return;
    const list = tagQueries.list({ accountId, repository });
    const known = tagQueries.known({ accountId, repository });
    // One after the other: names that come without their images are drawn twice.
    void queryClient.prefetchQuery(known);
    await firstRows(queryClient, [known.queryKey]);
    void queryClient.prefetchQuery(list);
    await firstRows(queryClient, [list.queryKey]);
  },
  component: lazyRouteComponent(() => import('../tags/tags-page.tsx'), 'TagsPage'),
});

const imageRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/image',
  validateSearch: z.object({
    repository: z.string().catch(''),
    /** Tag or digest. */
    reference: z.string().catch(''),
    /** Digest of the platform's manifest in an index. */
    platform: text,
    tab: z.enum(IMAGE_TABS).optional().catch(undefined),
    /** Which layer is picked out: `layer-<number>`. */
    layer: text,
    /** Of layers. */
    sort: text,
    /** Of files: what a layer changed, or what is wasted. */
    view: z.enum(['changes', 'wasted']).optional().catch(undefined),
    /** Of packages: found in files, though an SBOM is attached. */
    source: z.enum(['files']).optional().catch(undefined),
    /** Of packages: those of this type; of vulnerabilities: those that are so. */
    type: text,
    /** Of vulnerabilities: the tag that they are compared with. */
    against: text,
    /** Paths, packages or vulnerabilities that are looked for. */
    filter: text,
    /** The row picked out of what is attached. */
    picked: text,
  }),
  beforeLoad: ({ search, params }) => {
    if (search.repository === '') throw redirect({ to: '/registries/$accountId', params });
    if (search.reference === '') {
      throw redirect({
        to: '/registries/$accountId/tags',
        params,
        search: { repository: search.repository },
      });
    }
  },
  component: lazyRouteComponent(() => import('../image/image-page.tsx'), 'ImagePage'),
});

const storageRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/storage',
  validateSearch: z.object({
    /** One of them narrows what is shown. */
    namespace: text,
    repository: text,
    view: z.enum(STORAGE_VIEWS).optional().catch(undefined),
    order: z.enum(REPOSITORY_ORDERS).optional().catch(undefined),
    /** Of the layer or manifest whose tags are shown. */
    digest: text,
    /** Of the history, whose tags are shown: `2026-11-26`. */
    day: z.iso.date().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../storage/storage-page.tsx'), 'StoragePage'),
});

const collectionRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/collection',
  component: lazyRouteComponent(() => import('../collection/collection-page.tsx'), 'CollectionPage'),
});

const administrationRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/administration',
  validateSearch: z.object({
    /** A kind of what is managed, what the registry says of itself, or its own log. */
    section: text,
    /** The one that alone is looked into. */
    project: text,
  }),
  component: lazyRouteComponent(() => import('../products/administration-page.tsx'), 'AdministrationPage'),
});

const cleanupRoute = createRoute({
  getParentRoute: () => registryRoute,
  path: '/cleanup',
  validateSearch: z.object({
    /** Id of the rules that are shown, or of a draft of rules that are not saved yet: `new`, `new-2` … */
    rules: text,
    tab: z.enum(CLEANUP_TABS).optional().catch(undefined),
    /** The one that alone is cleaned up. */
    repository: text,
    /** Of the preview: what becomes of a tag, the rule that decided, a part of its name. */
    state: z.enum(PREVIEW_STATES).optional().catch(undefined),
    entry: text,
    filter: text,
  }),
  component: lazyRouteComponent(() => import('../cleanup/cleanup-page.tsx'), 'CleanupPage'),
});

/** Pages of one registry. */
export const registryRoutes = registryRoute.addChildren([
  repositoriesRoute,
  formerRepositoriesRoute,
  tagsRoute,
  imageRoute,
  storageRoute,
  collectionRoute,
  administrationRoute,
  cleanupRoute,
]);
