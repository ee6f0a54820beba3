import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LocalRegistry, startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { call, digestOf, OCI_INDEX, OCI_MANIFEST, pushBlob, pushImage, putManifest } from './client.ts';

/** What pushes left settles at once; see `settlesMs`. */
const start = (options: Parameters<typeof startTestRegistry>[0] = {}) =>
  startTestRegistry({ settlesMs: 0, ...options });

const remove = async (registry: LocalRegistry, repository: string, reference: string) =>
  expect((await call(registry, 'DELETE', `/v2/${repository}/manifests/${reference}`)).status).toBe(202);

const status = async (registry: LocalRegistry, path: string) =>
  (await call(registry, 'GET', `/v2/${path}`)).status;

function contentFile(folder: string, digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return join(folder, 'blobs', algorithm, hex.slice(0, 2), hex);
}

/** All digests of which there is content. */
async function contents(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile()).map(({ name }) => `sha256:${name}`);
}

function du(folder: string): { allocated: number; apparent: number } {
  const count = (...flags: string[]) =>
    Number(execFileSync('du', ['-s', '-B1', ...flags, folder], { encoding: 'utf8' }).split('\t')[0]);
  return { allocated: count(), apparent: count('--apparent-size') };
}

async function pushIndex(registry: LocalRegistry, repository: string, reference: string, children: string[]) {
  const manifests = children.map((digest) => ({ mediaType: OCI_MANIFEST, digest, size: 1 }));
  const bytes = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests });
  const digest = digestOf(bytes);
  const name = reference === '' ? digest : reference;
  expect((await putManifest(registry, repository, name, bytes, OCI_INDEX)).status).toBe(201);
  return digest;
}

/** A manifest without a tag that refers to another one. */
async function refer(registry: LocalRegistry, repository: string, subject: string) {
  const config = await pushBlob(registry, repository, '{}');
  const layer = await pushBlob(registry, repository, `about ${subject}`);
  const bytes = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config,
    layers: [layer],
    subject: { mediaType: OCI_MANIFEST, digest: subject, size: 1 },
  });
  const digest = digestOf(bytes);
  expect((await putManifest(registry, repository, digest, bytes)).status).toBe(201);
  return digest;
}

