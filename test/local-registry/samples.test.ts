import { gunzipSync } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { type SampleSet, seedSamples } from '../../src-main/local-registry/index.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { call, DOCKER_MANIFEST, digestOf, OCI_INDEX, putManifest, tagsOf } from './client.ts';

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  annotations?: Record<string, string>;
  platform?: { architecture: string; os: string; variant?: string };
}

interface Manifest {
  mediaType: string;
  artifactType?: string;
  config: Descriptor;
  layers: Descriptor[];
  manifests?: Descriptor[];
  subject?: Descriptor;
}

interface Config {
  architecture: string;
  os: string;
  created: string;
  history: { created: string; created_by: string; comment: string; empty_layer?: boolean }[];
  rootfs: { type: string; diff_ids: string[] };
}

let registry: GuardedRegistry;
let made: SampleSet;

beforeAll(async () => {
  registry = await startTestRegistry();
  made = await seedSamples(registry);
});

async function blob(repository: string, { digest, size }: Descriptor): Promise<Buffer> {
  const { status, bytes } = await call(registry, 'GET', `/v2/${repository}/blobs/${digest}`);
  expect(status).toBe(200);
  expect(digestOf(bytes)).toBe(digest);
  expect(bytes).toHaveLength(size);
  return bytes;
}

async function manifest(repository: string, reference: string): Promise<Manifest> {
  const { status, bytes } = await call(registry, 'GET', `/v2/${repository}/manifests/${reference}`);
  expect(status).toBe(200);
  return JSON.parse(bytes.toString()) as Manifest;
}

/** The images of an index, without its attestations; a manifest that is no index alone. */
async function imagesOf(repository: string, reference: string): Promise<Manifest[]> {
  const top = await manifest(repository, reference);
  if (!top.manifests) return [top];
  const images = top.manifests.filter(({ platform }) => platform?.os === 'linux');
  return Promise.all(images.map(({ digest }) => manifest(repository, digest)));
}

async function filesOf(tar: Buffer): Promise<Map<string, { header: Header; content: Buffer }>> {
  const files = new Map<string, { header: Header; content: Buffer }>();
  const archive = extract();
  archive.end(tar);
  for await (const entry of archive) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name, { header: entry.header, content: Buffer.concat(chunks) });
  }
  return files;
}

test('are these, byte for byte', () => {
  const lines = made.samples.map(({ kind, repository, digest, tags }) =>
    `${kind} ${repository}@${digest} ${tags.join(' ')}`.trimEnd(),
  );
  expect(lines).toEqual([
    'index harbour/web@sha256:ff582e97a63e24a60a0db0c1a6e47ad8d9de2909a5e891eaa5116c0d53fece14 1.3.0 1.3',
    'index harbour/web@sha256:84a0c43ff16a57009ccadb08f55bb30bb6c4ffcf9130147f94d835e11edfd0d4 1.4.1',
    'index harbour/web@sha256:16661a0d784fcda13b1405d14848ca2ca2961bc6932598b1b6e11ae2bb95f9f3 1.4.2 1.4 1 latest',
    'artifact harbour/web@sha256:c49e4fab5490cd1f5aef00c75ed50c492d76d0e1a4149ebb1b41a88f4555ede8',
    'index harbour/api@sha256:a55cfd6fc6be12aa0a26943c1914b2d7fce59b4723a103799ed00de5e99b2dc9 1.9.7 1.9 1',
    'index harbour/api@sha256:6ff6bd1bc100a6b8dd335159c2860e15eaa206da886331cd749006f9c0851d38 2.0.0',
    'index harbour/api@sha256:9780cdfd56439d1c286214e736a29ae4d2140632402a7950361e291561a99589 2.0.1 2.0 2 latest stable',
    'image tools/backup@sha256:47aed354385764477d0542e6918e94cd149ba6253c8f4cafddffcf0c4180ee01 3.1 latest',
    'artifact harbour/policies@sha256:a44bd2c7ec82815d45d8ca1cd980cc6e21f60f94ce3f3b33419526c6416e4243 2026.1 current',
    'chart charts/harbour@sha256:aac952506250bf191fd09facc74892ec6b1479da29691dce67c4ce1b370ee9cc 0.7.2',
    'chart charts/harbour@sha256:bc280399600c23ed440f878d78911fc5fa2382a191b184ba7dde77cd9fe7a4bb 0.8.0',
  ]);
});

test('come to some megabytes', () => {
  expect(made.bytes).toBeGreaterThan(5_000_000);
  expect(made.bytes).toBeLessThan(15_000_000);
});

test('can be made again: the same digests, and deleted tags come back', async () => {
  const other = await startTestRegistry();
  const first = await seedSamples(other);
  expect(first).toEqual(made);
  await call(other, 'DELETE', '/v2/harbour/web/manifests/latest');
  expect(await seedSamples(other)).toEqual(first);
  expect(await tagsOf(other, 'harbour/web')).toEqual(await tagsOf(registry, 'harbour/web'));
});

