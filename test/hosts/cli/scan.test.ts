import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const scanDocument = z.strictObject({
  registry: z.string(),
  namespace: z.string().optional(),
  repository: z.string().optional(),
  repositories: z.int(),
  tags: z.int(),
  requests: z.int().positive(),
  bytes: z.int(),
  unread: z.int(),
  undated: z.int(),
  costsPulls: z.literal(0),
  seconds: z.number(),
});

test('scan looks through a registry, a namespace or a repository; again, it costs a HEAD for each tag', async () => {
  const registry = await startTestRegistry();
  await push(await makeMultiPlatform('app'), registry, 'team/app', '1.0');
  await push(await makeImage(), registry, 'team/tool', '2.0');
  await push(await makeImage(), registry, 'other', '3.0');
  const { host } = new URL(registry.url);
  const cli = await CommandLine.open();
  const scan = (place: string) => cli.json(scanDocument, ['scan', place]);
  expect(await scan(`${host}/team/`)).toMatchObject({
    namespace: 'team',
    repositories: 2,
    tags: 2,
    unread: 0,
  });
  expect(await scan(`${host}/team/app`)).toMatchObject({ repository: 'team/app', repositories: 1, tags: 1 });
  expect(await scan(host)).toMatchObject({ registry: host, repositories: 3, tags: 3 });
  registry.clearRequests();
  expect(await scan(host)).toMatchObject({ bytes: 0 });
  const manifests = registry.requests.filter(({ path }) => path.includes('/manifests/'));
  expect(manifests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'HEAD']);
  expect((await cli.run(['scan', host])).stdout).toMatch(/^Scanned 3 tags in 3 repositories, /);
});

test('scan reads the configs of images for their dates unless it is told not to; storage does not', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'app', '1.0');
  const { host } = new URL(registry.url);
  const cli = await CommandLine.open();
  const configs = async (...args: string[]) => {
    registry.clearRequests();
    expect(await cli.run(args)).toMatchObject({ code: 0 });
    return registry.requests.filter(({ path }) => path.includes('/blobs/')).length;
  };
  expect(await configs('scan', host, '--no-dates')).toBe(0);
  expect(await configs('storage', host)).toBe(0);
  expect(await configs('scan', host)).toBe(1);
  expect(await configs('scan', host)).toBe(0);
});

test('what cannot be read is counted and warned of; a registry that refuses all ends the scan', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'app', '1.0');
  await push(await makeImage({ name: 'new' }), registry, 'app', '1.1');
  const { host } = new URL(registry.url);
  const cli = await CommandLine.open();
  registry.inject({ kind: 'status', status: 403, when: { path: /manifests\/1\.1$/ } });
  const { code, stdout, stderr } = await cli.run(['scan', host]);
  expect(code).toBe(0);
  expect(stdout).toContain('1 tag in 1 repository');
  expect(stderr).toContain('1 tag or manifest could not be read');
  registry.clearFaults();
  registry.inject({ kind: 'status', status: 401, when: { path: /manifests/ } });
  expect(await cli.failure(['scan', host])).toMatchObject({ exit: 1, code: 'unauthorized' });
});

test('a scan that was killed goes on where it was by the same command, and repeats little', async () => {
  const registry = await startTestRegistry();
  const [tags, repositories] = [10, 30];
  for (let number = 0; number < repositories * tags; number++) {
    const { mediaType, bytes, blobs } = await makeImage({ name: `${number}`, layers: { base: 10 } });
    const repository = `team/app-${number % repositories}`;
    for (const blob of blobs) await registry.storage.putBlob(repository, blob.bytes);
    await registry.storage.putManifest(repository, `${number}`, mediaType, bytes);
  }
  const { host } = new URL(registry.url);
  registry.clearRequests();
  registry.inject({ kind: 'latency', ms: 20, when: {} });
  const cli = await CommandLine.open();
  const manifests = () => registry.requests.filter(({ path }) => path.includes('/manifests/')).length;
  const killed = cli.start(['scan', host]);
  await vi.waitUntil(() => manifests() > (tags * repositories) / 2, { timeout: 60_000, interval: 5 });
  killed.kill();
  await killed.finished;
  registry.clearFaults();
  const done = await cli.json(scanDocument, ['scan', host]);
  expect(done).toMatchObject({ repositories, unread: 0 });
  // Beside what was under way and not stored yet; each image costs a request for itself and one for what is attached to it.
  expect(manifests()).toBeLessThan(tags * repositories * 1.4);
});
