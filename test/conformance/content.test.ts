import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type ContentPlace, listEngineImages } from '../../src-main/engine/index.ts';
import { move, type Named, registryContent, sourceAt, targetAt } from '../engine/content/moving.ts';
import { buildCommandLine, CommandLine } from '../hosts/cli/command-line.ts';
import { makeImage, makeMultiPlatform, sha256, type TestManifest } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { ownPodman, startEngine } from '../support/podman.ts';
import { runProcess } from '../support/process.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';

const app = { repository: 'team/app', reference: '1.0' };
const tagged = { repository: '', reference: '1.0' };

async function registryWith(manifest: TestManifest) {
  const registry = await startTestRegistry();
  await push(manifest, registry, app.repository, app.reference);
  return registry;
}

const configOf = (image: TestManifest): string => image.blobs[0]?.digest ?? '';
const hex = (digest: string): string => digest.replace('sha256:', '');

/** The digests of the manifest and of everything below it. */
function digestsOf(manifest: TestManifest): string[] {
  const below = manifest.children.flatMap(digestsOf);
  return [...new Set([manifest.digest, ...manifest.blobs.map(({ digest }) => digest), ...below])].sort();
}

/** What our place gives a registry: the bytes of the manifest, checked with all its blobs by that registry. */
async function arrivesFrom(
  place: ContentPlace,
  from: Named,
): Promise<Record<string, unknown> & { bytes: Buffer }> {
  const target = await startTestRegistry();
  await move(await sourceAt(place), from, registryContent(target), app);
  const { body } = await plainRequest(target, '/v2/team/app/manifests/1.0', {
    headers: {
      accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json',
    },
  });
  return { ...JSON.parse(body.toString()), bytes: body };
}

const quiet = ['--insecure-policy', 'copy', '--quiet'];

describeWithPeer('skopeo', 'skopeo and places outside registries', ({ skopeo }) => {
  test.each(['ociLayout', 'ociArchive'] as const)(
    '%s: skopeo reads all that was written, by its digests',
    async (kind) => {
      const manifest = await makeMultiPlatform();
      const place = { kind, path: path.join(await temporaryFolder(), 'images') };
      await move(registryContent(await registryWith(manifest)), app, await targetAt(place), tagged);
      const folder = await temporaryFolder();
      const scheme = kind === 'ociLayout' ? 'oci' : 'oci-archive';
      await runProcess(skopeo, [...quiet, '--all', `${scheme}:${place.path}:1.0`, `dir:${folder}`]);
      const files = (await readdir(folder)).filter((name) => name !== 'version');
      const found = await Promise.all(
        files.map(async (file) => sha256(await readFile(path.join(folder, file)))),
      );
      expect(found.sort()).toEqual(digestsOf(manifest));
    },
  );

  test.each(['ociLayout', 'ociArchive'] as const)(
    '%s: what skopeo wrote is read with its digests',
    async (kind) => {
      const manifest = await makeMultiPlatform();
      const registry = await registryWith(manifest);
      const place = { kind, path: path.join(await temporaryFolder(), 'images') };
      const scheme = kind === 'ociLayout' ? 'oci' : 'oci-archive';
      const from = `docker://${new URL(registry.url).host}/team/app:1.0`;
      await runProcess(skopeo, [
        ...quiet,
        '--all',
        '--src-tls-verify=false',
        from,
        `${scheme}:${place.path}:1.0`,
      ]);
      expect((await arrivesFrom(place, tagged)).bytes.equals(manifest.bytes)).toBe(true);
    },
  );

  test('docker archives go both ways with the ID of the image', async () => {
    const image = await makeImage();
    const registry = await registryWith(image);
    const folder = await temporaryFolder();
    const ours = { kind: 'dockerArchive', path: path.join(folder, 'ours.tar') } as const;
    await move(registryContent(registry), app, await targetAt(ours), app);
    const inspected = await runProcess(skopeo, [
      'inspect',
      '--raw',
      `docker-archive:${ours.path}:team/app:1.0`,
    ]);
    expect(JSON.parse(inspected)).toMatchObject({ config: { digest: configOf(image) } });
    // Whoever copies the layers checks their digests.
    await runProcess(skopeo, [
      ...quiet,
      `docker-archive:${ours.path}:team/app:1.0`,
      `oci:${folder}/from-ours:1.0`,
    ]);

    const theirs = { kind: 'dockerArchive', path: path.join(folder, 'theirs.tar') } as const;
    const from = `docker://${new URL(registry.url).host}/team/app:1.0`;
    const to = `docker-archive:${theirs.path}:team/app:1.0`;
    await runProcess(skopeo, [...quiet, '--src-tls-verify=false', from, to]);
    expect(await arrivesFrom(theirs, app)).toMatchObject({ config: { digest: configOf(image) } });
  });
});

