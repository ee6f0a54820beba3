import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { move, registryContent, targetAt } from '../../engine/content/moving.ts';
import { amd64, arm64, blob, makeImage, makeIndex, mediaTypes } from '../../support/images.ts';
import { imageOf, rawTar } from '../../support/layers.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { imageWithPackages, sbomOf } from '../../support/packages.ts';
import { push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const packagesDocument = z.strictObject({
  reference: z.string(),
  digest: z.string(),
  source: z.enum(['sbom', 'files']),
  system: z.object({ id: z.string() }).nullable(),
  packages: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      version: z.string(),
      licence: z.string().optional(),
      layer: z.int().optional(),
    }),
  ),
  sboms: z.array(z.object({ digest: z.string(), used: z.boolean() })),
  problems: z.array(z.object({ code: z.string(), reason: z.string() })),
});

test('packages of an image: as a table, as JSON, as SBOMs; of an index the platform that is asked for', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = imageWithPackages();
  const index = makeIndex([
    { manifest: image, platform: amd64 },
    { manifest: await makeImage({ platform: arm64 }), platform: arm64 },
  ]);
  await push(index, registry, 'team/app', '1.0');
  const reference = `${new URL(registry.url).host}/team/app:1.0`;
  const amd = ['packages', reference, '--platform', 'linux/amd64'];

  const found = await cli.json(packagesDocument, amd);
  expect(found).toMatchObject({ reference, digest: image.digest, source: 'files', system: { id: 'debian' } });
  expect(
    found.packages.map(({ type, name, version, licence, layer }) => [type, name, version, licence, layer]),
  ).toEqual([
    ['deb', 'base-files', '12.4', undefined, 0],
    ['deb', 'curl', '7.88', undefined, 1],
    ['deb', 'openssl', '3.0.2', 'Apache-2.0', 1],
    ['npm', 'kept', '1.0.0', 'MIT', 0],
  ]);
  const table = await cli.run(amd);
  expect(table.code).toBe(0);
  expect(table.stdout).toMatch(/^PACKAGE +VERSION +TYPE +LAYER +LICENCE\n/);
  expect(table.stdout).toMatch(/^openssl +3\.0\.2 +deb +1 +Apache-2\.0$/m);
  expect(table.stderr).toContain('4 packages in the files of the image');
  expect(table.stderr).toContain('layer 2, app/node_modules/broken/package.json:');

  const cyclonedx = JSON.parse((await cli.run([...amd, '--format', 'cyclonedx'])).stdout);
  expect(cyclonedx).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { version: image.digest } },
  });
  const spdx = JSON.parse((await cli.run([...amd, '--format', 'spdx'])).stdout);
  expect(spdx.packages).toHaveLength(5);

  expect(
    (await cli.json(packagesDocument, ['packages', reference, '--platform', 'linux/arm64/v8'])).packages,
  ).toEqual([]);
  expect(await cli.failure([...amd.slice(0, 3), 'linux/s390x'])).toMatchObject({ exit: 2 });
  expect(await cli.failure([...amd, '--format', 'xml'])).toMatchObject({ exit: 2, code: 'invalidInput' });
});

test('packages of what an attached SBOM lists, and of a layout', async () => {
  const [cli, registry, folder] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    temporaryFolder(),
  ]);
  const image = imageWithPackages();
  await push(image, registry, 'team/app', '1.0');
  await push(sbomOf(image), registry, 'team/app');
  const reference = `${new URL(registry.url).host}/team/app:1.0`;
  const stated = await cli.json(packagesDocument, ['packages', reference]);
  expect(stated).toMatchObject({ source: 'sbom', packages: [{ name: 'stated' }], sboms: [{ used: true }] });
  const files = await cli.json(packagesDocument, ['packages', reference, '--source', 'files']);
  expect(files).toMatchObject({ source: 'files', sboms: [{ used: false }] });
  expect((await cli.run(['packages', reference])).stderr).toContain('attached and not verified');

  const layout = join(folder, 'images');
  const target = await targetAt({ kind: 'ociLayout', path: layout });
  const from = { repository: 'team/app', reference: '1.0' };
  await move(registryContent(registry), from, target, { repository: '', reference: '1.0' });
  const lying = await cli.json(packagesDocument, ['packages', `oci:${layout}:1.0`]);
  expect(lying.packages).toEqual(files.packages);
});

test('a layer that cannot be read fails the command, which shows the packages of the others', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const broken = blob(mediaTypes.oci.layer, Buffer.from('no archive'.repeat(100)));
  const layer = rawTar([{ name: 'app/node_modules/a/package.json', content: '{"name":"a","version":"1"}' }]);
  await push(imageOf([broken, layer]), registry, 'team/app', '1.0');
  const { code, stdout, stderr } = await cli.run(['packages', `${new URL(registry.url).host}/team/app:1.0`]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^a +1 +npm +1$/m);
  expect(stderr).toContain('layer 0:');
});
