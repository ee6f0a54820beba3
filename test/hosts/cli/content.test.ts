import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { move, registryContent, targetAt } from '../../engine/content/moving.ts';
import { makeImage, makeMultiPlatform, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

/** A layout of these images, named by their tags. */
async function layoutOf(images: Readonly<Record<string, TestManifest>>): Promise<string> {
  const registry = await startTestRegistry();
  const folder = join(await temporaryFolder(), 'images');
  const target = await targetAt({ kind: 'ociLayout', path: folder });
  for (const [tag, image] of Object.entries(images)) {
    await push(image, registry, 'team/app', tag);
    const from = { repository: 'team/app', reference: tag };
    await move(registryContent(registry), from, target, { repository: '', reference: tag });
  }
  return folder;
}

const tagsDocument = z.strictObject({
  repository: z.string(),
  tags: z.array(
    z.object({ name: z.string(), digest: z.string(), platforms: z.array(z.string()), size: z.int() }),
  ),
});

test('tags and inspect show what lies in a layout', async () => {
  const cli = await CommandLine.open();
  const [image, many] = [await makeImage(), await makeMultiPlatform()];
  const layout = await layoutOf({ '1.0': image, '2.0': many });
  const { repository, tags } = await cli.json(tagsDocument, ['tags', `oci:${layout}`]);
  expect(repository).toBe(`oci:${layout}`);
  expect(tags).toMatchObject([
    { name: '1.0', digest: image.digest, platforms: ['linux/amd64'] },
    { name: '2.0', digest: many.digest, platforms: ['linux/amd64', 'linux/arm64/v8'] },
  ]);
  expect((await cli.run(['tags', `oci:${layout}`, '--names'])).stdout).toBe('1.0\n2.0\n');
  expect((await cli.run(['tags', `oci:${layout}`])).stdout).toContain('linux/arm64/v8');
  const shape = z.looseObject({ reference: z.string(), digest: z.string(), layers: z.array(z.unknown()) });
  const shown = await cli.json(shape, ['inspect', `oci:${layout}:1.0`]);
  expect(shown).toMatchObject({ reference: `oci:${layout}:1.0`, digest: image.digest });
  expect(shown.layers.length).toBe(2);
  expect(await cli.json(shape, ['inspect', `oci:${layout}@${many.digest}`])).toMatchObject({
    digest: many.digest,
  });
});

test('what is wrong with a place is said', async () => {
  const cli = await CommandLine.open();
  const layout = await layoutOf({ '1.0': await makeImage(), '2.0': await makeMultiPlatform() });
  const file = join(await temporaryFolder(), 'a.tar');
  await writeFile(file, 'no archive');
  expect(await cli.failure(['inspect', `oci:${layout}`])).toMatchObject({ exit: 1, code: 'notFound' });
  expect(await cli.failure(['inspect', `oci:${layout}:3.0`])).toMatchObject({ exit: 1, code: 'notFound' });
  expect(await cli.failure(['tags', `oci:${layout}:1.0`])).toMatchObject({ exit: 2, code: 'invalidInput' });
  expect(await cli.failure(['tags', `docker-archive:${file}`])).toMatchObject({
    exit: 1,
    code: 'contentDamaged',
  });
  expect(await cli.failure(['tags', 'oci:'])).toMatchObject({ code: 'invalidReference' });
  const env = { DOCKER_HOST: `unix://${join(await temporaryFolder(), 'none.sock')}` };
  expect(await cli.failure(['tags', 'docker-daemon:'], { env })).toMatchObject({
    exit: 1,
    code: 'engineUnreachable',
  });
});
