import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type LocalRegistry, startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { lockAddress, lockFolder } from '../../src-main/local-registry/storage/folder-lock.ts';
import { Identity } from '../../src-main/local-registry/storage/identity.ts';
import { whenFinished } from '../support/cleanup.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { startProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import {
  call,
  digestOf,
  expectError,
  OCI_INDEX,
  OCI_MANIFEST,
  pushBlob,
  pushImage,
  putManifest,
  tagsOf,
} from './client.ts';

const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] }));

test('everything pushed is there after a restart', async () => {
  const before = await startTestRegistry();
  const image = await pushImage(before, 'team/app', 'v1');
  await pushImage(before, 'team/app', 'v2');
  await call(before, 'DELETE', '/v2/team/app/manifests/v2');
  await before.close();
  const after = await startTestRegistry({ folder: before.storage.folder });
  expect(await tagsOf(after, 'team/app')).toEqual({ name: 'team/app', tags: ['v1'] });
  const got = await call(after, 'GET', '/v2/team/app/manifests/v1');
  expect(got.bytes.toString()).toBe(image.bytes);
  expect(got.headers['content-type']).toBe(OCI_MANIFEST);
  expect((await call(after, 'GET', `/v2/team/app/blobs/${image.layer}`)).bytes.toString()).toBe('v1');
});

test('drafts of a crash are removed at start; files of others are left out and left alone', async () => {
  const before = await startTestRegistry();
  await pushImage(before, 'app', 'v1');
  const { folder } = before.storage;
  await before.close();
  const repository = join(folder, 'repositories/app');
  const junk = ['_tags/.DS_Store', '_tags/torn', '_manifests/notes.txt', '_layers/Thumbs.db', 'file'];
  for (const name of junk)
    await writeFile(join(repository, name), name === '_tags/torn' ? 'sha256:12' : 'junk');
  await mkdir(join(folder, 'repositories/Not A Name/_manifests'), { recursive: true });
  await writeFile(join(folder, 'temporary/draft'), 'half');
  const after = await startTestRegistry({ folder });
  expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  expect(await tagsOf(after, 'app')).toEqual({ name: 'app', tags: ['v1'] });
  expect((await call(after, 'GET', '/v2/_catalog')).json()).toEqual({ repositories: ['app'] });
  for (const name of junk) await expect(readFile(join(repository, name))).resolves.toBeDefined();
});

test('a blob file of a wrong size is written anew by the next push', async () => {
  const registry = await startTestRegistry();
  const { digest } = await pushBlob(registry, 'app', 'content');
  const hex = digest.slice('sha256:'.length);
  await writeFile(join(registry.storage.folder, 'blobs/sha256', hex.slice(0, 2), hex), 'con');
  await pushBlob(registry, 'app', 'content');
  expect((await call(registry, 'GET', `/v2/app/blobs/${digest}`)).bytes.toString()).toBe('content');
});

test('pushes and deletes at the same time leave what the answers say', async () => {
  const registry = await startTestRegistry();
  const config = await pushBlob(registry, 'app', '{}');
  const tags = Array.from({ length: 40 }, (_, i) => `t${i}`);
  const manifest = (tag: string) => ({ schemaVersion: 2, config, layers: [], annotations: { tag } });
  await Promise.all(tags.map((tag) => putManifest(registry, 'app', tag, manifest(tag))));
  const odd = tags.filter((_, i) => i % 2 === 1);
  const even = tags.filter((_, i) => i % 2 === 0);
  await Promise.all([
    ...odd.map((tag) => call(registry, 'DELETE', `/v2/app/manifests/${tag}`)),
    ...even.map((tag) => putManifest(registry, 'app', `${tag}-again`, manifest(tag))),
  ]);
  const expected = { name: 'app', tags: [...even, ...even.map((tag) => `${tag}-again`)].sort() };
  expect(await tagsOf(registry, 'app')).toEqual(expected);
  await registry.close();
  const after = await startTestRegistry({ folder: registry.storage.folder });
  expect(await tagsOf(after, 'app')).toEqual(expected);
});

