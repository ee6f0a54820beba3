import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { getManifest, RegistryClient } from '../../src-main/engine/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { planCopy, runCopy } from '../support/copy.ts';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { makeImage, makeMultiPlatform, sha256, type TestManifest } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { runProcess } from '../support/process.ts';
import { type PushTarget, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { sourceIn, targetIn } from './setup.ts';

interface Place extends PushTarget {
  readonly signIn?: { readonly username: string; readonly password: string };
}

/** The digests of the manifest and of everything below it. */
function digestsOf(manifest: TestManifest): Set<string> {
  return new Set([
    manifest.digest,
    ...manifest.blobs.map(({ digest }) => digest),
    ...manifest.children.flatMap((child) => [...digestsOf(child)]),
  ]);
}

/** skopeo's options for reaching a registry; `prefix` is `src-`, `dest-` or nothing. */
async function reach({ url, authority, signIn }: Place, prefix = ''): Promise<string[]> {
  const options = signIn === undefined ? [] : [`--${prefix}creds=${signIn.username}:${signIn.password}`];
  if (authority === undefined) return [...options, `--${prefix}tls-verify=${url.startsWith('https:')}`];
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'ca.crt'), authority);
  return [...options, `--${prefix}cert-dir=${folder}`];
}

function engineClient({ url, authority, signIn }: Place): RegistryClient {
  const client = new RegistryClient({
    url,
    proxy: { kind: 'none' },
    ...(signIn === undefined ? {} : { credentials: { kind: 'password', ...signIn } }),
    ...(authority === undefined ? {} : { tls: { verify: true, authorities: authority } }),
  });
  whenFinished(() => client.close());
  return client;
}

const kinds: Readonly<Record<string, () => Promise<TestManifest>>> = {
  'an OCI image': () => makeImage(),
  'an OCI index': () => makeMultiPlatform(),
  'a Docker manifest list': () => makeMultiPlatform('app', 'docker'),
};

describeWithPeer(
  ['skopeo', 'docker-registry', 'htpasswd'],
  'skopeo reads what the engine copied',
  (programs) => {
    const places: Readonly<Record<string, () => Promise<Place>>> = {
      'docker-registry with htpasswd and TLS': async () => {
        const { target, signIn } = await startDockerRegistry('htpasswdTls', programs);
        return { ...target, ...(signIn === undefined ? {} : { signIn }) };
      },
      'the local registry': () => startTestRegistry(),
    };

    for (const [place, start] of Object.entries(places)) {
      test.each(Object.keys(kinds))(`${place}: %s`, async (kind) => {
        const manifest = await (kinds[kind] as () => Promise<TestManifest>)();
        const [source, target] = [await startTestRegistry(), await start()];
        await push(manifest, source, 'from/app', '1.0');
        const plan = await planCopy(
          sourceIn(engineClient(source), 'from/app', '1.0'),
          targetIn(engineClient(target), 'to/app', '2.0'),
          false,
        );
        await runCopy(plan);

        const image = `docker://${new URL(target.url).host}/to/app:2.0`;
        const inspected = await runProcess(programs.skopeo, [
          '--override-os=linux',
          '--override-arch=amd64',
          'inspect',
          ...(await reach(target)),
          image,
        ]);
        expect(JSON.parse(inspected)).toMatchObject({
          Digest: manifest.digest,
          RepoTags: ['2.0'],
          Architecture: 'amd64',
        });

        // A `dir:` holds each manifest and blob under its digest, and skopeo checked them while it copied.
        const folder = await temporaryFolder();
        const options = ['--insecure-policy', 'copy', '--all', '--quiet', ...(await reach(target, 'src-'))];
        await runProcess(programs.skopeo, [...options, image, `dir:${folder}`]);
        const found = new Set<string>();
        for (const file of await readdir(folder)) {
          if (file !== 'version') found.add(sha256(await readFile(path.join(folder, file))));
        }
        expect(found).toEqual(digestsOf(manifest));
      });
    }
  },
);

describeWithPeer('skopeo', 'skopeo pushes to the local registry', ({ skopeo }) => {
  test.each(Object.keys(kinds))('%s, and the engine reads it', async (kind) => {
    const manifest = await (kinds[kind] as () => Promise<TestManifest>)();
    const [source, target] = [await startTestRegistry(), await startTestRegistry()];
    await push(manifest, source, 'from/app', '1.0');
    const [from, to] = [source, target].map(({ url }) => `docker://${new URL(url).host}`);
    const tls = ['--src-tls-verify=false', '--dest-tls-verify=false'];
    const copy = ['--insecure-policy', 'copy', '--all', '--quiet', '--preserve-digests', ...tls];
    await runProcess(skopeo, [...copy, `${from}/from/app:1.0`, `${to}/pushed/app:1.0`]);
    const raw = await getManifest(engineClient(target), 'pushed/app', '1.0');
    expect(Buffer.from(raw.bytes).equals(manifest.bytes)).toBe(true);
  });
});