test('have every tag on its digest', async () => {
  for (const { repository, digest, mediaType, tags } of made.samples) {
    for (const reference of [digest, ...tags]) {
      const head = await call(registry, 'HEAD', `/v2/${repository}/manifests/${reference}`);
      expect(head.headers).toMatchObject({ 'docker-content-digest': digest, 'content-type': mediaType });
    }
  }
});

test('would be accepted by a push: nothing they name is missing', async () => {
  for (const { repository, digest, mediaType } of made.samples) {
    const { bytes } = await call(registry, 'GET', `/v2/${repository}/manifests/${digest}`);
    const put = await putManifest(registry, repository, digest, bytes.toString(), mediaType);
    expect(put.status).toBe(201);
    const { manifests = [] } = JSON.parse(bytes.toString()) as Manifest;
    for (const child of manifests) {
      const got = await call(registry, 'GET', `/v2/${repository}/manifests/${child.digest}`);
      expect(got.bytes).toHaveLength(child.size);
      const again = await putManifest(
        registry,
        repository,
        child.digest,
        got.bytes.toString(),
        child.mediaType,
      );
      expect(again.status).toBe(201);
    }
  }
});

describe('images', () => {
  const references = [
    ['harbour/web', '1.3.0'],
    ['harbour/web', '1.4.1'],
    ['harbour/web', '1.4.2'],
    ['harbour/api', '1.9.7'],
    ['harbour/api', '2.0.0'],
    ['harbour/api', '2.0.1'],
    ['tools/backup', '3.1'],
  ] as const;

  test.each(references)(
    '%s:%s have layers that are gzip tars with their diff IDs',
    async (repository, tag) => {
      for (const { config: configBlob, layers } of await imagesOf(repository, tag)) {
        const config = JSON.parse((await blob(repository, configBlob)).toString()) as Config;
        expect(config.rootfs.diff_ids).toHaveLength(layers.length);
        for (const [at, layer] of layers.entries()) {
          const tar = gunzipSync(await blob(repository, layer));
          expect(digestOf(tar)).toBe(config.rootfs.diff_ids[at]);
          expect((await filesOf(tar)).size).toBeGreaterThan(1);
        }
      }
    },
  );

  test.each(references)('%s:%s have a history with a line for each layer', async (repository, tag) => {
    for (const { config: configBlob, layers } of await imagesOf(repository, tag)) {
      const config = JSON.parse((await blob(repository, configBlob)).toString()) as Config;
      const { history } = config;
      expect(history.filter(({ empty_layer }) => !empty_layer)).toHaveLength(layers.length);
      expect(history.some(({ empty_layer }) => empty_layer)).toBe(true);
      for (const line of history) {
        expect(line).toMatchObject({
          created_by: expect.stringMatching(/^[A-Z]+ /),
          comment: 'buildkit.dockerfile.v0',
        });
        expect(line.created <= config.created).toBe(true);
      }
      expect(config.created).toMatch(/^202[56]-/);
    }
  });

  test('hold a system with links, modes and whiteouts', async () => {
    const [image] = await imagesOf('harbour/web', 'latest');
    const layers = await Promise.all((image?.layers ?? []).map((layer) => blob('harbour/web', layer)));
    const [base, , server, , cleanup] = await Promise.all(layers.map((bytes) => filesOf(gunzipSync(bytes))));
    expect(base?.get('etc/os-release')?.content.toString()).toContain('ID=harbour');
    expect(base?.get('bin/sh')?.header).toMatchObject({ type: 'symlink', linkname: '/bin/busybox' });
    expect(base?.get('bin/busybox')?.header.mode).toBe(0o755);
    expect(base?.get('tmp/')?.header).toMatchObject({ type: 'directory', mode: 0o1777 });
    expect(server?.get('usr/sbin/quayd')?.content.subarray(0, 4)).toEqual(Buffer.from('\x7fELF'));
    expect(cleanup?.get('etc/.wh.motd')?.header.size).toBe(0);
    const [api] = await imagesOf('harbour/api', 'latest');
    const last = api?.layers.at(-1);
    const opaque = await filesOf(
      gunzipSync(await blob('harbour/api', last ?? { mediaType: '', digest: '', size: 0 })),
    );
    expect(opaque.has('var/cache/apk/.wh..wh..opq')).toBe(true);
  });

  test('of web and api are for these platforms and share layers', async () => {
    const platforms = async (repository: string) =>
      ((await manifest(repository, 'latest')).manifests ?? []).map(({ platform }) => platform);
    expect(await platforms('harbour/web')).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux', variant: 'v8' },
      { architecture: 'unknown', os: 'unknown' },
      { architecture: 'unknown', os: 'unknown' },
    ]);
    expect(await platforms('harbour/api')).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux' },
      { architecture: 'arm', os: 'linux', variant: 'v7' },
    ]);
    const layersOf = async (repository: string) =>
      (await imagesOf(repository, 'latest')).map(({ layers }) => layers.map(({ digest }) => digest));
    const [webAmd, webArm] = await layersOf('harbour/web');
    const [apiAmd, apiArm] = await layersOf('harbour/api');
    expect(webAmd?.slice(0, 2)).toEqual(apiAmd?.slice(0, 2));
    expect(webArm?.slice(0, 2)).toEqual(apiArm?.slice(0, 2));
    expect(webAmd?.[0]).not.toBe(webArm?.[0]);
    expect(webAmd?.[1]).toBe(webArm?.[1]);
  });

  test('of tools/backup are in Docker’s own format', async () => {
    const { mediaType, config, layers } = await manifest('tools/backup', 'latest');
    expect(mediaType).toBe(DOCKER_MANIFEST);
    expect(config.mediaType).toBe('application/vnd.docker.container.image.v1+json');
    for (const layer of layers)
      expect(layer.mediaType).toBe('application/vnd.docker.image.rootfs.diff.tar.gzip');
  });
});