/** As if its pushes were long ago. */
async function age(registry: LocalRegistry, hours: number): Promise<LocalRegistry> {
  const { folder } = registry.storage;
  await registry.close();
  const then = new Date(Date.now() - hours * 3_600_000);
  for (const entry of await readdir(join(folder, 'repositories'), { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), then, then);
  return await start({ folder });
}

describe('what is collected', () => {
  test('nothing of a registry in which everything is in use', async () => {
    const registry = await start();
    await pushImage(registry, 'app', 'v1');
    await pushImage(registry, 'team/app', 'v1');
    const collected = await registry.collector.collect({ untagged: true });
    expect(collected).toMatchObject({ manifests: [], blobs: { count: 0 }, bytes: 0 });
    // Two blobs and a manifest, which are the same in both.
    expect(collected.kept).toMatchObject({ manifests: 2, content: { count: 3 }, recent: { count: 0 } });
    expect(await status(registry, 'team/app/manifests/v1')).toBe(200);
  });

  test('blobs that no manifest names any more, and only those', async () => {
    const registry = await start();
    const { folder } = registry.storage;
    const large = 'x'.repeat(500_000);
    const doomed = await pushImage(registry, 'app', 'old', large);
    const shared = await pushImage(registry, 'app', 'shared', 'in both repositories');
    await pushImage(registry, 'team/other', 'v1', 'in both repositories');
    await pushImage(registry, 'app', 'new', 'new layer');
    await remove(registry, 'app', doomed.digest);
    await remove(registry, 'app', shared.digest);

    const before = du(folder);
    const plan = await registry.collector.plan();
    expect(plan.blobs.map(({ digest }) => digest).sort()).toEqual([doomed.digest, doomed.layer].sort());
    expect(plan.bytes).toBe(large.length + doomed.bytes.length);
    expect(du(folder)).toEqual(before);

    const collected = await registry.collector.collect();
    const after = du(folder);
    expect(collected.bytes).toBe(plan.bytes);
    expect(collected.blobs).toEqual({ count: 2, bytes: plan.bytes });
    expect(collected.disk.before).toMatchObject(before);
    expect(collected.disk.after).toMatchObject(after);
    expect(before.apparent - after.apparent).toBeGreaterThanOrEqual(plan.bytes);
    expect(before.allocated - after.allocated).toBeGreaterThanOrEqual(plan.bytes);
    expect(await status(registry, `app/blobs/${doomed.layer}`)).toBe(404);
    expect(await status(registry, `app/blobs/${shared.layer}`)).toBe(404);
    expect(await status(registry, `team/other/blobs/${shared.layer}`)).toBe(200);
    expect(await status(registry, 'app/manifests/new')).toBe(200);
  });

  test('a repository of which nothing is left leaves no folder behind, and can be pushed to again', async () => {
    const registry = await start();
    const { digest } = await pushImage(registry, 'team/deep/app', 'v1');
    await remove(registry, 'team/deep/app', digest);
    await registry.collector.collect();
    expect(await readdir(join(registry.storage.folder, 'repositories/team/deep'))).toEqual([]);
    expect(await contents(registry.storage.folder)).toEqual([]);
    await pushImage(registry, 'team/deep/app', 'v1');
    expect(await status(registry, 'team/deep/app/manifests/v1')).toBe(200);
  });

  test('layers that clients fetch from elsewhere, where somebody pushed them, are in use', async () => {
    const registry = await start();
    const config = await pushBlob(registry, 'app', '{}');
    const layer = await pushBlob(registry, 'app', 'foreign');
    const mediaType = 'application/vnd.oci.image.layer.nondistributable.v1.tar';
    await putManifest(registry, 'app', 'v1', {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config,
      layers: [{ ...layer, mediaType }],
    });
    const later = await age(registry, 48);
    await later.collector.collect({ untagged: true });
    expect(await status(later, `app/blobs/${layer.digest}`)).toBe(200);
  });

  test('expired uploads and half-written files; uploads under way stay', async () => {
    const registry = await start();
    const { folder } = registry.storage;
    const session = async () => {
      const { headers } = await call(registry, 'POST', '/v2/app/blobs/uploads/');
      const path = headers.location ?? '';
      await call(registry, 'PATCH', path, { body: 'first bytes' });
      return path;
    };
    const given = await session();
    const open = await session();
    const [old] = (await readdir(join(folder, 'uploads'))).filter((file) =>
      given.includes(file.slice(0, 36)),
    );
    const long = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(folder, 'uploads', old ?? ''), long, long);
    for (const draft of ['temporary/torn', 'identity.0123456789abcdef']) {
      await writeFile(join(folder, draft), 'half');
      await utimes(join(folder, draft), long, long);
    }
    await writeFile(join(folder, 'temporary/being-written'), 'now');
    await writeFile(join(folder, 'a-file-of-somebody'), 'mine');

    expect(await registry.collector.usage()).toMatchObject({
      uploads: { open: { count: 1, bytes: 11 }, expired: { count: 1, bytes: 11 } },
      drafts: { count: 2, bytes: 8 },
    });
    const collected = await registry.collector.collect();
    expect(collected).toMatchObject({ uploads: { count: 1 }, drafts: { count: 2 }, bytes: 19 });
    expect((await call(registry, 'GET', given)).status).toBe(404);
    const digest = digestOf('first bytes');
    expect((await call(registry, 'PUT', `${open}?digest=${digest}`)).status).toBe(201);
    expect(await readdir(join(folder, 'temporary'))).toEqual(['being-written']);
    expect(await readFile(join(folder, 'a-file-of-somebody'), 'utf8')).toBe('mine');
  });
});

