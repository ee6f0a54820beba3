import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { FoundLayerFiles, LookedFor, Looking } from '../../src-main/common/find.ts';
import type { Core } from '../../src-main/services/index.ts';
import { makeImage } from '../support/images.ts';
import { imageOf, layerReads, rawTar } from '../support/layers.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { imageWithPackages, sbomOf } from '../support/packages.ts';
import { push } from '../support/push.ts';
import { settingsFor, TestKeychain, testCore } from './support/core.ts';

// Scans and layers that are read, beside all other tests.
vi.setConfig({ testTimeout: 60_000 });

const PAGE = { offset: 0, limit: 100 };

const dpkg = (packages: Readonly<Record<string, string>>) =>
  Object.entries(packages)
    .map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n`)
    .join('\n');
const apk = (packages: Readonly<Record<string, string>>) =>
  Object.entries(packages)
    .map(([name, version]) => `P:${name}\nV:${version}\nL:MIT\n`)
    .join('\n');
const DEBIAN = rawTar([
  { name: 'var/lib/dpkg/status', content: dpkg({ openssl: '3.0.14-1~deb12u2', bash: '5.2-1' }) },
]);
const NEWER = rawTar([{ name: 'var/lib/dpkg/status', content: dpkg({ openssl: '3.0.15-1~deb12u1' }) }]);
const ALPINE = rawTar([
  { name: 'lib/apk/db/installed', content: apk({ openssl: '3.1.4-r5', 'ssl-client': '1-r0' }) },
]);
const APP = rawTar([{ name: 'app/server.js', content: 'serve()' }]);

async function scanned() {
  const [core, registry] = await Promise.all([testCore(), startTestRegistry()]);
  const images = {
    'team/debian:12': imageOf([DEBIAN]),
    'team/app:1.0': imageOf([DEBIAN, APP]),
    'team/newer:1': imageOf([NEWER]),
    'team/alpine:3': imageOf([ALPINE]),
  };
  for (const [name, image] of Object.entries(images)) {
    const [repository = '', tag] = name.split(':');
    await push(image, registry, repository, tag);
  }
  const account = await core.accounts.add(settingsFor(registry.url), {});
  return { core, registry, images, account };
}

async function scan(core: Core, accountId: string) {
  const { scanId } = await core.inventory.scan(await core.accounts.handle(accountId), {
    readManifests: false,
    dates: true,
  });
  await core.inventory.finished(scanId);
}

async function lookInto(core: Core, accountId?: string, what: LookedFor = 'packages'): Promise<Looking> {
  core.find.look(what, accountId);
  for await (const each of core.find.watch()) if (each.status !== 'running') return each;
  throw new Error('It ended without an answer.');
}

async function found(core: Core, text: string) {
  const { items } = await core.find.packages({ text, ...PAGE });
  return items.map(({ type, name, version, images, uncertain }) =>
    [type, name, version, images, ...(uncertain ? ['?'] : [])].join(' '),
  );
}

test('packages of all images are found by name and version once these were looked into, and lead to their places', async () => {
  const { core, account } = await scanned();
  await scan(core, account.id);
  expect(await core.find.looked()).toMatchObject({ images: 4, looked: 0, unread: 0 });
  expect(await found(core, 'openssl')).toEqual([]);

  expect(await lookInto(core)).toMatchObject({ status: 'done', images: { done: 4, total: 4 }, failed: 0 });
  expect(await core.find.looked()).toMatchObject({ images: 4, looked: 4, partly: 0, bytes: 0 });
  expect(await found(core, 'openssl')).toEqual([
    'apk openssl 3.1.4-r5 1',
    'deb openssl 3.0.15-1~deb12u1 1',
    'deb openssl 3.0.14-1~deb12u2 2',
  ]);
  expect(await found(core, 'openssl < 3.0.15')).toEqual(['deb openssl 3.0.14-1~deb12u2 2']);
  expect(await found(core, 'openssl >= 3.0.15, < 3.1.4-r6')).toEqual([
    'apk openssl 3.1.4-r5 1',
    'deb openssl 3.0.15-1~deb12u1 1',
  ]);
  expect(await found(core, 'ssl')).toContain('apk ssl-client 1-r0 1');
  expect(await found(core, 'ssl < 9')).toEqual([]);
  expect((await core.find.packages({ text: 'openssl', type: 'apk', ...PAGE })).types).toEqual(['apk', 'deb']);
  const old = { type: 'deb', name: 'openssl', version: '3.0.14-1~deb12u2' };
  const { items, total } = await core.find.places({ of: { package: old }, ...PAGE });
  expect(total).toBe(2);
  expect(items).toMatchObject([
    { accountId: account.id, host: account.host, repository: 'team/app', tags: ['1.0'] },
    { repository: 'team/debian', tags: ['12'] },
  ]);
  await core.accounts.remove(account.id);
  // What was known of it is forgotten in slices.
  await expect.poll(() => found(core, 'openssl')).toEqual([]);
});

test('what was looked into when the program ended is looked into further once it is opened again, and not where it was stopped', async () => {
  const registry = await startTestRegistry();
  await push(imageOf([DEBIAN]), registry, 'team/debian', '12');
  await push(imageOf([NEWER]), registry, 'team/newer', '1');
  const keychain = new TestKeychain();
  const first = await testCore({ host: 'browser', keychain });
  const { id } = await first.accounts.add(settingsFor(registry.url), {});
  await scan(first, id);
  const answer = registry.inject({ kind: 'latency', ms: 600_000, when: { method: 'GET', path: /blobs/ } });
  first.find.look('packages');
  for await (const { repository } of first.find.watch()) if (repository !== undefined) break;
  await first.close();
  answer();
  const { home } = first;
  const next = await testCore({ host: 'browser', keychain, home });
  for await (const each of next.find.watch()) {
    if (each.status === 'running') continue;
    expect(each).toMatchObject({ status: 'done', images: { done: 2, total: 2 }, failed: 0 });
    break;
  }
  expect(await next.find.looked()).toMatchObject({ images: 2, looked: 2 });

  await push(imageOf([ALPINE]), registry, 'team/alpine', '3');
  await scan(next, id);
  registry.inject({ kind: 'latency', ms: 600_000, when: { method: 'GET', path: /blobs/ } });
  next.find.look('packages');
  for await (const { repository } of next.find.watch()) if (repository !== undefined) break;
  await next.find.stop();
  await next.close();
  const last = await testCore({ host: 'browser', keychain, home });
  expect(await last.find.looked()).toMatchObject({ images: 3, looked: 2 });
  // Nothing is under way: else this would be refused.
  expect(last.find.look('packages').id).not.toBe('');
});

test('an attached SBOM is read in the place of layers; what was looked into is not read again', async () => {
  const [core, registry] = await Promise.all([testCore(), startTestRegistry()]);
  const image = imageWithPackages();
  await push(image, registry, 'team/app', '1');
  await push(sbomOf(image), registry, 'team/app');
  const handle = await core.accounts.forHost(registry.url);
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  await core.inventory.finished(scanId);
  core.find.lookAt('packages', handle);
  for await (const each of core.find.watch()) if (each.status !== 'running') break;
  expect(layerReads(registry, image)).toBe(0);
  expect((await core.find.looked()).looked).toBeGreaterThan(0);
  const before = registry.requests.length;
  core.find.lookAt('packages', handle);
  for await (const each of core.find.watch()) {
    if (each.status === 'running') continue;
    expect(each).toMatchObject({ status: 'done', images: { done: 0, total: 0 } });
    break;
  }
  expect(registry.requests.length).toBe(before);
});

test('files of layers that were read are found by a part of their path or a pattern; layers lead to their images', async () => {
  const { core, account } = await scanned();
  await scan(core, account.id);
  await lookInto(core, account.id);
  const files = async (text: string) => {
    const all: FoundLayerFiles[] = [];
    for await (const each of core.find.files(text)) all.push(each);
    expect(all.at(-1)).toMatchObject({ layers: { done: 4, total: 4 }, more: false });
    return all.flatMap((each) => each.files);
  };
  const [server] = await files('SERVER');
  expect(server).toMatchObject({ path: 'app/server.js', type: 'file', size: 7 });
  expect((await files('*.js')).map(({ path }) => path)).toEqual(['app/server.js']);
  expect((await files('var/**')).filter(({ type }) => type === 'file')).toHaveLength(2);
  expect(await files('nowhere/*')).toEqual([]);
  // By what is in them, as sha256sum says it.
  const sum = createHash('sha256').update('serve()').digest('hex');
  for (const text of [sum, `sha256:${sum.toUpperCase()}`])
    expect((await files(text)).map(({ path }) => path)).toEqual(['app/server.js']);
  expect(await files('0'.repeat(64))).toEqual([]);
  const places = await core.find.places({ of: { digest: server?.layer ?? '' }, ...PAGE });
  expect(places.items).toMatchObject([{ repository: 'team/app', tags: ['1.0'] }]);
});

test('layers that nobody has read are counted with their bytes, and read on demand: then their files are found, and what is in them', async () => {
  const registry = await startTestRegistry();
  const keychain = new TestKeychain();
  const first = await testCore({ host: 'browser', keychain });
  const image = imageOf([DEBIAN, APP]);
  await push(imageOf([DEBIAN]), registry, 'team/debian', '12');
  await push(image, registry, 'team/app', '1.0');
  const { id } = await first.accounts.add(settingsFor(registry.url), {});
  await scan(first, id);
  const [, base, app] = image.blobs;
  const bytes = (base?.bytes.byteLength ?? 0) + (app?.bytes.byteLength ?? 0);
  expect(await first.find.unreadLayers()).toEqual({ images: 2, layers: 2, bytes });
  expect(await first.find.unreadLayers('another')).toEqual({ images: 0, layers: 0, bytes: 0 });

  // One cannot be read: that is said, and costs itself only.
  const refuse = registry.inject({
    kind: 'status',
    status: 404,
    when: { path: new RegExp(app?.digest ?? '') },
  });
  expect(await lookInto(first, id, 'files')).toMatchObject({
    ...{ what: 'files', status: 'done', images: { done: 2, total: 2 } },
    ...{ failed: 1, failure: { code: 'notFound' } },
  });
  refuse();
  expect(await first.find.unreadLayers(id)).toMatchObject({ images: 1, layers: 1 });

  // What was under way when the program ended goes on, for what it was begun for.
  const hold = registry.inject({
    kind: 'latency',
    ms: 600_000,
    when: { path: new RegExp(app?.digest ?? '') },
  });
  first.find.look('files');
  for await (const { repository } of first.find.watch()) if (repository !== undefined) break;
  await first.close();
  hold();
  const next = await testCore({ host: 'browser', keychain, home: first.home });
  for await (const each of next.find.watch()) {
    if (each.status === 'running') continue;
    expect(each).toMatchObject({ what: 'files', status: 'done', images: { done: 1, total: 1 }, failed: 0 });
    break;
  }
  expect(await next.find.unreadLayers()).toEqual({ images: 0, layers: 0, bytes: 0 });
  const sum = createHash('sha256').update('serve()').digest('hex');
  const found: FoundLayerFiles[] = [];
  for await (const each of next.find.files(sum)) found.push(each);
  expect(found.at(-1)).toMatchObject({ files: [{ path: 'app/server.js' }], unsummed: 0 });
  // Packages are another question: nobody has looked for these.
  expect(await next.find.looked()).toMatchObject({ images: 2, looked: 0 });
});

test('a digest says what it is and where: manifest, config, layer, and the layer without its compression', async () => {
  const { core, account, images } = await scanned();
  await scan(core, account.id);
  const image = images['team/app:1.0'];
  const [item] = await core.find.digests(image.digest.slice(0, 30));
  expect(item).toMatchObject({ digest: image.digest, kind: 'image' });
  for (const { digest, kind } of await core.find.digests(image.digest.slice('sha256:'.length, 19)))
    expect([digest, kind]).toEqual([image.digest, 'image']);
  expect(await core.find.digests('12345')).toEqual([]);
});

test('the base of an image is the one with its first layers; an update is there when its tag has moved', async () => {
  const { core, registry, account, images } = await scanned();
  await scan(core, account.id);
  const handle = await core.accounts.handle(account.id);
  const app = { handle, repository: 'team/app', reference: '1.0' };
  const before = await core.find.base(app);
  expect(before).toMatchObject({
    digest: images['team/app:1.0'].digest,
    layers: 2,
    found: {
      digest: images['team/debian:12'].digest,
      layers: 1,
      places: [{ accountId: account.id, repository: 'team/debian', tags: ['12'] }],
    },
    updates: [],
  });
  expect(before.stated).toBeUndefined();
  await push(images['team/newer:1'], registry, 'team/debian', '12');
  await scan(core, account.id);
  expect(await core.find.base(app)).toMatchObject({
    found: { digest: images['team/debian:12'].digest, places: [] },
    updates: [
      { accountId: account.id, repository: 'team/debian', tag: '12', digest: images['team/newer:1'].digest },
    ],
  });
  await expect(core.find.base({ ...app, repository: 'team/nothing' })).rejects.toMatchObject({
    code: 'notFound',
  });
});

test('an image that names its base is compared with where that tag points', async () => {
  const { core, registry, account, images } = await scanned();
  const base = { name: `${account.host}/team/debian:12`, digest: images['team/debian:12'].digest };
  const annotations = {
    'org.opencontainers.image.base.name': base.name,
    'org.opencontainers.image.base.digest': base.digest,
  };
  const image = await makeImage({ name: 'stating', layers: { own: 64 }, annotations });
  await push(image, registry, 'team/stating', '1');
  const at = { handle: await core.accounts.handle(account.id), repository: 'team/stating', reference: '1' };
  expect((await core.find.base(at)).stated).toEqual({ ...base, tag: 'unknown' });
  await scan(core, account.id);
  expect(await core.find.base(at)).toMatchObject({ stated: { ...base, tag: 'same' }, updates: [] });
  await push(images['team/newer:1'], registry, 'team/debian', '12');
  await scan(core, account.id);
  expect(await core.find.base(at)).toMatchObject({
    stated: { ...base, tag: 'moved' },
    updates: [
      { host: account.host, repository: 'team/debian', tag: '12', digest: images['team/newer:1'].digest },
    ],
  });
});

test('an image that names no base, as builders write it of one that is built on none, states none', async () => {
  const { core, registry, account } = await scanned();
  const annotations = {
    'org.opencontainers.image.base.name': '',
    'org.opencontainers.image.base.digest': '',
  };
  await push(await makeImage({ name: 'scratch', annotations }), registry, 'team/scratch', '1');
  const at = { handle: await core.accounts.handle(account.id), repository: 'team/scratch', reference: '1' };
  expect((await core.find.base(at)).stated).toBeUndefined();
});

test('a layer is found by its diff ID, too', async () => {
  const { core, registry, account } = await scanned();
  const image = await makeImage({ name: 'diffs', layers: { one: 64 } });
  await push(image, registry, 'team/diffs', '1');
  await scan(core, account.id);
  const config = JSON.parse(image.blobs[0]?.bytes.toString() ?? '{}');
  const diffId: string = config.rootfs.diff_ids[0];
  expect(await core.find.digests(diffId)).toEqual([{ digest: diffId, kind: 'diffId' }]);
  const { items } = await core.find.places({ of: { digest: diffId }, ...PAGE });
  expect(items).toMatchObject([{ repository: 'team/diffs', digest: image.digest, tags: ['1'] }]);
  const [kind] = await core.find.digests(image.blobs[0]?.digest ?? '');
  expect(kind).toMatchObject({ kind: 'config' });
});

test('an image whose layers could not be reached counts as not looked into, with why; later it is looked into', async () => {
  const { core, registry, account } = await scanned();
  await scan(core, account.id);
  const end = registry.inject({ kind: 'reset', when: { path: /blobs/ } });
  expect(await lookInto(core)).toMatchObject({
    status: 'done',
    failed: 4,
    failure: { code: 'connectionLost' },
  });
  expect(await core.find.looked()).toMatchObject({ images: 4, looked: 0 });
  end();
  expect(await lookInto(core)).toMatchObject({ status: 'done', failed: 0 });
  expect(await core.find.looked()).toMatchObject({ images: 4, looked: 4, partly: 0 });
});
