import { expect, test } from 'vitest';
import { RegistryClient } from '../../src-main/engine/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { planCopy, runCopy } from '../support/copy.ts';
import { tester } from '../support/docker-registry.ts';
import {
  amd64,
  makeAttestation,
  makeImage,
  makeIndex,
  makeMultiPlatform,
  type TestManifest,
} from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { ownPodman } from '../support/podman.ts';
import { runProcess } from '../support/process.ts';
import { push } from '../support/push.ts';
import { sourceIn, targetIn } from './setup.ts';

interface Kind {
  make(): Promise<TestManifest>;
  /** The image in it for linux/amd64. */
  forAmd64(manifest: TestManifest): TestManifest | undefined;
}

const kinds: Readonly<Record<string, Kind>> = {
  'an OCI image': { make: () => makeImage(), forAmd64: (image) => image },
  'a Docker image': { make: () => makeImage({ family: 'docker' }), forAmd64: (image) => image },
  'a Docker manifest list': {
    make: () => makeMultiPlatform('app', 'docker'),
    forAmd64: (list) => list.children[0],
  },
  'an OCI index with an attestation': {
    make: async () => {
      const image = await makeImage();
      return makeIndex([{ manifest: image, platform: amd64 }, makeAttestation(image)]);
    },
    forAmd64: (index) => index.children[0],
  },
};

describeWithPeer('podman', 'podman pulls what the engine copied', ({ podman }) => {
  test.each(Object.keys(kinds))('%s, signed in', async (name) => {
    const { make, forAmd64 } = kinds[name] as Kind;
    const manifest = await make();
    const source = await startTestRegistry();
    const target = await startTestRegistry({
      auth: { kind: 'basic', users: { [tester.username]: tester.password } },
    });
    await push(manifest, source, 'from/app', '1.0');
    const [from, to] = [
      new RegistryClient({ url: source.url, proxy: { kind: 'none' } }),
      new RegistryClient({
        url: target.url,
        proxy: { kind: 'none' },
        credentials: { kind: 'password', ...tester },
      }),
    ];
    whenFinished(() => Promise.all([from.close(), to.close()]));
    await runCopy(await planCopy(sourceIn(from, 'from/app', '1.0'), targetIn(to, 'to/app', '2.0'), false));

    const common = await ownPodman();
    const image = `${new URL(target.url).host}/to/app:2.0`;
    // It unpacks the layers, which proves their diff IDs.
    const pull = ['pull', '--quiet', '--tls-verify=false', '--os=linux', '--arch=amd64'];
    await runProcess(podman, [...common, ...pull, `--creds=${tester.username}:${tester.password}`, image]);
    const inspected = await runProcess(podman, [...common, 'image', 'inspect', image]);
    const pulled = forAmd64(manifest);
    expect(JSON.parse(inspected)).toMatchObject([
      {
        Id: pulled?.blobs[0]?.digest.slice('sha256:'.length),
        RepoDigests: expect.arrayContaining([expect.stringContaining(manifest.digest)]),
        Os: 'linux',
        Architecture: 'amd64',
      },
    ]);
  });
});