describeWithPeer('umoci', 'umoci and layouts', ({ umoci }) => {
  test('umoci lists and unpacks what was written', async () => {
    const image = await makeImage();
    const folder = await temporaryFolder();
    const place = { kind: 'ociLayout', path: path.join(folder, 'layout') } as const;
    await move(registryContent(await registryWith(image)), app, await targetAt(place), tagged);
    expect((await runProcess(umoci, ['ls', '--layout', place.path])).trim()).toBe('1.0');
    const stat = await runProcess(umoci, ['stat', '--image', `${place.path}:1.0`, '--json']);
    expect(JSON.parse(stat).history.length).toBe(2);
    const bundle = path.join(folder, 'bundle');
    await runProcess(umoci, ['unpack', '--rootless', '--image', `${place.path}:1.0`, bundle]);
    expect((await readdir(path.join(bundle, 'rootfs/files'))).sort()).toEqual(['app', 'base']);
  });

  test('a layout that umoci made and wrote into is read and written into', async () => {
    const layout = path.join(await temporaryFolder(), 'layout');
    const place = { kind: 'ociLayout', path: layout } as const;
    await runProcess(umoci, ['init', '--layout', layout]);
    await runProcess(umoci, ['new', '--image', `${layout}:empty`]);
    const image = await makeImage();
    await move(registryContent(await registryWith(image)), app, await targetAt(place), tagged);
    await runProcess(umoci, ['tag', '--image', `${layout}:1.0`, 'stable']);
    const source = await sourceAt(place);
    expect(source.names.map(({ tag }) => tag).sort()).toEqual(['1.0', 'empty', 'stable']);
    expect(await arrivesFrom(place, { repository: '', reference: 'empty' })).toMatchObject({ layers: [] });
    expect((await source.head('', 'stable')).digest).toBe(image.digest);
  });
});

