import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PackageSummary } from '../../src-main/common/packages.ts';
import type { Core, ImageAt } from '../../src-main/services/index.ts';
import {
  amd64,
  arm64,
  blob,
  makeImage,
  makeIndex,
  mediaTypes,
  type TestManifest,
} from '../support/images.ts';
import { imageOf, layerReads, rawTar } from '../support/layers.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { startOddRegistry } from '../support/odd-registry.ts';
import { imageWithPackages, sbomOf } from '../support/packages.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';

const EXPECTED = [
  ['base-files', '12.4', 0],
  ['curl', '7.88', 1],
  ['openssl', '3.0.2', 1],
  ['kept', '1.0.0', 0],
];
const PAGE = { offset: 0, limit: 100 };

async function served(image: TestManifest, ...attached: readonly TestManifest[]) {
  const [core, registry] = await Promise.all([testCore(), startTestRegistry()]);
  for (const each of [image, ...attached])
    await push(each, registry, 'team/app', each === image ? '1.0' : undefined);
  const handle = await core.accounts.forHost(registry.url);
  return {
    core,
    registry,
    image: { handle, repository: 'team/app', reference: '1.0' },
    reads: () => layerReads(registry, image),
  };
}

async function find(
  core: Core,
  image: ImageAt,
  options: Parameters<Core['packages']['find']>[1] = {},
): Promise<PackageSummary> {
  for await (const each of core.packages.find(image, options)) if (each.kind === 'found') return each.summary;
  throw new Error('It ended without an answer.');
}

test('a package that a layer brings through a link of a lower one is where the link leads, and a later layer takes it away there', async () => {
  const named = (name: string) => JSON.stringify({ name, version: '1.0.0' });
  const { core, image } = await served(
    imageOf([
      rawTar([
        { name: 'opt/app/node_modules/kept/package.json', content: named('kept') },
        { name: 'app', type: '2', link: 'opt/app' },
      ]),
      rawTar([
        { name: 'app/node_modules/gone/package.json', content: named('gone') },
        { name: 'app/node_modules/more/package.json', content: named('more') },
      ]),
      rawTar([{ name: 'opt/app/node_modules/.wh.gone' }]),
    ]),
  );
  const { items } = await core.packages.list(image, PAGE);
  expect(items).toMatchObject([
    { name: 'kept', layer: 0, paths: ['opt/app/node_modules/kept/package.json'] },
    { name: 'more', layer: 1, paths: ['opt/app/node_modules/more/package.json'] },
  ]);
});

test('what the files name, with the layer that brought it; layers are read once for packages and files', async () => {
  const { core, image, reads } = await served(imageWithPackages());
  const summary = await find(core, image);
  expect(summary).toMatchObject({
    source: 'files',
    packages: 4,
    types: [
      { type: 'deb', packages: 3 },
      { type: 'npm', packages: 1 },
    ],
    system: { id: 'debian', version: '12' },
    sboms: [],
    problems: [{ code: 'damaged', path: 'app/node_modules/broken/package.json', layer: 2 }],
  });
  const { items, total } = await core.packages.list(image, PAGE);
  expect(total).toBe(4);
  expect(items.map(({ name, version, layer }) => [name, version, layer])).toEqual(EXPECTED);
  expect(items[2]).toEqual({
    type: 'deb',
    name: 'openssl',
    version: '3.0.2',
    licence: 'Apache-2.0',
    purl: 'pkg:deb/debian/openssl@3.0.2?arch=amd64&distro=debian-12',
    layer: 1,
    paths: ['var/lib/dpkg/status'],
  });
  await core.files.list(image, { view: 'merged', path: '', offset: 0, limit: 10 });
  expect(reads()).toBe(3);

  // What was found is kept by the digests of layers, for the next start as well.
  const again = await testCore({ home: core.home });
  expect((await again.packages.list(image, PAGE)).items).toEqual(items);
  expect(reads()).toBe(3);
});

test('a list is filtered by words and type, and comes page by page', async () => {
  const { core, image } = await served(imageWithPackages());
  const names = async (options: { filter?: string; type?: string; offset?: number; limit?: number }) => {
    const { items, total } = await core.packages.list(image, { ...PAGE, ...options });
    return [items.map(({ name }) => name), total];
  };
  expect(await names({ filter: ' SSL deb ' })).toEqual([['openssl'], 1]);
  expect(await names({ filter: 'mit' })).toEqual([['kept'], 1]);
  expect(await names({ type: 'deb', offset: 1, limit: 1 })).toEqual([['curl'], 3]);
  expect(await names({ filter: 'none' })).toEqual([[], 0]);
});