describe('manifests without a tag', () => {
  test('stay, with their blobs, unless they are asked for', async () => {
    const registry = await start();
    const old = await pushImage(registry, 'app', 'latest', 'old');
    await pushImage(registry, 'app', 'latest', 'new');
    expect((await registry.collector.collect()).bytes).toBe(0);
    expect(await status(registry, `app/manifests/${old.digest}`)).toBe(200);
    const usage = await registry.collector.usage();
    expect(usage.untagged).toEqual({ count: 1, bytes: old.bytes.length + 'old'.length });

    const plan = await registry.collector.plan({ untagged: true });
    expect(plan.manifests).toEqual([{ repository: 'app', digest: old.digest, size: old.bytes.length }]);
    const collected = await registry.collector.collect({ untagged: true });
    expect(collected).toMatchObject({ manifests: plan.manifests, bytes: usage.untagged.bytes });
    expect(await status(registry, `app/manifests/${old.digest}`)).toBe(404);
    expect(await status(registry, 'app/manifests/latest')).toBe(200);
    expect((await registry.collector.usage()).untagged).toEqual({ count: 0, bytes: 0 });
  });

  test('children of living indexes and referrers of living subjects stay, those of dead ones go', async () => {
    const registry = await start();
    const child = await pushImage(registry, 'app', 'amd64');
    const nested = await pushIndex(registry, 'app', '', [child.digest]);
    const tagged = await pushIndex(registry, 'app', 'v1', [nested]);
    const about = await refer(registry, 'app', child.digest);
    const aboutThat = await refer(registry, 'app', about);
    const dead = await pushImage(registry, 'app', 'gone');
    const aboutDead = await refer(registry, 'app', dead.digest);
    const aboutNothing = await refer(registry, 'app', digestOf('never pushed'));
    await call(registry, 'DELETE', '/v2/app/manifests/amd64');
    await call(registry, 'DELETE', '/v2/app/manifests/gone');
    const later = await age(registry, 2);

    const { manifests } = await later.collector.collect({ untagged: true });
    const went = manifests.map(({ digest }) => digest).sort();
    expect(went).toEqual([dead.digest, aboutDead, aboutNothing].sort());
    for (const digest of [child.digest, nested, tagged, about, aboutThat])
      expect(await status(later, `app/manifests/${digest}`)).toBe(200);
    expect(await status(later, `app/blobs/${child.layer}`)).toBe(200);
    expect(await status(later, `app/blobs/${dead.layer}`)).toBe(404);
  });

  test('that were not named are not taken, nor what they need', async () => {
    const registry = await start();
    const child = await pushImage(registry, 'app', 'amd64');
    await pushIndex(registry, 'app', 'v1', [child.digest]);
    const other = await pushImage(registry, 'app', 'other');
    for (const tag of ['amd64', 'v1', 'other']) await call(registry, 'DELETE', `/v2/app/manifests/${tag}`);
    const untagged = [child.digest, other.digest].map((digest) => ({ repository: 'app', digest }));
    const { manifests, spared } = await registry.collector.collect({ untagged });
    expect(manifests.map(({ digest }) => digest)).toEqual([other.digest]);
    expect(spared.map(({ digest }) => digest)).toEqual([child.digest]);
    expect(await status(registry, `app/manifests/${child.digest}`)).toBe(200);
  });

  test('the last one takes the repository out of the catalog', async () => {
    const registry = await start();
    await pushImage(registry, 'app', 'v1');
    await call(registry, 'DELETE', '/v2/app/manifests/v1');
    await registry.collector.collect({ untagged: true });
    expect((await call(registry, 'GET', '/v2/_catalog')).json()).toEqual({ repositories: [] });
    expect(await contents(registry.storage.folder)).toEqual([]);
  });
});

