import { expect, test } from 'vitest';
import { runDeleteStep } from '../../support/delete.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { listArtifacts, registryOf } from '../../support/registry.ts';
import { clientOf } from '../../support/server.ts';
import { startZot } from '../../support/zot.ts';

async function setUp() {
  const { zot, server } = await startZot();
  const client = clientOf(server);
  return { zot, server, client, open: () => registryOf(client) };
}

test('it is known by its header, and says its version', async () => {
  const { open } = await setUp();
  expect(await open()).toMatchObject({ product: { id: 'zot' }, by: 'header', version: '2.1.8' });
});

test('one query lists a hundred tags with sizes, platforms and times', async () => {
  const { zot, server, open } = await setUp();
  const [image, index] = [await makeImage(), await makeMultiPlatform()];
  for (let tag = 0; tag < 150; tag++) zot.push('team/app', `t${String(tag).padStart(3, '0')}`, image);
  zot.push('team/app', 'index', index, { pulled: '2026-02-03T04:05:06Z' });
  const { abilities } = await open();
  const found = await listArtifacts(await open(), 'team/app');
  expect(found).toHaveLength(151);
  expect(found[0]).toMatchObject({
    digest: index.digest,
    tags: ['index'],
    pushed: '2026-01-02T03:04:05Z',
    pulled: '2026-02-03T04:05:06Z',
    summary: {
      kind: 'index',
      size: 3_000_000_000,
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm', variant: 'v7' },
      ],
    },
  });
  expect(found[1]).toMatchObject({ pulled: null, summary: { kind: 'image', platforms: [{ os: 'linux' }] } });
  expect(server.lines().filter((line) => line.includes('ImageList'))).toHaveLength(2);
  expect(await abilities.artifacts?.find('team/app', 'index', undefined)).toMatchObject({
    digest: index.digest,
  });
  expect(abilities.artifacts?.tagsOnly).toBe(true);
});

test('a version without these times is asked for the rest, once for all', async () => {
  const { zot, server, open } = await setUp();
  zot.times = false;
  zot.push('app', 'one', await makeImage());
  const registry = await open();
  for (let time = 0; time < 2; time++) {
    const [one] = await listArtifacts(registry, 'app');
    expect(one).toMatchObject({ tags: ['one'], size: 3_000_000_000 });
    expect(one).not.toHaveProperty('pulled');
  }
  expect(server.lines().filter((line) => line.includes('PushTimestamp'))).toHaveLength(1);
});

test('without its search the list is not there, and is asked for once', async () => {
  const { zot, server, open } = await setUp();
  zot.search = false;
  zot.push('app', 'one', await makeImage());
  const registry = await open();
  expect(registry.version).toBeUndefined();
  const list = () => listArtifacts(registry, 'app');
  await expect(list()).rejects.toMatchObject({ code: 'notFound' });
  await expect(list()).rejects.toMatchObject({ code: 'notFound' });
  expect(server.lines().filter((line) => line.includes('ext/search'))).toHaveLength(1);
  const advice = await registry.abilities.advice?.read(undefined, undefined);
  expect(advice?.find(({ name }) => name === 'zotSearch')?.state).toBe('off');
});

test('findings are listed by package; a scanner that is off is no scan', async () => {
  const { zot, open } = await setUp();
  const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
  zot.push('app', 'one', image);
  zot.cves.set(image.digest, [
    {
      Id: 'CVE-2026-1',
      Severity: 'HIGH',
      PackageList: [
        { Name: 'openssl', InstalledVersion: '3.0.1', FixedVersion: '3.0.2' },
        { Name: 'libssl', InstalledVersion: '3.0.1', FixedVersion: 'Not Specified' },
      ],
    },
  ]);
  const { scans } = (await open()).abilities;
  expect(await scans?.overview('app', image.digest, undefined)).toEqual([
    {
      type: 'vulnerabilities',
      state: 'done',
      counts: { critical: 0, high: 1, medium: 0, low: 0, unknown: 0 },
      total: 1,
    },
  ]);
  expect(await scans?.findings('app', image.digest, undefined)).toEqual([
    { id: 'CVE-2026-1', package: 'openssl', version: '3.0.1', fixed: '3.0.2', severity: 'high', links: [] },
    { id: 'CVE-2026-1', package: 'libssl', version: '3.0.1', severity: 'high', links: [] },
  ]);
  expect(await scans?.overview('app', other.digest, undefined)).toMatchObject([{ state: 'none' }]);
  expect(await scans?.mayStart('app', 'vulnerabilities', undefined)).toBe('unsupported');
  await expect(scans?.start('app', image.digest, 'vulnerabilities', undefined)).rejects.toMatchObject({
    code: 'unsupported',
  });
});

test('a tag goes by its name, and leaves the image to its siblings', async () => {
  const { zot, client } = await setUp();
  const image = await makeImage();
  for (const tag of ['one', 'two']) zot.push('app', tag, image);
  const step = { kind: 'deleteTag', tag: 'one', digest: image.digest, siblings: ['two'] } as const;
  expect(await runDeleteStep(client, 'app', step)).toBe('deleted');
  expect(zot.tags('app')).toEqual(['two']);
});
