import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { type LocalRegistry, seedSamples, startLocalRegistry } from '../../src-main/local-registry/index.ts';
import type { TestApi } from '../support/app.ts';
import { isRecorded } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { peer } from '../support/peers.ts';
import { planned } from '../support/planned.ts';
import { push } from '../support/push.ts';
import { makeSchema1 } from '../support/schema1.ts';
import { administrationViews, prepareHarbor } from './administration-views.ts';
import { BUSY, storeBusy } from './busy-repository.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { loadingViews, prepareLoading } from './loading-views.ts';
import { oddViews, storeOddities, writeOfNewerVersion } from './odd-views.ts';
import { type ProductIds, prepareProducts, productViews } from './product-views.ts';
import { prepareStates, type StateIds, stateViews } from './state-views.ts';
import { type TransferViews, transferMany } from './transfer-views.ts';
import { openChange, type View } from './view.ts';

/** The welcome page over settings that are not all valid, until `dismissNotices`. */
export const noticeViews: readonly View[] = [
  { name: 'notices', path: '/', ready: '[data-notice]', key: true },
];

/** Puts settings there that an app, which starts then, has something to say of. */
export async function writeOddSettings(home: string): Promise<void> {
  const folder = path.join(home, 'wharfinger');
  await mkdir(folder, { recursive: true });
  const account = { id: 'no id', name: 'Harbour', url: 'ftp://registry.example.com' };
  const settings = { theme: 'pink', language: 'tlh' };
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ settings, accounts: [account] }));
}

export async function dismissNotices(api: TestApi): Promise<void> {
  for (const { id } of await api.app.notices()) await api.app.dismissNotice({ id });
}

/** Places of the app before there is any registry. */
export const firstViews: readonly View[] = [
  { name: 'welcome', path: '/', ready: 'main h2 >> nth=2', key: true },
  { name: 'transfers-none', path: '/transfers', ready: 'main h2' },
  { name: 'activity-none', path: '/activity', ready: 'main h2' },
  { name: 'account-choice', path: '/accounts/new', ready: 'main h2 >> nth=1', key: true },
];

const GRID = '[role="grid"] [aria-rowindex="2"]';
/** Dates of rows: their details are in. */
const TIMES = '[role="grid"] [aria-rowindex="6"] time';
const TREE = '[role="treegrid"] [aria-rowindex="2"]';
const COMPLETE = '[role="grid"][aria-busy="false"] [aria-rowindex="2"]';
const COMPLETE_TREE = '[role="treegrid"][aria-busy="false"] [aria-rowindex="2"]';
const TAB = '[role="tabpanel"]:visible';

/** What the views are of: an app and registries in the states worth seeing. */
export interface Site {
  /** Accounts: with the samples, of long lists, with nothing, not answering, refusing the sign-in, not listing, with odd content, the embedded one. */
  readonly ids: Readonly<
    Record<'harbour' | 'big' | 'empty' | 'dead' | 'shut' | 'unlisted' | 'odd' | 'local', string>
  >;
  readonly states: StateIds;
  /** One that does not answer yet. */
  readonly slow: string;
  readonly products: ProductIds;
  /** A replayed Harbor; undefined where its recording is not. */
  readonly harbor: Awaited<ReturnType<typeof prepareHarbor>>;
  /** `host:port` of the registry with the samples. */
  readonly host: string;
  readonly transfers: TransferViews;
  /** Ends a retag, a copy and a deletion. */
  readonly change: () => Promise<void>;
  /** Takes what stopped or failed out of the status bar. */
  readonly lookAtAll: () => Promise<void>;
  close(): Promise<void>;
}

/** Rules of which each part has something. */
const RULES = `version: 1
rules:
  - name: harbour
    repositories: ["harbour/**"]
    protect: [latest, stable]
    keep:
      - { name: newest, newest: 1 }
      - { name: patches of each minor, semver: { perMinor: 1 } }
      - { name: in use, tags: "main-*", inUse: pods.json }
    delete:
      - { name: old pull requests, tags: "pr-*", olderThan: 14d }
      - { name: the rest, tags: "*" }
  - name: everything else
    repositories: ["**"]
    delete:
      - { name: untagged, untagged: true, olderThan: 7d, by: pushed }
`;