test('an attached SBOM is preferred, costs no layer, and is not what is shown where the files are asked for', async () => {
  const image = imageWithPackages();
  const sbom = sbomOf(image);
  const { core, image: at, reads } = await served(image, sbom);
  expect(await find(core, at)).toMatchObject({
    source: 'sbom',
    packages: 1,
    sboms: [
      {
        manifest: sbom.digest,
        via: 'subject',
        format: 'spdx',
        version: '2.3',
        tool: 'syft-1.2',
        packages: 1,
        used: true,
      },
    ],
  });
  expect((await core.packages.list(at, PAGE)).items).toEqual([
    {
      type: 'deb',
      name: 'stated',
      version: '1.0',
      licence: 'MIT',
      purl: 'pkg:deb/debian/stated@1.0',
      paths: [],
    },
  ]);
  expect(reads()).toBe(0);
  const files = await find(core, at, { source: 'files' });
  expect(files).toMatchObject({ source: 'files', packages: 4, sboms: [{ used: false }] });
  expect((await core.packages.list(at, { ...PAGE, source: 'files' })).total).toBe(4);
});

test('an SBOM of the index that the image was chosen from is found, and one of another image is not', async () => {
  const image = imageWithPackages();
  const other = await makeImage({ platform: arm64 });
  const index = makeIndex([
    { manifest: image, platform: amd64 },
    { manifest: other, platform: arm64 },
  ]);
  const { core, image: at } = await served(index, sbomOf(index));
  const chosen = { ...at, reference: image.digest };
  expect(await find(core, chosen, { index: index.digest })).toMatchObject({ source: 'sbom', packages: 1 });
  expect(await find(core, chosen)).toMatchObject({ source: 'files', packages: 4, sboms: [] });
  expect(await find(core, chosen, { source: 'sbom' })).toMatchObject({
    source: 'sbom',
    packages: 0,
    sboms: [],
  });
});

test('a layer that cannot be read says so, and the packages of the others are there', async () => {
  const broken = blob(mediaTypes.oci.layer, Buffer.from('no archive'.repeat(100)));
  const layer = rawTar([{ name: 'app/node_modules/a/package.json', content: '{"name":"a","version":"1"}' }]);
  const { core, image } = await served(imageOf([broken, layer]));
  const summary = await find(core, image);
  expect(summary).toMatchObject({ packages: 1, problems: [{ code: 'unread', layer: 0 }] });
});

test('what could not be read is read when it is looked for again', async () => {
  const image = imageWithPackages();
  const [, , layer] = image.blobs;
  let isRefused = true;
  const registry = await startOddRegistry(async ({ url }, ordinary) =>
    isRefused && url.includes(layer?.digest ?? '') ? { status: 403 } : await ordinary(),
  );
  await push(image, registry.behind, 'team/app', '1.0');
  const core = await testCore();
  const at = { handle: await core.accounts.forHost(registry.url), repository: 'team/app', reference: '1.0' };
  expect((await find(core, at)).problems).toContainEqual(
    expect.objectContaining({ code: 'unread', layer: 1 }),
  );
  isRefused = false;
  const summary = await find(core, at);
  expect(summary.problems.map(({ code }) => code)).not.toContain('unread');
  expect(summary.packages).toBe(4);
  expect((await core.packages.list(at, PAGE)).total).toBe(4);
});

test('what may be attached and cannot be seen is said, and the files are read', async () => {
  const image = imageWithPackages();
  const registry = await startOddRegistry(async ({ url }, ordinary) =>
    /referrers|sha256-/.test(url) ? { status: 403 } : await ordinary(),
  );
  await push(image, registry.behind, 'team/app', '1.0');
  const core = await testCore();
  const handle = await core.accounts.forHost(registry.url);
  const summary = await find(core, { handle, repository: 'team/app', reference: '1.0' });
  expect(summary).toMatchObject({ source: 'files', packages: 4 });
  expect(summary.problems.filter(({ code }) => code === 'unread').length).toBeGreaterThan(0);
});

test('an index is no image, and is refused with words', async () => {
  const image = await makeImage();
  const { core, image: at } = await served(makeIndex([{ manifest: image, platform: amd64 }]));
  await expect(find(core, at)).rejects.toMatchObject({ code: 'invalidInput' });
});

test('SBOMs are written to files, whole or not at all', async () => {
  const { core, image } = await served(imageWithPackages());
  const folder = await temporaryFolder();
  await core.packages.export(image, 'cyclonedx', path.join(folder, 'a.json'));
  await core.packages.export(image, 'spdx', path.join(folder, 'b.json'));
  const document = async (name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8'));
  const [cyclonedx, spdx] = [await document('a.json'), await document('b.json')];
  expect(cyclonedx).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  expect(cyclonedx.components).toHaveLength(5);
  expect(cyclonedx.metadata.component.name).toBe(`${image.handle.host}/team/app`);
  expect(spdx).toMatchObject({ spdxVersion: 'SPDX-2.3' });
  expect(spdx.packages).toHaveLength(5);
  await expect(core.packages.export(image, 'spdx', 'relative.json')).rejects.toMatchObject({
    code: 'invalidInput',
  });
  await expect(core.packages.export(image, 'spdx', path.join(folder, 'none/c.json'))).rejects.toMatchObject({
    code: 'fileFailed',
  });
  expect((await readdir(folder)).sort()).toEqual(['a.json', 'b.json']);
});

test('a search that is given up leaves nothing behind that goes on', async () => {
  const { core, image } = await served(imageWithPackages());
  const abort = new AbortController();
  abort.abort();
  await expect(find(core, image, { signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(await find(core, image)).toMatchObject({ packages: 4 });
});
