import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  amd64,
  arm64,
  blob,
  descriptor,
  makeBareIndex,
  makeBuildCache,
  makeImage,
  manifestOf,
  mediaTypes,
  type TestManifest,
} from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const inspectDocument = z.object({
  config: z.object({ platform: z.object({ architecture: z.string() }) }).nullable(),
  layers: z.array(z.object({ createdBy: z.string().nullable() })),
});

const placeOf = (registry: GuardedRegistry): string => `${new URL(registry.url).host}/app`;

async function putAsItIs(registry: GuardedRegistry, tag: string, manifest: TestManifest): Promise<void> {
  await registry.storage.putManifest('app', tag, manifest.mediaType, manifest.bytes);
}

test('B1: what cannot be read keeps its row, its digest and its bytes, and fails', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const broken = manifestOf({ mediaType: mediaTypes.oci.manifest, schemaVersion: 2 }, []);
  await putAsItIs(registry, 'broken', broken);
  await push(makeBuildCache(), registry, 'app', 'buildcache');
  const place = placeOf(registry);

  const listed = await cli.run(['tags', place]);
  expect(listed.code).toBe(1);
  expect(listed.stdout).toMatch(
    new RegExp(`^broken +${broken.digest.slice(0, 19)}.* could not be read$`, 'm'),
  );
  expect(listed.stdout).toMatch(/^buildcache .* build cache$/m);

  const inspected = await cli.run(['inspect', `${place}:broken`]);
  expect(inspected.code).toBe(1);
  expect(inspected.stdout).toContain(broken.digest);
  expect(inspected.stdout).toContain(broken.bytes.toString().trimEnd());
  expect(inspected.stderr).toContain('config');

  const { code, stdout } = await cli.run(['inspect', `${place}:broken`, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ digest: broken.digest, raw: broken.bytes.toString() });
});

test('B1: a history that does not fit the layers is shown apart; a config of another size with a note', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const { blobs } = await makeImage();
  const [, layer] = blobs;
  if (!layer) throw new Error('an image has a layer');
  const config = blob(
    mediaTypes.oci.config,
    Buffer.from(
      JSON.stringify({ ...amd64, history: [{ created_by: 'FROM base' }, { created_by: 'RUN one' }] }),
    ),
  );
  const squashed = manifestOf(
    {
      mediaType: mediaTypes.oci.manifest,
      schemaVersion: 2,
      config: { ...descriptor(config), size: 3 },
      layers: [descriptor(layer)],
    },
    [config, layer],
  );
  await push(squashed, registry, 'app', 'squashed');
  const reference = `${placeOf(registry)}:squashed`;
  const { code, stdout } = await cli.run(['inspect', reference]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^sha256:\S+ +[\d.]+ kB +application\/vnd\.oci\.image\.layer/m);
  expect(stdout).toMatch(/HISTORY .*\nFROM base\nRUN one\n/);
  expect(stdout).toContain(`the manifest says 3 bytes, it has ${config.bytes.length}`);
  const { layers } = await cli.json(inspectDocument, ['inspect', reference]);
  expect(layers.map(({ createdBy }) => createdBy)).toEqual([null]);
});

test('B4: --platform looks through nested indexes, takes any spelling, and reads configs where no index reports it', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const [one, two] = [await makeImage({ platform: amd64 }), await makeImage({ platform: arm64 })];
  await push(makeBareIndex(makeBareIndex(one), makeBareIndex(two)), registry, 'app', 'nested');
  await push(makeBareIndex(one, two), registry, 'app', 'bare');
  for (const tag of ['nested', 'bare'])
    for (const [words, architecture] of [
      ['linux/amd64', 'amd64'],
      ['linux/x86_64', 'amd64'],
      ['linux/arm64', 'arm64'],
      ['linux/arm64/v8', 'arm64'],
    ] as const) {
      const reference = `${placeOf(registry)}:${tag}`;
      const shown = await cli.json(inspectDocument, ['inspect', reference, '--platform', words]);
      expect(shown.config?.platform.architecture).toBe(architecture);
    }
  const absent = ['inspect', `${placeOf(registry)}:nested`, '--platform', 'linux/s390x'];
  const { code, stderr } = await cli.run(absent);
  expect(code).toBe(2);
  expect(stderr).toContain('No image for linux/s390x. Available: linux/amd64, linux/arm64/v8.');
});