/**
 * Fills an app with what there is to see: the samples, three rows, ten thousand, nothing, a registry that does not answer, one
 * that refuses the sign-in, one that does not list, operations done and failed.
 *
 * @param api of an app that has no registry yet
 * @param home its data folder
 * @param folder of the registries
 * @param brief without the registries in odd states and those of products, which would be in the sidebar of every picture
 */
export async function prepareSite(
  api: TestApi,
  home: string,
  folder: string,
  { brief = false }: { brief?: boolean } = {},
): Promise<Site> {
  const registries: LocalRegistry[] = [];
  const open = async (name: string, options: Partial<Parameters<typeof startLocalRegistry>[0]> = {}) => {
    await mkdir(path.join(folder, name), { recursive: true });
    const registry = await startLocalRegistry({ ...options, folder: path.join(folder, name) });
    registries.push(registry);
    return registry;
  };
  const [harbour, big, empty, shut, unlisted, odd] = await Promise.all([
    open('harbour'),
    open('big'),
    open('empty'),
    open('shut', { auth: { kind: 'basic', users: { ann: 'secret' } } }),
    open('unlisted', { limits: { catalog: false, deleteByTag: false } }),
    open('odd', { limits: { deleteByTag: false, children: false } }),
  ]);
  await seedSamples(harbour);
  await storeBusy(harbour, { now: Date.now() });
  await store(harbour, 'legacy/old', makeSchema1('legacy/old', '1'), ['1']);
  await seedMany(big);
  await store(unlisted, 'team/app', await makeImage(), ['1.0', 'latest', 'stable']);
  await storeOddities(odd);
  const gone = await open('gone');
  const dead = { url: gone.url };
  await gone.close();

  const { id } = await addAccount(api, harbour, { name: 'Production' });
  const { id: bigId } = await addAccount(api, big, { name: 'Build farm' });
  const { id: emptyId } = await addAccount(api, empty, { name: 'Staging' });
  const { id: deadId } = await addAccount(api, dead, { name: 'Edge site' });
  const { id: shutId } = await addAccount(api, shut, { name: 'Archive', readOnly: true });
  const { id: unlistedId } = await addAccount(api, unlisted, {
    name: 'Mirror',
    repositories: ['team/app'],
  });
  const { id: oddId } = await addAccount(api, odd, { name: 'Lab' });
  const { account: local, state } = await api.localRegistry.start({ samples: false });
  await leaveGarbage(state.url ?? '');
  await api.localRegistry.change({ signIn: true });
  const [first] = await operate(api, id, unlistedId);
  if (first !== undefined) await writeOfNewerVersion(home, first);
  await undoLatest(api);
  // That no keychain answers would stand over every page.
  await dismissNotices(api);
  for (const each of [id, unlistedId]) await scanAll(api, each);
  await api.cleanup.save({ accountId: id, name: 'Harbour, nightly', text: RULES });
  const transfers = await transferMany(api, [id, harbour], [unlistedId, unlisted]);
  const states = brief ? NO_STATES : await prepareStates(api, open);
  const slow = brief ? '' : await prepareLoading(api, open);
  const harbor = brief ? undefined : await prepareHarbor(api);
  const products = brief ? NO_PRODUCTS : await prepareProducts(api);
  await dismissAll(api);
  // Nothing can be pushed there: one tag of several goes only with the others.
  unlisted.inject({ kind: 'status', status: 403, when: { method: 'POST', path: /team\/app/ } });

  return {
    ids: {
      harbour: id,
      big: bigId,
      empty: emptyId,
      dead: deadId,
      shut: shutId,
      unlisted: unlistedId,
      odd: oddId,
      local: local.id,
    },
    states,
    slow,
    products,
    harbor,
    host: new URL(harbour.url).host,
    transfers,
    change: async () => {
      await operate(api, id, unlistedId);
    },
    lookAtAll: () => dismissAll(api),
    async close() {
      await harbor?.close();
      await Promise.all(registries.map((registry) => registry.close()));
    },
  };
}

const NO_STATES: StateIds = { offline: '', expired: '', named: '' };
const NO_PRODUCTS: ProductIds = { nexus: '', hub: '' };

