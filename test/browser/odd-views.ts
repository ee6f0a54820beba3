import path from 'node:path';
import type { Page } from 'playwright-core';
import { openDatabase } from '../../src-main/data/index.ts';
import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import {
  amd64,
  blob,
  descriptor,
  makeArtifact,
  makeBuildCache,
  makeImage,
  manifestOf,
  mediaTypes,
  seededBytes,
  type TestManifest,
} from '../support/images.ts';
import { imageWithPackages } from '../support/packages.ts';
import { storeAttested } from './attested.ts';
import { places, store } from './fixtures.ts';
import { openChange, type View } from './view.ts';

const GRID = '[role="grid"] [aria-rowindex="2"]';
const TREE = '[role="treegrid"] [aria-rowindex="2"]';
const TAB = '[role="tabpanel"]:visible';

/** As the names that build systems make. */
const LONG = `feature-${'very-'.repeat(16)}long-branch-name-20260114-a1b2c3d4e5f6`;
const ODD_NAMES = ['Team/App', 'team//gap', `group/${'nested-group/'.repeat(12)}application`, 'team/ünïcode'];

/** What a deletion by digest only, with a placeholder, is made in. */
const MIX = 'team/mix';
const ATTESTED = 'team/attested';
const PACKAGES = 'team/packages';
/** Where a tag, and an index, cannot be looked at. */
const DOUBTFUL = 'team/doubtful';

/**
 * Fills a registry that deletes by digest only with what is odd: names against the grammar, manifests and configs that cannot be
 * read, sizes that are none, a history that does not fit, layers kept elsewhere, tags that may not be looked at.
 */
export async function storeOddities(registry: LocalRegistry): Promise<void> {
  const shared = await makeImage({ name: 'shared', layers: { base: 40_000, app: 3_000 } });
  await store(registry, MIX, shared, ['1.0', 'stable', LONG]);
  await store(registry, MIX, makeBuildCache(), ['buildcache']);
  await store(registry, MIX, unreadable(mediaTypes.oci.manifest), ['broken']);
  await store(registry, MIX, await oddImage(), ['odd']);
  await store(registry, MIX, await windowsImage(), ['ltsc2025']);

  const signed = await makeImage({ name: 'signed', layers: { base: 60_000, signed: 5_000 } });
  const about = { content: Buffer.from('signature'), subject: signed };
  for (const repository of ['team/signed', DOUBTFUL]) {
    await store(registry, repository, signed, ['2.0']);
    await store(registry, repository, await makeImage({ name: 'other' }), ['1.9']);
    for (const kind of ['signature', 'sbom'])
      await store(
        registry,
        repository,
        makeArtifact({ artifactType: `application/vnd.example.${kind}`, ...about }),
      );
    await store(registry, repository, makeArtifact(), [`${signed.digest.replace(':', '-')}.sig`]);
  }
  await storeAttested(registry, ATTESTED);
  await store(registry, PACKAGES, imageWithPackages(), ['1.0']);
  await store(registry, DOUBTFUL, unreadable(mediaTypes.oci.index, { manifests: [{}] }), ['nightly']);
  await store(registry, DOUBTFUL, await makeImage({ name: 'sealed' }), ['sealed-1', 'sealed-2']);

  const denied = JSON.stringify({ errors: [{ code: 'DENIED', message: 'the image was not scanned' }] });
  const sealed = /\/v2\/(team\/doubtful\/manifests\/sealed-|sealed\/web\/manifests\/(latest|stable)$)/;
  registry.inject({ kind: 'status', status: 403, body: denied, when: { path: sealed } });
  registry.inject({
    kind: 'status',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ repositories: [...ODD_NAMES, MIX, 'team/signed', DOUBTFUL].sort() }),
    when: { path: /^\/v2\/_catalog/ },
  });
}

function unreadable(mediaType: string, more: object = {}): TestManifest {
  return manifestOf({ schemaVersion: 2, mediaType, ...more }, []);
}

/** Layers without sizes, and a history that has more steps than there are layers. */
async function oddImage(): Promise<TestManifest> {
  const { blobs } = await makeImage({ name: 'odd', layers: { base: 30_000, runtime: 9_000, app: 700 } });
  const layers = blobs.slice(1);
  const steps = [
    'ADD rootfs.tar.gz / # buildkit',
    'RUN /bin/sh -c apt-get update && apt-get install --yes --no-install-recommends ca-certificates curl tini',
    'COPY dist /opt/app # buildkit',
    'RUN /bin/sh -c chown -R app:app /opt/app',
  ];
  const config = blob(
    mediaTypes.oci.config,
    Buffer.from(
      JSON.stringify({
        ...amd64,
        config: { Cmd: ['/opt/app/run'] },
        rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
        history: steps.map((created_by) => ({ created: '2026-01-14T10:01:58Z', created_by })),
      }),
    ),
  );
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: { ...descriptor(config), size: 7 },
      layers: layers.map((layer, at) => ({ ...descriptor(layer), ...(at === 1 ? { size: -1 } : {}) })),
    },
    [config, ...layers],
  );
}

