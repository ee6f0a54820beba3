import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { imageOf, rawTar } from '../../support/layers.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const place = z.strictObject({
  host: z.string(),
  repository: z.string(),
  digest: z.string(),
  platforms: z.array(z.object({ os: z.string(), architecture: z.string() })),
  tags: z.array(z.string()),
  moreTags: z.int(),
});
const looked = z.strictObject({
  images: z.int(),
  looked: z.int(),
  partly: z.int(),
  unread: z.int(),
  bytes: z.number(),
});
const packagesDocument = z.strictObject({
  query: z.string(),
  items: z.array(
    z.strictObject({ type: z.string(), name: z.string(), version: z.string(), places: z.array(place) }),
  ),
  more: z.boolean(),
  looked,
});
const digestsDocument = z.strictObject({
  query: z.string(),
  items: z.array(
    z.strictObject({
      digest: z.string(),
      kind: z.string(),
      size: z.number().optional(),
      places: z.array(place),
    }),
  ),
});
const tagsDocument = z.strictObject({
  query: z.string(),
  items: z.array(
    z.strictObject({
      host: z.string(),
      repository: z.string(),
      tag: z.string().optional(),
      digest: z.string().optional(),
    }),
  ),
  waiting: z.int(),
});
const baseDocument = z.looseObject({
  reference: z.string(),
  layers: z.int(),
  updates: z.array(z.looseObject({ host: z.string(), repository: z.string(), tag: z.string() })),
});
const filesDocument = z.strictObject({
  query: z.string(),
  files: z.array(
    z.strictObject({
      layer: z.string(),
      path: z.string(),
      type: z.string(),
      size: z.number(),
      places: z.array(place),
    }),
  ),
  layers: z.strictObject({ done: z.int(), total: z.int() }),
  unsummed: z.int(),
  unread: z.strictObject({ images: z.int(), layers: z.int(), bytes: z.number() }),
  more: z.boolean(),
});

const DEBIAN = rawTar([
  {
    name: 'var/lib/dpkg/status',
    content: 'Package: openssl\nStatus: install ok installed\nVersion: 3.0.14-1~deb12u2\n',
  },
]);

const APP = rawTar([{ name: 'app/server.js', content: 'serve()' }]);

test('find and base: what is not known is said first, then packages, files, layers and the base lead to their images', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const base = imageOf([DEBIAN]);
  const app = imageOf([DEBIAN, APP]);
  await push(base, registry, 'team/debian', '12');
  await push(app, registry, 'team/app', '1.0');
  const { host } = new URL(registry.url);
  expect((await cli.run(['scan', host])).code).toBe(0);

  const asked = ['find', 'package', 'openssl < 3.0.15'];
  expect(await cli.json(packagesDocument, asked)).toMatchObject({
    items: [],
    looked: { images: 2, looked: 0 },
  });
  expect((await cli.run(asked)).stderr).toContain(
    'The packages of 2 images have not been read: run find look HOST.',
  );
  expect(await cli.run(['find', 'look', host])).toMatchObject({ code: 2 });
  expect(
    await cli.json(looked.extend({ registry: z.string() }), ['find', 'look', host, '--plan']),
  ).toMatchObject({
    looked: 0,
  });
  const done = await cli.run(['find', 'look', host, '--yes']);
  expect(done).toMatchObject({ code: 0, stdout: 'Looked into 2 of 2 images.\n' });

  const { items } = await cli.json(packagesDocument, asked);
  expect(items).toMatchObject([
    {
      type: 'deb',
      name: 'openssl',
      version: '3.0.14-1~deb12u2',
      places: [{ tags: ['1.0'] }, { tags: ['12'] }],
    },
  ]);
  expect((await cli.json(packagesDocument, ['find', 'package', 'openssl > 3.0.15'])).items).toEqual([]);
  const table = await cli.run(asked);
  expect(table.stdout).toMatch(/^PACKAGE +VERSION +TYPE +PLATFORM +PLACE\n/);
  expect(table.stdout).toContain(`linux/amd64  ${host}/team/app:1.0`);
  expect(table.stderr).toBe('1 version in 2 images.\n');

  const files = await cli.json(filesDocument, ['find', 'file', '*.js']);
  expect(files).toMatchObject({
    files: [{ path: 'app/server.js', size: 7, places: [{ repository: 'team/app', tags: ['1.0'] }] }],
    layers: { done: 2, total: 2 },
  });
  const layer = app.blobs[1]?.digest ?? '';
  const found = await cli.json(digestsDocument, ['find', 'layer', layer.slice(0, 19)]);
  expect(found.items).toMatchObject([
    { digest: layer, kind: 'layer', places: [{ repository: 'team/app' }, { repository: 'team/debian' }] },
  ]);
  const told = await cli.run(['base', `${host}/team/app:1.0`]);
  expect(told.stdout).toBe(
    `By its layers: ${host}/team/debian:12 (1 of 2 layers).\nNo newer version found.\n`,
  );
  const digests = await cli.json(digestsDocument, ['find', 'digest', app.digest]);
  expect(digests.items).toMatchObject([
    { digest: app.digest, kind: 'image', places: [{ repository: 'team/app', tags: ['1.0'] }] },
  ]);

  const moved = imageOf([APP]);
  await push(moved, registry, 'team/debian', '12');
  expect((await cli.run(['scan', host])).code).toBe(0);
  const updated = await cli.run(['base', `${host}/team/app:1.0`]);
  expect(updated.stdout).toContain(`Update: ${host}/team/debian:12 is ${moved.digest.slice(0, 19)} now`);
  expect(await cli.json(baseDocument, ['base', `${host}/team/app:1.0`])).toMatchObject({
    layers: 2,
    found: { digest: base.digest, layers: 1 },
    updates: [{ host, repository: 'team/debian', tag: '12', digest: moved.digest }],
  });
});

test('find look --files: what was not read is said with its cost, and read where that is wanted', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  await push(imageOf([DEBIAN]), registry, 'team/debian', '12');
  await push(imageOf([DEBIAN, APP]), registry, 'team/app', '1.0');
  const { host } = new URL(registry.url);
  expect((await cli.run(['scan', host])).code).toBe(0);
  const named = await cli.run(['find', 'tag', 'app 1.0']);
  expect(named).toMatchObject({ code: 0, stdout: `${host}/team/app:1.0\n` });
  expect(await cli.json(tagsDocument, ['find', 'tag', 'app 1.0'])).toMatchObject({
    query: 'app 1.0',
    items: [{ host, repository: 'team/app', tag: '1.0' }],
    waiting: 0,
  });
  const unread = await cli.run(['find', 'file', '*.js']);
  expect(unread.stderr).toMatch(/2 layers \([\d.]+ k?B\) not read: find look HOST --files reads them\./);
  const plan = await cli.run(['find', 'look', host, '--files', '--plan']);
  expect(plan.stdout).toMatch(/^2 layers of 2 images not read: [\d.]+ k?B\.\n$/);
  const read = await cli.run(['find', 'look', host, '--files', '--yes']);
  expect(read).toMatchObject({ code: 0, stdout: 'All layers of scanned images are read.\n' });
  expect((await cli.run(['find', 'file', '*.js'])).stderr).not.toContain('not read');
});