describe('one registry at a time', () => {
  test('has the folder; closing frees it', async () => {
    const first = await startTestRegistry();
    const { folder } = first.storage;
    await expect(startLocalRegistry({ folder })).rejects.toThrow(/Another registry is using/);
    expect((await call(first, 'GET', '/v2/')).status).toBe(200);
    await first.close();
    await first.close();
    await startTestRegistry({ folder });
  });

  test('also across processes; one that was killed does not keep it', async () => {
    const folder = await temporaryFolder();
    const module = new URL('../../src-main/local-registry/index.ts', import.meta.url);
    const script = `import { startLocalRegistry } from ${JSON.stringify(module.href)};
      await startLocalRegistry({ folder: ${JSON.stringify(folder)} }); console.log('locked');`;
    const holder = await startProcess(process.execPath, ['--input-type=module', '-e', script]);
    await holder.waitFor(/locked/);
    await expect(startLocalRegistry({ folder })).rejects.toThrow(/Another registry is using/);
    process.kill(holder.pid, 'SIGKILL');
    await holder.exited;
    await startTestRegistry({ folder });
  });

  test('S11: another program that took its lock is distinguished from a registry', async () => {
    const folder = await temporaryFolder();
    const identity = await Identity.open(folder);
    const held = await lockFolder(folder, identity);
    await held.release();
    // What it was called is known to everyone who saw it held.
    const address = await lockAddress(folder, identity);
    const squatter = createServer((socket) => void socket.end(`${'0'.repeat(64)}\n`));
    await new Promise<void>((resolve) => squatter.listen(address, resolve));
    whenFinished(() => squatter.close());
    await expect(startLocalRegistry({ folder })).rejects.toThrow(/Another program/);
    await rm(join(folder, 'identity'));
    await startTestRegistry({ folder });
  });

  test('a port in use is an error and frees the folder', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    whenFinished(() => other.close());
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const folder = await temporaryFolder();
    await expect(startLocalRegistry({ folder, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await startTestRegistry({ folder });
  });
});

test('S11: whoever else uses the machine can read none of its files', async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o777);
  const registry = await startTestRegistry({ folder });
  await pushImage(registry, 'team/app', 'v1');
  await registry.storage.seed([{ repository: 'seeded', mediaType: OCI_INDEX, bytes: index, tags: ['v1'] }]);
  await call(registry, 'POST', '/v2/team/app/blobs/uploads/');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const modes = await Promise.all(
    files.map(async (file) => [file, (await stat(file)).mode & 0o777] as const),
  );
  expect(modes.length).toBeGreaterThan(8);
  expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('S11: an upload that no one goes on with is purged while the registry runs', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  whenFinished(() => void vi.useRealTimers());
  const registry = await startTestRegistry();
  const uploads = join(registry.storage.folder, 'uploads');
  await call(registry, 'POST', '/v2/app/blobs/uploads/');
  const [old = ''] = await readdir(uploads);
  await call(registry, 'POST', '/v2/app/blobs/uploads/');
  const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
  await utimes(join(uploads, old), twoDaysAgo, twoDaysAgo);
  await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
  await expect.poll(() => readdir(uploads)).not.toContain(old);
  expect(await readdir(uploads)).toHaveLength(1);
});

describe('a full disk', () => {
  /** Makes the writes of file handles fail from now on, as a full disk does. */
  async function fillDisk(folder: string): Promise<() => void> {
    const path = join(folder, 'probe');
    const handle = await open(path, 'w');
    const prototype: Pick<typeof handle, 'write' | 'writeFile'> = Object.getPrototypeOf(handle);
    await handle.close();
    await rm(path);
    const full = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    const spies = [
      vi.spyOn(prototype, 'write').mockImplementation(full),
      vi.spyOn(prototype, 'writeFile').mockImplementation(full),
    ];
    const restore = (): void => {
      for (const spy of spies) spy.mockRestore();
    };
    whenFinished(restore);
    return restore;
  }

  async function start(): Promise<LocalRegistry> {
    const registry = await startLocalRegistry({ folder: await temporaryFolder() });
    whenFinished(() => registry.close());
    return registry;
  }

  test('gives 507 with an error document; tags stay as they were', async () => {
    const registry = await start();
    const old = await pushImage(registry, 'app', 'latest', 'old');
    const config = await pushBlob(registry, 'app', '{}');
    const next = JSON.stringify({ schemaVersion: 2, config, layers: [] });
    const free = await fillDisk(registry.storage.folder);
    expectError(await putManifest(registry, 'app', 'latest', next), 507, 'UNKNOWN');
    const head = await call(registry, 'HEAD', '/v2/app/manifests/latest');
    expect(head.headers['docker-content-digest']).toBe(old.digest);
    expect(await readdir(join(registry.storage.folder, 'temporary'))).toEqual([]);
    free();
    expect((await putManifest(registry, 'app', 'latest', next)).status).toBe(201);
  });

  test('stops an upload, which goes on where it was when there is room again', async () => {
    const registry = await start();
    const blob = randomBytes(5_000_000); // more than fits into the socket's buffers
    const begin = await call(registry, 'POST', '/v2/app/blobs/uploads/');
    const location = String(begin.headers.location);
    await call(registry, 'PATCH', location, { body: blob.subarray(0, 100_000) });
    const free = await fillDisk(registry.storage.folder);
    const stopped = await call(registry, 'PATCH', location, { body: blob.subarray(100_000) });
    expectError(stopped, 507, 'UNKNOWN');
    free();
    expect((await call(registry, 'GET', location)).headers.range).toBe('0-99999');
    await call(registry, 'PATCH', location, { body: blob.subarray(100_000) });
    const digest = digestOf(blob);
    expect((await call(registry, 'PUT', `${location}?digest=${digest}`)).status).toBe(201);
    expect((await call(registry, 'GET', `/v2/app/blobs/${digest}`)).bytes.equals(blob)).toBe(true);
  });

  test('leaves no half blob of a POST', async () => {
    const registry = await start();
    const free = await fillDisk(registry.storage.folder);
    const digest = digestOf('blob');
    const path = `/v2/app/blobs/uploads/?digest=${digest}`;
    expectError(await call(registry, 'POST', path, { body: 'blob' }), 507, 'UNKNOWN');
    free();
    expect(await readdir(join(registry.storage.folder, 'uploads'))).toEqual([]);
    expectError(await call(registry, 'GET', `/v2/app/blobs/${digest}`), 404, 'BLOB_UNKNOWN');
  });
});

describe('seeding', () => {
  test('stores any bytes under any media type, schema 1 included', async () => {
    const registry = await startTestRegistry();
    const mediaType = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    const bytes = Buffer.from('{"schemaVersion":1}');
    const digest = await registry.storage.putManifest('old/app', 'v1', mediaType, bytes);
    expect(digest).toBe(digestOf(bytes));
    const got = await call(registry, 'GET', '/v2/old/app/manifests/v1');
    expect(got.headers).toMatchObject({ 'content-type': mediaType, 'docker-content-digest': digest });
    expect(got.bytes).toEqual(bytes);
  });

  test('shows at once in a repository that was looked at before', async () => {
    const registry = await startTestRegistry();
    await pushImage(registry, 'app', 'v1');
    expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: ['v1'] });
    const entry = { repository: 'app', mediaType: OCI_INDEX, bytes: index };
    await registry.storage.seed([
      { ...entry, tags: ['v2'] },
      { ...entry, tags: ['V3', 'v4'] },
    ]);
    expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: ['V3', 'v1', 'v2', 'v4'] });
  });

  test.each([
    ['../x', 'v1'],
    ['x', '../v1'],
    ['X', 'v1'],
    ['x', digestOf('other bytes')],
  ])('refuses %s:%s', async (repository, reference) => {
    const { storage } = await startTestRegistry();
    await expect(storage.putManifest(repository, reference, OCI_INDEX, index)).rejects.toThrow(TypeError);
  });

  test('refuses bad names in bulk and for blobs', async () => {
    const { storage } = await startTestRegistry();
    const entry = { mediaType: OCI_INDEX, bytes: index };
    await expect(storage.seed([{ ...entry, repository: 'a/../b', tags: [] }])).rejects.toThrow(TypeError);
    await expect(storage.seed([{ ...entry, repository: 'a', tags: ['x/y'] }])).rejects.toThrow(TypeError);
    await expect(storage.putBlob('/a', index)).rejects.toThrow(TypeError);
  });
});