/** Its base layer stays at its maker's. */
async function windowsImage(): Promise<TestManifest> {
  const { blobs } = await makeImage({
    name: 'windows',
    platform: { os: 'windows', architecture: 'amd64' },
    layers: { app: 20_000 },
  });
  const [config, ...layers] = blobs;
  if (!config) throw new Error('An image has a config.');
  const base = blob(mediaTypes.docker.layer.replace('diff', 'foreign.diff'), seededBytes('windows base', 64));
  const foreign = { ...descriptor(base), size: 1_700_000_000, urls: ['https://layers.example/windows/base'] };
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.docker.manifest,
      config: { ...descriptor(config), mediaType: mediaTypes.docker.config },
      layers: [
        foreign,
        ...layers.map((layer) => ({ ...descriptor(layer), mediaType: mediaTypes.docker.layer })),
      ],
    },
    blobs,
  );
}

/** Makes the latest operation one that a newer version wrote. */
export async function writeOfNewerVersion(home: string, operationId: string): Promise<void> {
  const { database, cache } = await openDatabase(path.join(home, 'wharfinger.db'));
  database.run(
    "UPDATE operations SET subject = ?, status = 'interrupted', failure = ? WHERE id = ?",
    '{"kind":"rotateKeys"}',
    '{"code":"ofANewerVersion","message":"The key store did not answer."}',
    operationId,
  );
  database.close();
  cache.close();
}

/** @param id of the account of the registry with the oddities @param sourceId of one with the samples */
export function oddViews(id: string, sourceId: string): View[] {
  const tags = (repository: string, ...selected: string[]) =>
    places.tags(id, repository) + selected.map((tag) => `&selected=${encodeURIComponent(tag)}`).join('');
  const deletion = (page: Page) => openChange(page, 'delete');
  return [
    { name: 'repositories-odd', path: places.registry(id), ready: TREE, key: true },
    { name: 'tags-odd', path: tags(MIX), ready: GRID, key: true },
    { name: 'tags-refused', path: tags(DOUBTFUL), ready: GRID },
    { name: 'delete-placeholder', path: tags(MIX, '1.0', LONG), ready: GRID, prepare: deletion, key: true },
    { name: 'delete-attached', path: tags('team/signed', '2.0'), ready: GRID, prepare: deletion },
    {
      name: 'delete-doubtful',
      path: tags(DOUBTFUL, '2.0', 'sealed-1'),
      ready: GRID,
      prepare: deletion,
      key: true,
    },
    { name: 'image-unreadable', path: places.image(id, MIX, 'broken'), ready: TAB },
    {
      name: 'image-packages',
      path: places.image(id, PACKAGES, '1.0', { tab: 'packages' }),
      ready: GRID,
      prepare: async (page) => {
        await page.getByRole('main').getByRole('button', { expanded: false, name: /\d/ }).click();
        await page.locator(GRID).click();
      },
      key: true,
    },
    {
      name: 'image-files-odd',
      path: places.image(id, PACKAGES, '1.0', { tab: 'files', view: 'changes', layer: 'layer-3' }),
      ready: '[role="treegrid"] [aria-rowindex="4"]',
    },
    {
      name: 'image-file',
      path: places.image(id, PACKAGES, '1.0', { tab: 'files', filter: 'os-release' }),
      ready: '[role="grid"] >> nth=1',
      prepare: async (page) => {
        await page.getByText('/usr/lib/os-release', { exact: true }).click();
        await page.locator('[role="dialog"] dl >> text=SHA-256').waitFor();
      },
      key: true,
    },
    {
      name: 'image-referrers-odd',
      path: places.image(id, ATTESTED, '1.0', { tab: 'referrers' }),
      ready: GRID,
      key: true,
    },
    { name: 'image-build-cache', path: places.image(id, MIX, 'buildcache'), ready: TAB },
    { name: 'image-odd', path: places.image(id, MIX, 'odd'), ready: TAB },
    {
      name: 'image-layers-odd',
      path: places.image(id, MIX, 'odd', { tab: 'layers' }),
      ready: GRID,
      key: true,
    },
    { name: 'image-long-name', path: places.image(id, MIX, LONG), ready: TAB, key: true },
    {
      name: 'copy-foreign',
      path: tags(MIX, 'ltsc2025'),
      ready: GRID,
      prepare: async (page) => {
        await openChange(page, 'copy');
        await page.getByRole('dialog').locator('button:has(+ button[type="submit"])').click();
        await page.getByTestId('plan').locator('[data-state="left-out"]').waitFor();
      },
      key: true,
    },
    {
      name: 'transfer-plan-unseen',
      path: `/transfers/plan?source=${sourceId}&target=${id}&repository=harbour/web&rename=sealed/web`,
      ready: GRID,
    },
  ];
}