describeWithPeer('podman', 'podman and places outside registries', ({ podman }) => {
  test.each(['ociArchive', 'dockerArchive'] as const)('%s: podman loads what was written', async (kind) => {
    const image = await makeImage();
    const place = { kind, path: path.join(await temporaryFolder(), 'image.tar') };
    const name = { repository: 'quay.io/team/app', reference: '1.0' };
    await move(registryContent(await registryWith(image)), app, await targetAt(place), name);
    const common = await ownPodman();
    await runProcess(podman, [...common, 'load', '--quiet', '--input', place.path]);
    const inspected = await runProcess(podman, [...common, 'image', 'inspect', hex(configOf(image))]);
    expect(JSON.parse(inspected)).toMatchObject([{ RepoTags: ['quay.io/team/app:1.0'] }]);
  });

  test.each([
    ['oci-archive', 'ociArchive'],
    ['oci-dir', 'ociLayout'],
    ['docker-archive', 'dockerArchive'],
  ] as const)('%s: what podman saves is read', async (format, kind) => {
    const image = await makeImage();
    const registry = await registryWith(image);
    const common = await ownPodman();
    const name = `${new URL(registry.url).host}/team/app:1.0`;
    await runProcess(podman, [...common, 'pull', '--quiet', '--tls-verify=false', name]);
    const place = { kind, path: path.join(await temporaryFolder(), 'saved') };
    await runProcess(podman, [
      ...common,
      'save',
      '--quiet',
      '--format',
      format,
      '--output',
      place.path,
      name,
    ]);
    const source = await sourceAt(place);
    expect(source.names.length).toBeLessThan(2);
    const only = { repository: '', reference: source.onlyDigest() };
    expect(await arrivesFrom(place, only)).toMatchObject({ config: { digest: configOf(image) } });
  });

  test('images go into a container engine and out of it, by its API', async () => {
    const image = await makeMultiPlatform();
    const [amd64] = image.children;
    const registry = await registryWith(image);
    const common = await ownPodman();
    const { environment, service } = await startEngine(podman, common);
    const options = { temporary: await temporaryFolder(), environment };
    const target = await targetAt({ kind: 'engine' }, environment);
    const name = { repository: 'quay.io/team/app', reference: '1.0' };
    const platforms = { platforms: ['linux/amd64'], index: 'rewritten' } as const;
    await expect(move(registryContent(registry), app, target, name)).rejects.toMatchObject({
      code: 'unsupported',
    });
    const item = await move(registryContent(registry), app, target, name, { platforms });
    const id = configOf(amd64 as TestManifest);
    expect(item.root?.digest).toBe(id);
    expect((await move(registryContent(registry), app, target, name, { platforms })).verdict).toBe('same');
    expect(await listEngineImages(options)).toMatchObject([{ id, names: ['quay.io/team/app:1.0'] }]);
    for (const from of [name, { repository: 'app', reference: '1.0' }, { repository: '', reference: id }]) {
      if (from.repository === 'app') await runProcess(podman, [...common, 'tag', hex(id), 'app:1.0']);
      expect(await arrivesFromEngine(from, environment)).toMatchObject({ config: { digest: id } });
    }
    expect(await readdir(options.temporary)).toEqual([]);
    await expect(
      arrivesFromEngine({ repository: 'nowhere.test/app', reference: '1' }, environment),
    ).rejects.toMatchObject({ side: 'source' });
    await service.stop();
    await expect(listEngineImages(options)).rejects.toMatchObject({ code: 'engineUnreachable' });
  });

  test('the command line copies into a container engine and out of it', async () => {
    await buildCommandLine();
    const image = await makeImage();
    const registry = await registryWith(image);
    const { host } = new URL(registry.url);
    const { environment: env } = await startEngine(podman, await ownPodman());
    const cli = await CommandLine.open();
    const copy = z.looseObject({ digest: z.string(), unchanged: z.boolean() });
    const into = ['copy', `${host}/team/app:1.0`, 'docker-daemon:quay.io/team/app:2.0', '--yes'];
    const id = configOf(image);
    expect(await cli.json(copy, into, { env })).toMatchObject({ digest: id, unchanged: false });
    expect(await cli.json(copy, into, { env })).toMatchObject({ digest: id, unchanged: true });
    const listed = await cli.json(z.looseObject({ tags: z.array(z.unknown()) }), ['tags', 'docker-daemon:'], {
      env,
    });
    expect(listed.tags).toMatchObject([{ name: 'quay.io/team/app:2.0', digest: id }]);
    const out = ['copy', 'docker-daemon:quay.io/team/app:2.0', `${host}/back/app`, '--yes'];
    await cli.json(copy, out, { env });
    const { body } = await plainRequest(registry, '/v2/back/app/manifests/2.0');
    expect(JSON.parse(body.toString())).toMatchObject({ config: { digest: id } });
    expect((await cli.run(['operations'])).stdout).toContain('docker-daemon:quay.io/team/app:2.0');
  });
});

async function arrivesFromEngine(
  from: Named,
  environment: Readonly<Record<string, string>>,
): Promise<unknown> {
  const target = await startTestRegistry();
  await move(await sourceAt({ kind: 'engine' }, environment), from, registryContent(target), app);
  const { body } = await plainRequest(target, '/v2/team/app/manifests/1.0');
  return JSON.parse(body.toString());
}