test('attestations name the image they are about', async () => {
  const { manifests = [] } = await manifest('harbour/web', '1.4.2');
  const attestations = manifests.filter(({ platform }) => platform?.os === 'unknown');
  expect(attestations).toHaveLength(2);
  for (const [at, { digest, annotations }] of attestations.entries()) {
    expect(annotations).toEqual({
      'vnd.docker.reference.digest': manifests[at]?.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    });
    const { layers } = await manifest('harbour/web', digest);
    const types: (string | undefined)[] = [];
    for (const layer of layers) {
      expect(layer.mediaType).toBe('application/vnd.in-toto+json');
      const statement = JSON.parse((await blob('harbour/web', layer)).toString()) as {
        predicateType: string;
        subject: { digest: { sha256: string } }[];
      };
      expect(statement.predicateType).toBe(layer.annotations?.['in-toto.io/predicate-type']);
      expect(`sha256:${statement.subject[0]?.digest.sha256}`).toBe(manifests[at]?.digest);
      types.push(statement.predicateType);
    }
    expect(types).toEqual(['https://spdx.dev/Document', 'https://slsa.dev/provenance/v0.2']);
  }
});

test('the SBOM is found as a referrer of the newest web index', async () => {
  const head = await call(registry, 'HEAD', '/v2/harbour/web/manifests/latest');
  const subject = String(head.headers['docker-content-digest']);
  const answer = await call(registry, 'GET', `/v2/harbour/web/referrers/${subject}`);
  const index = answer.json() as { mediaType: string; manifests: (Descriptor & { artifactType: string })[] };
  expect(index.mediaType).toBe(OCI_INDEX);
  expect(index.manifests).toMatchObject([{ artifactType: 'application/spdx+json' }]);
  const artifact = await manifest('harbour/web', index.manifests[0]?.digest ?? '');
  expect(artifact.subject?.digest).toBe(subject);
  const document = await blob('harbour/web', artifact.layers[0] ?? artifact.config);
  expect(JSON.parse(document.toString())).toMatchObject({ spdxVersion: 'SPDX-2.3' });
});

test('the artifact has a type, files and the empty config', async () => {
  const artifact = await manifest('harbour/policies', 'current');
  expect(artifact.artifactType).toBe('application/vnd.harbour.policy.bundle.v1');
  expect(artifact.config.mediaType).toBe('application/vnd.oci.empty.v1+json');
  expect((await blob('harbour/policies', artifact.config)).toString()).toBe('{}');
  expect(artifact.layers.map(({ annotations }) => annotations?.['org.opencontainers.image.title'])).toEqual([
    'retention.json',
    'signing.json',
  ]);
});

test('the chart is a chart', async () => {
  const { config, layers } = await manifest('charts/harbour', '0.8.0');
  expect(config.mediaType).toBe('application/vnd.cncf.helm.config.v1+json');
  const about = JSON.parse((await blob('charts/harbour', config)).toString()) as object;
  expect(about).toMatchObject({ name: 'harbour', version: '0.8.0', apiVersion: 'v2' });
  const [layer] = layers;
  expect(layer?.mediaType).toBe('application/vnd.cncf.helm.chart.content.v1.tar+gzip');
  const files = await filesOf(gunzipSync(await blob('charts/harbour', layer ?? config)));
  expect([...files.keys()]).toContain('harbour/templates/deployment.yaml');
  expect(files.get('harbour/Chart.yaml')?.content.toString()).toContain('version: "0.8.0"');
});
