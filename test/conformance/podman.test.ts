import path from 'node:path';
import { expect, test } from 'vitest';
import {
  amd64,
  descriptor,
  makeAttestation,
  makeImage,
  makeIndex,
  makeMultiPlatform,
  mediaTypes,
} from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { runProcess } from '../support/process.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';

describeWithPeer('podman', 'podman and the local registry', ({ podman }) => {
  /** Runs podman on a storage of its own, apart from the user's. */
  async function newStorage(): Promise<(...args: readonly string[]) => Promise<string>> {
    const folder = await temporaryFolder();
    const storage = ['--root', path.join(folder, 'root'), '--runroot', path.join(folder, 'run')];
    const common = [...storage, '--storage-driver', 'vfs', '--events-backend', 'none'];
    return (...args) => runProcess(podman, [...common, ...args]);
  }

  test.each(['oci', 'docker'] as const)('pulls an image (%s) and pushes it back', async (family) => {
    const registry = await startTestRegistry();
    const host = new URL(registry.url).host;
    const image = await makeImage({ family, layers: { base: 20_000, app: 3000 } });
    await push(image, registry, 'team/app', '1.0');
    const run = await newStorage();
    // It unpacks the layers, so it checks the diff IDs too.
    await run('pull', '--quiet', '--tls-verify=false', `${host}/team/app:1.0`);
    expect(await run('image', 'inspect', '--format', '{{.Digest}}', `${host}/team/app:1.0`)).toContain(
      image.digest,
    );

    await run('push', '--quiet', '--tls-verify=false', `${host}/team/app:1.0`, `${host}/other/app:2.0`);
    const reply = await plainRequest(registry, '/v2/other/app/manifests/2.0', {
      headers: { accept: [mediaTypes.oci.manifest, mediaTypes.docker.manifest].join(', ') },
    });
    expect(reply.status).toBe(200);
    // The layers are packed anew by podman; the config is kept.
    const [config] = image.blobs;
    if (config === undefined) throw new Error('an image has a config');
    expect(JSON.parse(reply.body.toString()).config).toEqual(descriptor(config));
  });

  test("pulls its own platform's image of an index with an attestation", async () => {
    const registry = await startTestRegistry();
    const host = new URL(registry.url).host;
    const image = await makeImage();
    const index = makeIndex([{ manifest: image, platform: amd64 }, makeAttestation(image)]);
    await push(index, registry, 'team/attested', '1');
    const run = await newStorage();
    await run('pull', '--quiet', '--tls-verify=false', '--arch=amd64', `${host}/team/attested:1`);
    const config = image.blobs[0]?.digest.slice('sha256:'.length) ?? '';
    expect(await run('images', '--no-trunc', '--quiet')).toContain(config);
  });

  test('signs in with Basic, and is refused with a wrong password', async () => {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 's:cret' } } });
    const host = new URL(registry.url).host;
    const authorization = `Basic ${Buffer.from('ann:s:cret').toString('base64')}`;
    await push(
      await makeMultiPlatform(),
      { url: registry.url, authorize: () => authorization },
      'team/app',
      '1',
    );
    const run = await newStorage();
    const pull = ['pull', '--quiet', '--tls-verify=false', '--arch=arm64'];
    await run(...pull, '--creds=ann:s:cret', `${host}/team/app:1`);
    await expect(run(...pull, '--creds=ann:wrong', `${host}/team/app:1`)).rejects.toThrow(
      /unauthorized|invalid username/,
    );
  });
});