/** Two images of which one has lost its tag. */
async function leaveGarbage(url: string): Promise<void> {
  for (const name of ['kept', 'lost'])
    await push(
      await makeImage({ name, layers: { base: 300_000, [name]: 200_000 } }),
      { url },
      'team/app',
      name,
    );
  await fetch(`${url}/v2/team/app/manifests/lost`, { method: 'DELETE' });
}

/** Every page in every state worth seeing, dialogs included. */
export function viewsOf({
  ids,
  states,
  slow,
  products,
  harbor,
  host,
  transfers,
  change,
  lookAtAll,
}: Site): View[] {
  const web = 'harbour/web';
  const compare = (search: Record<string, string> = {}) =>
    `/compare?${new URLSearchParams({ left: `${host}/${web}:1.4.1`, right: `${host}/${web}:1.4.2`, ...search })}`;
  return [
    {
      name: 'registry-details',
      path: places.registry(ids.harbour, { details: '1' }),
      ready: '[role="dialog"] h2 >> nth=1',
      key: true,
    },
    { name: 'registry-401', path: places.registry(ids.shut), ready: '[data-failure="unauthorized"]' },
    {
      name: 'registry-local',
      path: places.registry(ids.local, { details: '1' }),
      ready: '[data-testid="on-disk"]',
      key: true,
    },
    {
      name: 'collection-plan',
      path: places.registry(ids.local, { details: '1' }),
      ready: '[data-testid="on-disk"]',
      key: true,
      async prepare(page) {
        const card = page.getByTestId('disk-use');
        await card.getByRole('checkbox').check();
        await card.getByRole('button').last().click();
        await page.getByTestId('plan').waitFor();
      },
    },
    { name: 'repositories', path: places.registry(ids.harbour), ready: TREE, key: true },
    {
      name: 'repositories-list',
      path: places.registry(ids.harbour, { sort: '-size' }),
      ready: TREE,
      prepare: async (page) => {
        await page.locator('main [aria-pressed="true"]').click();
        await page.locator(GRID).waitFor();
        // The views after it are trees.
        await page.evaluate(() => localStorage.removeItem('wharfinger.repositories.view'));
      },
    },
    { name: 'repositories-10000', path: places.registry(ids.big), ready: COMPLETE_TREE },
    { name: 'repositories-empty', path: places.registry(ids.empty), ready: '[role="treegrid"]' },
    { name: 'repositories-unlisted', path: places.registry(ids.unlisted), ready: TREE },
    {
      name: 'repositories-no-match',
      path: places.registry(ids.harbour, { filter: 'nothing like it' }),
      ready: '[role="treegrid"]',
    },
    {
      name: 'repositories-dead-host',
      path: places.registry(ids.dead),
      ready: '[data-failure="connectionRefused"]',
    },
    { name: 'cleanup', path: places.cleanup(ids.harbour), ready: '[data-entry]', key: true },
    {
      name: 'cleanup-problems',
      path: places.cleanup(ids.harbour),
      ready: '[data-entry]',
      prepare: async (page) => {
        await page
          .locator('main textarea')
          .fill(RULES.replace('newest: 1', 'newest: 0').replace('14d', 'soon'));
        await page.locator('[data-problem="duration"]').waitFor();
      },
      key: true,
    },
    {
      name: 'cleanup-entry',
      path: places.cleanup(ids.harbour),
      ready: '[data-entry]',
      prepare: async (page) => {
        await page.locator('[data-entries="keep"] [data-entry] button').first().click();
        await page.getByRole('dialog').waitFor();
      },
      key: true,
    },
    {
      name: 'cleanup-preview',
      path: places.cleanup(ids.harbour, { tab: 'preview' }),
      ready: `${GRID} [data-outcome]`,
      key: true,
    },
    {
      name: 'cleanup-import',
      path: places.cleanup(ids.harbour),
      ready: '[data-entry]',
      prepare: async (page) => {
        await page.locator('main header button').first().click();
        await page.getByRole('dialog').waitFor();
      },
      key: true,
    },
    {
      name: 'cleanup-schedule',
      path: places.cleanup(ids.harbour),
      ready: '[data-entry]',
      prepare: async (page) => {
        await page.locator('[data-action="schedule"]').click();
        await page.getByRole('dialog').waitFor();
      },
    },
    {
      name: 'cleanup-plan',
      path: places.cleanup(ids.harbour),
      ready: '[data-entry]',
      prepare: async (page) => {
        await page.locator('[data-action="plan"]').click();
        await page.getByTestId('plan').waitFor();
      },
      key: true,
    },
    { name: 'cleanup-none', path: places.cleanup(ids.empty), ready: 'main h2' },
    { name: 'compare-tags-none', path: '/compare/tags', ready: 'main h2' },
    {
      name: 'compare-tags',
      path: places.compareTags([ids.harbour, ids.big]),
      ready: GRID,
      key: true,
    },
    {
      name: 'compare-tags-three',
      path: places.compareTags([ids.big, ids.harbour, ids.odd]),
      ready: GRID,
    },
    { name: 'find', path: '/find?q=harbour', ready: 'main section li' },
    { name: 'find-none', path: '/find', ready: 'main h2' },
    { name: 'cleanups', path: '/cleanup', ready: GRID },
    { name: 'storages', path: '/storage', ready: GRID },
    { name: 'storage', path: places.storage(ids.harbour), ready: '[data-name]', key: true },
    {
      name: 'storage-namespace',
      path: places.storage(ids.harbour, { namespace: 'harbour' }),
      ready: '[data-name]',
    },
    {
      name: 'storage-repositories',
      path: places.storage(ids.harbour, { view: 'repositories' }),
      ready: GRID,
      prepare: async (page) => {
        await page.locator(`${GRID} [role="checkbox"]`).click();
        await page.getByTestId('freed').waitFor();
      },
      key: true,
    },
    {
      name: 'storage-largest',
      path: places.storage(ids.harbour, { view: 'largest' }),
      ready: GRID,
      prepare: async (page) => {
        await page.locator(GRID).click();
        await page.getByTestId('holders').locator('[role="row"][aria-rowindex="2"]').waitFor();
      },
      key: true,
    },
    { name: 'storage-duplicates', path: places.storage(ids.harbour, { view: 'duplicates' }), ready: GRID },
    { name: 'storage-families', path: places.storage(ids.harbour, { view: 'families' }), ready: GRID },
    {
      name: 'storage-history',
      path: places.storage(ids.harbour, { view: 'history' }),
      ready: '[role="grid"]',
    },
    {
      name: 'storage-chosen',
      path: places.storage(ids.harbour, { view: 'repositories' }),
      ready: GRID,
      prepare: async (page) => {
        await page.locator(`${GRID} [role="checkbox"]`).click();
        await page.locator('[data-action="storage.sums"]').click();
        await page.getByTestId('chosen-totals').waitFor();
        await page.locator(GRID).waitFor();
      },
      key: true,
    },
    { name: 'storage-3', path: places.storage(ids.unlisted), ready: '[data-name]' },
    { name: 'storage-unknown', path: places.storage(ids.empty), ready: 'main h2' },
    { name: 'tags', path: places.tags(ids.harbour, BUSY, { view: 'images' }), ready: TIMES, key: true },
    {
      name: 'tags-flat',
      path: places.tags(ids.harbour, BUSY, { attached: 'shown' }),
      ready: TIMES,
      key: true,
    },
    {
      name: 'tags-suggestions',
      path: places.tags(ids.harbour, BUSY, { view: 'images', filter: 'latest' }),
      ready: GRID,
      prepare: async (page) => {
        await page.locator('main input[type="text"], main input:not([type])').first().click();
        await page.keyboard.type(' s');
        await page.getByRole('option').first().waitFor();
      },
    },
    {
      name: 'tags-columns',
      path: places.tags(ids.harbour, BUSY, { view: 'images' }),
      ready: TIMES,
      prepare: async (page) => {
        await page.locator('[role="columnheader"] [aria-haspopup]').click();
        await page.getByRole('menu').waitFor();
      },
      key: true,
    },
    {
      name: 'tags-of-image',
      path: places.tags(ids.harbour, BUSY, { view: 'images', selected: 'next' }),
      ready: TIMES,
      prepare: async (page) => {
        await page.locator('[role="gridcell"]:not(:last-child) button[aria-haspopup="menu"]').first().click();
        await page.getByRole('menu').waitFor();
      },
    },
    { name: 'tags-3', path: places.tags(ids.unlisted, 'team/app', { view: 'images' }), ready: GRID },
    { name: 'tags-10000', path: places.tags(ids.big, 'long/list'), ready: COMPLETE },
    {
      name: 'tags-selected',
      path: `${places.tags(ids.harbour, BUSY, { view: 'images' })}&selected=pr-1203&selected=latest`,
      ready: TIMES,
      key: true,
    },
    { name: 'compare-platforms', path: compare(), ready: GRID, key: true },
    { name: 'compare-layers', path: compare({ tab: 'layers' }), ready: GRID, key: true },
    { name: 'compare-files', path: compare({ tab: 'files' }), ready: TREE, key: true },
    { name: 'compare-size', path: compare({ tab: 'size' }), ready: 'main table' },
    { name: 'compare-config', path: compare({ tab: 'config' }), ready: 'main table' },
    {
      name: 'compare-choose',
      path: '/compare',
      ready: 'main h2',
      prepare: async (page) => {
        await page.locator('[data-side="left"] button').click();
        await page.getByRole('dialog').waitFor();
      },
      key: true,
    },
    { name: 'tags-gone', path: places.tags(ids.harbour, 'no/such'), ready: 'main h1' },
    {
      name: 'delete-alone',
      path: `${places.tags(ids.harbour, web)}&selected=latest`,
      ready: GRID,
      prepare: (page) => openChange(page, 'delete'),
      key: true,
    },
    {
      name: 'delete-consent',
      path: `${places.tags(ids.unlisted, 'team/app')}&selected=1.0`,
      ready: GRID,
      prepare: (page) => openChange(page, 'delete'),
      key: true,
    },
    {
      name: 'retag',
      path: `${places.tags(ids.harbour, web)}&selected=latest`,
      ready: GRID,
      prepare: (page) => openChange(page, 'retag'),
    },
    {
      name: 'select-by-rule',
      path: places.tags(ids.harbour, web, { filter: '1.4' }),
      ready: GRID,
      prepare: async (page) => {
        await page.locator('main [data-action="select"]').click();
        await page.getByRole('menuitem').nth(3).click();
        await page.getByRole('dialog').getByRole('textbox').first().fill('1.*');
      },
    },
    {
      name: 'copy',
      path: `${places.tags(ids.harbour, web)}&selected=latest`,
      ready: GRID,
      prepare: async (page) => {
        await openChange(page, 'copy');
        await page.locator('[data-check]:not([data-check="looking"])').waitFor();
      },
      key: true,
    },
    {
      name: 'copy-plan',
      path: `${places.tags(ids.harbour, web)}&selected=1.4.2&selected=latest`,
      ready: GRID,
      prepare: async (page) => {
        await openChange(page, 'copy');
        await page.getByRole('dialog').locator('button:has(+ button[type="submit"])').click();
        await page.getByTestId('plan').waitFor();
      },
      key: true,
    },
    {
      name: 'undo-plan',
      path: '/activity?result=undoable',
      ready: GRID,
      prepare: async (page) => {
        await page.locator(GRID).click();
        await page.getByRole('dialog').locator('[data-action="undo"]').click();
        await page.getByTestId('plan').waitFor();
      },
      key: true,
    },
    {
      name: 'push',
      path: places.tags(ids.harbour, web),
      ready: GRID,
      prepare: async (page) => {
        await page
          .locator('main button')
          .filter({ has: page.locator('.tabler-icon-upload') })
          .click();
        await page
          .getByRole('dialog')
          .locator('[data-failure], [role="note"], [role="grid"]')
          .first()
          .waitFor();
      },
      key: true,
    },
    {
      name: 'save-image',
      path: `${places.tags(ids.harbour, web)}&selected=latest`,
      ready: GRID,
      prepare: async (page) => {
        await page.locator('main [data-action="export"]').click();
        await page.locator('[data-action="save"]').click();
        await page.getByRole('dialog').locator('button[type="submit"]').waitFor();
      },
      key: true,
    },
    { name: 'plan-expired', path: `/plans/${ids.harbour}`, ready: 'main h2' },
    { name: 'image-index', path: places.image(ids.harbour, web, 'latest'), ready: TAB, key: true },
    {
      name: 'image-layers-index',
      path: places.image(ids.harbour, web, 'latest', { tab: 'layers' }),
      ready: GRID,
    },
    { name: 'image', path: places.image(ids.harbour, 'tools/backup', 'latest'), ready: TAB, key: true },
    {
      name: 'image-layers',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'layers' }),
      ready: GRID,
      key: true,
    },
    {
      name: 'image-manifest',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'manifest' }),
      ready: TAB,
    },
    {
      name: 'image-files',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'files' }),
      ready: TREE,
      key: true,
    },
    {
      name: 'image-files-changes',
      path: places.image(ids.harbour, 'tools/backup', 'latest', {
        tab: 'files',
        view: 'changes',
        layer: 'layer-2',
      }),
      ready: TREE,
      key: true,
    },
    {
      name: 'image-files-wasted',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'files', view: 'wasted' }),
      ready: 'main dl',
    },
    {
      name: 'image-files-found',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'files', filter: 'etc/' }),
      ready: '[role="grid"] >> nth=1',
    },
    {
      name: 'image-files-index',
      path: places.image(ids.harbour, web, 'latest', { tab: 'files', platform: 'index' }),
      ready: 'main h2',
    },
    {
      name: 'image-packages-sbom',
      path: places.image(ids.harbour, web, 'latest', { tab: 'packages' }),
      ready: GRID,
      key: true,
    },
    {
      name: 'image-packages-none',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'packages' }),
      ready: '[data-testid="packages-source"]',
    },
    {
      name: 'image-referrers',
      path: places.image(ids.harbour, web, 'latest', { tab: 'referrers' }),
      ready: GRID,
      key: true,
    },
    {
      name: 'image-referrers-none',
      path: places.image(ids.harbour, 'tools/backup', 'latest', { tab: 'referrers' }),
      ready: 'main h2',
    },
    { name: 'image-artifact', path: places.image(ids.harbour, 'harbour/policies', 'current'), ready: TAB },
    { name: 'image-helm-chart', path: places.image(ids.harbour, 'charts/harbour', '0.8.0'), ready: TAB },
    { name: 'image-schema1', path: places.image(ids.harbour, 'legacy/old', '1'), ready: TAB },
    { name: 'image-gone', path: places.image(ids.harbour, web, '9.9.9'), ready: 'main h1' },
    { name: 'transfers', path: '/transfers', ready: GRID, key: true },
    { name: 'transfers-saved', path: '/transfers?tab=saved', ready: GRID, key: true },
    { name: 'transfer-new', path: '/transfers/new', ready: 'main form', key: true },
    {
      name: 'transfer-new-chosen',
      path: `/transfers/new?source=${ids.harbour}&target=${ids.unlisted}&repository=harbour/*&repository=tools/backup&rename=mirror/{repository}`,
      ready: '[data-testid="picked"][aria-busy="false"]',
      key: true,
    },
    {
      name: 'transfer-new-many',
      path: `/transfers/new?source=${ids.big}&target=${ids.harbour}&repository=team-1/*`,
      ready: TREE,
    },
    {
      name: 'transfer-new-problems',
      path: '/transfers/new?tag=v*&versions=newest&platform=amd64&index=sparse&rename={x}',
      ready: 'main form',
      prepare: async (page) => {
        await page.locator('main form button[type="submit"]').click();
        await page.locator('main form [aria-invalid="true"]').first().waitFor();
      },
    },
    {
      name: 'transfer-plan',
      path: `/transfers/plan?source=${ids.harbour}&target=${ids.unlisted}&repository=harbour/web&repository=legacy/old&rename=mirror/{name}&prune=1`,
      ready: TREE,
      key: true,
    },
    { name: 'transfer-done', path: `/transfers/${transfers.done}`, ready: GRID },
    { name: 'transfer-failed', path: `/transfers/${transfers.failed}`, ready: GRID, key: true },
    { name: 'transfer-gone', path: `/transfers/${ids.harbour}`, ready: '[data-failure="operationUnknown"]' },
    {
      name: 'transfer-running',
      path: `/transfers/${transfers.paused}`,
      ready: '[data-digest] [role="progressbar"]',
      before: transfers.goOn,
      after: transfers.pauseAgain,
      key: true,
    },
    { name: 'activity', path: '/activity', ready: GRID, key: true },
    {
      name: 'activity-own',
      path: '/activity?kind=account&since=2026-01-05',
      ready: GRID,
      prepare: async (page) => {
        await page.locator(GRID).click();
        await page.getByRole('dialog').locator('dl').waitFor();
      },
    },
    {
      name: 'activity-verified',
      path: '/activity',
      ready: GRID,
      prepare: async (page) => {
        await page.locator('header [data-action="verify"]').click();
        await page.getByTestId('verified').waitFor();
      },
    },
    {
      name: 'activity-undone',
      path: '/activity?result=undone',
      ready: '[data-undone-by]',
      prepare: async (page) => {
        await page.locator(GRID).click();
        await page.getByRole('dialog').locator('dl a').waitFor();
      },
      key: true,
    },
    {
      name: 'work',
      path: places.tags(ids.harbour, 'harbour/api'),
      ready: 'footer [data-tone="running"]',
      before: async () => {
        await transfers.failAgain();
        await transfers.goOn();
      },
      after: async () => {
        await transfers.pauseAgain();
        await lookAtAll();
      },
      prepare: async (page) => {
        await page.locator('footer button[aria-expanded]').click();
        await page.locator('[data-section="failed"]').waitFor();
      },
      key: true,
    },
    {
      name: 'work-none',
      path: places.registry(ids.harbour),
      ready: 'footer button[aria-expanded]',
      before: lookAtAll,
      prepare: async (page) => {
        await page.locator('footer button[aria-expanded]').click();
        await page.getByRole('region').locator('p').waitFor();
      },
    },
    {
      name: 'toasts',
      path: places.tags(ids.harbour, 'harbour/api'),
      ready: GRID,
      prepare: async (page) => {
        await transfers.failAgain();
        await change();
        await page.locator('[data-ended][data-status="done"]').first().waitFor();
        await page.locator('[data-ended][data-status="failed"]').waitFor();
      },
      after: lookAtAll,
      key: true,
    },
    { name: 'settings', path: '/settings', ready: 'main section code', key: true },
    {
      name: 'settings-trash',
      path: '/settings',
      ready: '[data-testid="trash"] code',
      prepare: async (page) => {
        await page.getByTestId('trash').locator('button[aria-expanded]').click();
        await page.getByTestId('trash-entries').getByRole('link').first().waitFor();
        await page.getByTestId('trash').scrollIntoViewIfNeeded();
      },
      key: true,
    },
    { name: 'account-new', path: '/accounts/new?product=generic', ready: 'main form section', key: true },
    { name: 'account-parts', path: '/accounts/new?product=ecr', ready: 'main form section' },
    { name: 'account-token', path: '/accounts/new?product=gitlab', ready: 'main form section' },
    { name: 'account-edit', path: `/accounts/${ids.shut}/edit`, ready: 'main form' },
    {
      name: 'account-test',
      path: `/accounts/${ids.dead}/edit`,
      ready: 'main form',
      prepare: async (page) => {
        await page.locator('main form button[type="submit"]').click();
        await page.locator('[data-test-state="failed"]').waitFor();
      },
      key: true,
    },
    ...oddViews(ids.odd, ids.harbour),
    ...stateViews(states),
    ...loadingViews(slow),
    ...productViews(products),
    ...(harbor ? administrationViews(harbor) : []),
    { name: 'not-found', path: '/no/such/place', ready: 'main' },
    {
      name: 'shortcuts',
      path: places.tags(ids.harbour, web),
      ready: GRID,
      prepare: async (page) => {
        await page.keyboard.press('?');
        await page.getByRole('dialog').locator('kbd').first().waitFor();
      },
      key: true,
    },
    {
      name: 'sidebar-menu',
      path: places.tags(ids.harbour, web),
      ready: GRID,
      prepare: async (page) => {
        await page.locator('nav [data-row] a').first().click({ button: 'right' });
        await page.getByRole('menu').waitFor();
      },
    },
    {
      name: 'sidebar-folded',
      path: places.tags(ids.harbour, web),
      ready: GRID,
      prepare: async (page) => {
        await page.keyboard.press('Control+b');
        await page.locator('nav[data-collapsed]').waitFor();
      },
    },
    {
      name: 'palette',
      path: places.registry(ids.harbour),
      ready: TREE,
      prepare: async (page) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog').getByRole('textbox').fill('web');
        await page.getByRole('dialog').getByText(`${web}:latest`).waitFor();
      },
    },
  ];
}