describe('what cannot be read keeps its repository whole', () => {
  test.each([
    [
      'a torn record',
      (folder: string, digest: string) =>
        truncate(join(folder, 'repositories/app/_manifests', digest.replace(':', '-')), 5),
    ],
    ['a torn manifest', (folder: string, digest: string) => truncate(contentFile(folder, digest), 5)],
    ['a lost manifest', (folder: string, digest: string) => rm(contentFile(folder, digest))],
    ['a torn tag', (folder: string) => truncate(join(folder, 'repositories/app/_tags/v1'), 5)],
  ])('%s', async (what, damage) => {
    const registry = await start();
    const { folder } = registry.storage;
    const damaged = await pushImage(registry, 'app', 'v1', 'precious');
    const untagged = await pushImage(registry, 'app', 'v2', 'other');
    await call(registry, 'DELETE', '/v2/app/manifests/v2');
    await pushImage(registry, 'other', 'v1', 'gone');
    await call(registry, 'DELETE', '/v2/other/manifests/v1');
    await registry.close();
    await damage(folder, damaged.digest);
    const later = await start({ folder });
    expect((await later.collector.usage()).unreadable).toEqual(['app']);
    const { kept, manifests } = await later.collector.collect({ untagged: true });
    expect(kept.unreadable).toEqual(['app']);
    expect(manifests.map(({ repository }) => repository)).toEqual(['other']);
    const left = await contents(folder);
    expect(left).toContain(damaged.layer);
    expect(left).toContain(untagged.layer);
    expect(left.includes(damaged.digest)).toBe(what !== 'a lost manifest');
  });

  test('of a kind that is not known every digest counts', async () => {
    const registry = await start();
    const blob = await registry.storage.putBlob('app', Buffer.from('layer'));
    const schema1 = Buffer.from(JSON.stringify({ schemaVersion: 1, fsLayers: [{ blobSum: blob }] }));
    const type = 'application/vnd.docker.distribution.manifest.v1+json';
    await registry.storage.putManifest('app', 'old', type, schema1);
    const later = await age(registry, 48);
    await later.collector.collect({ untagged: true });
    expect(await status(later, `app/blobs/${blob}`)).toBe(200);
  });
});

