import { beforeAll, expect, test } from 'vitest';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

test('storage shows what a registry holds that was never seen, and what a namespace of it holds', async () => {
  const registry = await startTestRegistry();
  const { host } = new URL(registry.url);
  const image = (name: string) => makeImage({ name, layers: { base: 50_000, [`of ${name}`]: 3_000 } });
  await push(await image('app'), registry, 'team/app', '1.0');
  await push(await image('other'), registry, 'other', 'latest');
  const cli = await CommandLine.open();

  const { code, stdout, stderr } = await cli.run(['storage', host]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^2 repositories, 2 tags, 2 manifests\n/);
  expect(stdout).toMatch(/^unique +\d+(\.\d+)? kB +every layer/m);
  expect(stdout).toMatch(/^ +1 +\d+(\.\d+)? kB +\d+(\.\d+)? kB +team\/app$/m);
  expect(stdout).toMatch(/^ *50(\.\d)? kB +2 +2 +layer +sha256:[0-9a-f]{12}$/m);

  const part = await cli.run(['storage', `${host}/team/`, '--json']);
  expect(JSON.parse(part.stdout)).toMatchObject({
    repositories: 1,
    byRepository: [{ repository: 'team/app', tags: 1 }],
    scanned: { done: 1, total: 1 },
    complete: true,
  });
});

test('storage of some tags counts each layer once, and what no other tag needs', async () => {
  const registry = await startTestRegistry();
  const { host } = new URL(registry.url);
  const image = (name: string) => makeImage({ name, layers: { base: 50_000, [`of ${name}`]: 3_000 } });
  await push(await image('one'), registry, 'app', '1');
  await push(await image('two'), registry, 'app', '2');
  await push(await image('three'), registry, 'other', '3');
  const cli = await CommandLine.open();
  await cli.run(['scan', host]);

  const some = await cli.run(['storage', `${host}/app:1`, `${host}/other:3`, '--json']);
  const { uniqueBytes, exclusiveBytes, sharedBytes, ...sums } = JSON.parse(some.stdout);
  expect(sums).toMatchObject({
    tags: 2,
    manifests: 2,
    estimated: 0,
    complete: true,
    freed: { atMost: false },
  });
  expect(sums.freed.bytes).toBe(exclusiveBytes);
  expect(uniqueBytes - exclusiveBytes).toBe(sharedBytes);
  expect(sharedBytes).toBeGreaterThanOrEqual(50_000);
  expect(sums.referencedBytes).toBe(uniqueBytes + sharedBytes);
  const { stdout, stderr } = await cli.run(['storage', `${host}/app:1`]);
  expect(stdout).toMatch(/^1 tag, 1 manifest\nunique +\d+(\.\d+)? kB/);
  expect(stdout).toMatch(/^exclusive +4\.\d+ kB +needed by no other tag/m);
  expect(stderr).toBe('');
  for (const wrong of [
    [`${host}/app:1`, `${host}/other`],
    [`${host}/app:1`, 'other.test/app:1'],
  ])
    expect(await cli.failure(['storage', ...wrong])).toMatchObject({ exit: 2 });
});

test('what could not be read is said, and the rest is shown', async () => {
  const registry = await startTestRegistry();
  const { host } = new URL(registry.url);
  await push(await makeImage({ name: 'whole' }), registry, 'team/app', 'whole');
  const broken = await makeImage({ name: 'broken', layers: { own: 9_000 } });
  await push(broken, registry, 'team/app', 'broken');
  registry.inject({
    kind: 'status',
    status: 403,
    when: { method: 'GET', path: /manifests\/(broken|sha256)/ },
  });
  const cli = await CommandLine.open();
  const { code, stdout, stderr } = await cli.run(['storage', host, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ repositories: 1, tags: 2, manifests: 1, complete: false });
  expect(JSON.parse(stderr)).toMatchObject({ warnings: [{ code: 'denied' }] });
});

test('a registry that does not answer is a failure, and no empty one', async () => {
  const registry = await startTestRegistry();
  const { host } = new URL(registry.url);
  await registry.close();
  const cli = await CommandLine.open();
  expect(await cli.failure(['storage', host])).toMatchObject({ exit: 1, code: 'connectionRefused' });
});