/** The names of `viewsOf`, which are known before there is a site. */
export const viewNames: readonly string[] = viewsOf({
  ids: { harbour: '', big: '', empty: '', dead: '', shut: '', unlisted: '', odd: '', local: '' },
  states: NO_STATES,
  slow: '',
  products: {
    ...NO_PRODUCTS,
    ...(peer('docker-registry') !== null && { distribution: '', cache: '' }),
  },
  harbor: isRecorded ? { id: '', makeRobot: async () => {}, close: async () => {} } : undefined,
  host: 'h',
  transfers: {
    done: '',
    failed: '',
    failAgain: async () => {},
    paused: '',
    goOn: async () => {},
    pauseAgain: async () => {},
  },
  change: async () => {},
  lookAtAll: async () => {},
  close: async () => {},
}).map(({ name }) => name);

/** Opens it and waits until nothing in it is on its way any more. */
export async function openView(page: Page, origin: string, view: View): Promise<void> {
  await view.before?.();
  // What was written in a view before, such as rules that were not saved, would be there again.
  if (page.url().startsWith(origin)) await page.evaluate(() => sessionStorage.clear());
  await page.goto(origin + view.path);
  await page.locator(view.ready).first().waitFor();
  await view.prepare?.(page);
  if (view.loading) return;
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy="true"], [class*="mantine-Skeleton"], [class*="_pending_"]') ===
      null,
  );
}