describe('a push that is under way keeps what it relies on', () => {
  test('blobs that it has sent', async () => {
    const registry = await start();
    const config = await pushBlob(registry, 'app', '{}');
    const layer = await pushBlob(registry, 'app', 'layer');
    const { kept } = await registry.collector.collect({ untagged: true });
    expect(kept.recent).toEqual({ count: 2, bytes: config.size + layer.size });
    const manifest = { schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [layer] };
    expect((await putManifest(registry, 'app', 'v1', manifest)).status).toBe(201);
  });

  test('blobs that were mounted', async () => {
    const registry = await start();
    const image = await pushImage(registry, 'from', 'v1');
    const mounted = `/v2/to/blobs/uploads/?mount=${image.layer}&from=from`;
    expect((await call(registry, 'POST', mounted)).status).toBe(201);
    await remove(registry, 'from', image.digest);
    await registry.collector.collect();
    expect(await status(registry, `from/blobs/${image.layer}`)).toBe(404);
    expect(await status(registry, `to/blobs/${image.layer}`)).toBe(200);
  });

  test.each(['at once', 'after a restart'])('blobs that it asked for, %s', async (when) => {
    const registry = await start();
    const image = await pushImage(registry, 'app', 'v1');
    const { layers, config } = JSON.parse(image.bytes);
    for (const { digest } of [config, ...layers])
      expect((await call(registry, 'HEAD', `/v2/app/blobs/${digest}`)).status).toBe(200);
    await remove(registry, 'app', image.digest);
    let later: LocalRegistry = registry;
    if (when !== 'at once') {
      await registry.close();
      later = await start({ folder: registry.storage.folder });
    }
    expect((await later.collector.usage()).recent.count).toBe(2);
    await later.collector.collect({ untagged: true });
    expect((await putManifest(later, 'app', 'v2', image.bytes)).status).toBe(201);
    expect(await status(later, `app/blobs/${image.layer}`)).toBe(200);
  });

  test('until it is given up: an hour later', async () => {
    const registry = await start();
    const { layer } = await pushImage(registry, 'app', 'v1');
    const sent = await pushBlob(registry, 'app', 'never named');
    const later = await age(registry, 1.1);
    await later.collector.collect();
    expect(await status(later, `app/blobs/${sent.digest}`)).toBe(404);
    expect(await status(later, `app/blobs/${layer}`)).toBe(200);
  });

  test('longer while bytes of it come', async () => {
    const registry = await start();
    const sent = await pushBlob(registry, 'app', 'first layer');
    const later = await age(registry, 5);
    await call(later, 'POST', '/v2/app/blobs/uploads/');
    await later.collector.collect();
    expect(await status(later, `app/blobs/${sent.digest}`)).toBe(200);
  });

  test('manifests that it has pushed, or asked for, by digest', async () => {
    const registry = await start();
    const config = await pushBlob(registry, 'app', '{}');
    const bytes = JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [] });
    const child = digestOf(bytes);
    await putManifest(registry, 'app', child, bytes);
    const asked = await pushImage(registry, 'app', 'v1');
    await call(registry, 'DELETE', '/v2/app/manifests/v1');
    expect((await call(registry, 'HEAD', `/v2/app/manifests/${asked.digest}`)).status).toBe(200);
    await registry.collector.collect({ untagged: true });
    await pushIndex(registry, 'app', 'all', [child, asked.digest]);
    expect(await status(registry, `app/blobs/${asked.layer}`)).toBe(200);
  });

  test('also what another push has named meanwhile, while it sends more', async () => {
    const registry = await start();
    const image = await pushImage(registry, 'app', 'v1');
    await call(registry, 'POST', '/v2/app/blobs/uploads/');
    await remove(registry, 'app', image.digest);
    await registry.collector.collect();
    expect(await status(registry, `app/blobs/${image.layer}`)).toBe(200);
  });

  test('a collection waits for those that may share what was pushed just now', async () => {
    const registry = await start({ settlesMs: 300 });
    const image = await pushImage(registry, 'app', 'v1');
    await remove(registry, 'app', image.digest);
    const pushed = performance.now();
    const phases = new Set<string>();
    const { blobs } = await registry.collector.collect({ report: ({ phase }) => phases.add(phase) });
    expect(blobs.count).toBe(3);
    expect(phases).toContain('waiting');
    expect(performance.now() - pushed).toBeGreaterThan(100);
  });
});

describe('a collection', () => {
  test('measures as du does', async () => {
    const registry = await start();
    await pushImage(registry, 'app', 'v1', 'x'.repeat(123_456));
    const { disk } = await registry.collector.usage();
    expect(disk).toMatchObject(du(registry.storage.folder));
  });

  test('ends when it is told to, and when the registry closes', async () => {
    const registry = await start({ settlesMs: 60_000 });
    const image = await pushImage(registry, 'app', 'v1');
    await remove(registry, 'app', image.digest);
    const stop = new AbortController();
    const stopped = registry.collector.collect({ signal: stop.signal, report: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const closed = registry.collector.collect();
    const outcome = expect(closed).rejects.toThrow();
    await registry.close();
    await outcome;
    expect(await contents(registry.storage.folder)).toContain(image.layer);
  });

  test('has the folder to itself: no other process collects in it', async () => {
    const registry = await start();
    await expect(startLocalRegistry({ folder: registry.storage.folder })).rejects.toThrow(/is using/);
    const both = await Promise.all([registry.collector.collect(), registry.collector.collect()]);
    expect(both.map(({ bytes }) => bytes)).toEqual([0, 0]);
  });

  test('leaves time stamps of files it keeps alone', async () => {
    const folder = await temporaryFolder();
    const registry = await start({ folder });
    const { layer } = await pushImage(registry, 'app', 'v1');
    const before = (await stat(contentFile(folder, layer))).mtimeMs;
    await registry.collector.collect();
    expect((await stat(contentFile(folder, layer))).mtimeMs).toBe(before);
  });
});
