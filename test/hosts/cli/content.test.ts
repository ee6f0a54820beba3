import { readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { move, registryContent, targetAt } from '../../engine/content/moving.ts';
import { makeImage, makeMultiPlatform, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
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

const copied = z.looseObject({
  source: z.string(),
  target: z.string(),
  digest: z.string(),
  unchanged: z.boolean(),
  operation: z.string().nullable(),
});

async function registryWith(image: TestManifest) {
  const registry = await startTestRegistry();
  await push(image, registry, 'team/app', '1.0');
  return { registry, host: new URL(registry.url).host };
}

test('copy goes between registries, layouts and archives, and is in the record', async () => {
  const cli = await CommandLine.open();
  const image = await makeMultiPlatform();
  const { registry, host } = await registryWith(image);
  const folder = await temporaryFolder();
  const steps = [
    [`${host}/team/app:1.0`, `oci:${folder}/layout`, `oci:${folder}/layout:1.0`],
    [`oci:${folder}/layout`, `oci-archive:${folder}/a.tar:2.0`, `oci-archive:${folder}/a.tar:2.0`],
    [`oci-archive:${folder}/a.tar:2.0`, `${host}/copies/app`, `${host}/copies/app:2.0`],
  ] as const;
  for (const [source, target, written] of steps) {
    expect(await cli.json(copied, ['copy', source, target, '--yes'])).toMatchObject({
      target: written,
      digest: image.digest,
      unchanged: false,
    });
    expect(await cli.json(copied, ['copy', source, target, '--yes'])).toMatchObject({ unchanged: true });
  }
  const { body } = await plainRequest(registry, '/v2/copies/app/manifests/2.0', {
    headers: { accept: image.mediaType },
  });
  expect(body.equals(image.bytes)).toBe(true);
  const { stdout } = await cli.run(['operations']);
  expect(stdout).toContain(`copy ${host}/team/app:1.0 to oci:${folder}/layout:1.0`);
});

test('what goes into a docker archive says before that its digest is another one', async () => {
  const cli = await CommandLine.open();
  const image = await makeMultiPlatform();
  const { host } = await registryWith(image);
  const file = join(await temporaryFolder(), 'app.tar');
  const copy = ['copy', `${host}/team/app:1.0`, `docker-archive:${file}:team/app:1.0`];
  expect(await cli.failure([...copy, '--yes'])).toMatchObject({ code: 'unsupported' });
  const plan = await cli.run([...copy, '--platform', 'linux/amd64', '--plan']);
  expect(plan.stdout).toContain('keeps no digest');
  const config = image.children[0]?.blobs[0]?.digest;
  expect(await cli.json(copied, [...copy, '--platform', 'linux/amd64', '--yes'])).toMatchObject({
    digest: config,
  });
  const { tags } = await cli.json(tagsDocument, ['tags', `docker-archive:${file}`]);
  expect(tags).toMatchObject([{ name: 'docker.io/team/app:1.0', platforms: ['linux/amd64'] }]);
});

test('sync brings all tags into a layout and out of it', async () => {
  const cli = await CommandLine.open();
  const { registry, host } = await registryWith(await makeImage());
  const other = await makeImage({ name: 'other' });
  await push(other, registry, 'team/app', '2.0');
  await push(other, registry, 'team/web', '2.0');
  const folder = await temporaryFolder();
  const shape = z.looseObject({ copied: z.int() });
  const sync = (...args: string[]) => cli.json(shape, ['sync', ...args, '--yes']);
  expect(await sync(`${host}/team/app`, `oci:${folder}/one`)).toMatchObject({ copied: 2 });
  expect((await cli.run(['tags', `oci:${folder}/one`, '--names'])).stdout).toBe('1.0\n2.0\n');
  expect(await sync(`${host}/team/*`, `oci-archive:${folder}/all.tar`)).toMatchObject({ copied: 3 });
  expect((await cli.run(['tags', `oci-archive:${folder}/all.tar`, '--names'])).stdout).toBe(
    `${host}/team/app:1.0\n${host}/team/app:2.0\n${host}/team/web:2.0\n`,
  );
  expect(await sync(`oci:${folder}/one`, `${host}/back/app`)).toMatchObject({ copied: 2 });
  expect(await sync(`oci:${folder}/one`, `${host}/back/app`)).toMatchObject({ copied: 0 });
  const { body } = await plainRequest(registry, '/v2/back/app/tags/list');
  expect(JSON.parse(body.toString()).tags).toEqual(['1.0', '2.0']);
  expect(
    await cli.failure(['sync', `${host}/team/app`, `oci:${folder}/one`, '--prune', '--yes']),
  ).toMatchObject({
    code: 'unsupported',
  });
});

test('a copy that was killed leaves nothing half written, and goes on', async () => {
  const cli = await CommandLine.open();
  const image = await makeImage({ layers: { base: 3_000_000, app: 512 } });
  const { registry, host } = await registryWith(image);
  registry.inject({ when: { method: 'GET', path: /blobs/ }, kind: 'slow', bytesPerSecond: 500_000 });
  const file = join(await temporaryFolder(), 'app.tar');
  const copy = ['copy', `${host}/team/app:1.0`, `oci-archive:${file}`, '--yes'];
  const running = cli.start(copy);
  await expect
    .poll(
      () =>
        stat(`${file}.part`).then(
          ({ size }) => size > 0,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  running.kill();
  await running.finished;
  await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  registry.clearFaults();
  expect(await cli.json(z.looseObject({}), ['operations', 'resume'])).toBeDefined();
  const { tags } = await cli.json(tagsDocument, ['tags', `oci-archive:${file}`]);
  expect(tags).toMatchObject([{ name: '1.0', digest: image.digest }]);
  expect((await readdir(dirname(file))).sort()).toEqual(['app.tar']);
});