async function seedMany(registry: LocalRegistry): Promise<void> {
  const image = await makeImage();
  const { mediaType, bytes } = image;
  for (const blob of image.blobs) await registry.storage.putBlob('long/list', blob.bytes);
  const names = Array.from({ length: 9_999 }, (_, index) => `team-${index % 40}/service-${index}`);
  await registry.storage.seed([
    ...names.map((repository) => ({ repository, mediaType, bytes, tags: ['latest'] })),
    {
      repository: 'long/list',
      mediaType,
      bytes,
      tags: Array.from({ length: 10_000 }, (_, index) => `1.${index}`),
    },
  ]);
}

/** A retag, a copy and a deletion. */
async function operate(api: TestApi, id: string, otherId: string): Promise<readonly string[]> {
  const place = { accountId: id, repository: 'harbour/api' };
  const copies = [
    { reference: '1.9.7', account: id, target: { repository: place.repository, tag: 'rollback' } },
    { reference: '2.0.1', account: otherId, target: { repository: 'mirror/api', tag: '2.0.1' } },
  ];
  const ids: string[] = [];
  for (const { reference, account, target } of copies) {
    const source = { repository: place.repository, reference };
    const plan = await api.transfers.planCopies({
      source: id,
      target: account,
      copies: [{ source, target }],
    });
    if (plan.items.by.same) continue;
    ids.push((await api.plans.start({ planId: plan.id })).operationId);
  }
  await ended(api, ids);
  const deletion = await planned(api.deletion.plan({ ...place, tags: ['rollback'] }));
  const { operationId } = await api.plans.start({
    planId: deletion.id,
    consent: false,
    typed: deletion.typed,
  });
  await ended(api, [operationId]);
  return ids;
}

async function undoLatest(api: TestApi): Promise<void> {
  const [latest] = await api.operations.history({ limit: 1 });
  if (latest === undefined) return;
  const { id: planId } = await api.operations.planUndo({ operationId: latest.id });
  await ended(api, [(await api.plans.start({ planId })).operationId]);
}

async function dismissAll(api: TestApi): Promise<void> {
  for (const { id } of await api.operations.history({ limit: 100 })) {
    await api.operations.dismiss({ operationId: id });
  }
}

async function ended(api: TestApi, ids: readonly string[]): Promise<void> {
  const waiting = new Set(ids);
  for await (const operation of await api.operations.watch()) {
    if (!['queued', 'running'].includes(operation.status)) waiting.delete(operation.id);
    if (waiting.size === 0) return;
  }
}
