import { createCipheriv, createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** Media types of what is built here, by family. */
export const mediaTypes = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
  empty: 'application/vnd.oci.empty.v1+json',
  helmConfig: 'application/vnd.cncf.helm.config.v1+json',
  helmChart: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  inToto: 'application/vnd.in-toto+json',
} as const;

export interface TestBlob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** A manifest with all that has to be in a registry before it. */
export interface TestManifest extends TestBlob {
  /** Config and layers, as the manifest names them. */
  readonly blobs: readonly TestBlob[];
  /** The manifests of an index. */
  readonly children: readonly TestManifest[];
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

type Annotations = Readonly<Record<string, string>>;

export const amd64: Platform = { os: 'linux', architecture: 'amd64' };
export const arm64: Platform = { os: 'linux', architecture: 'arm64', variant: 'v8' };

export function sha256(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function blob(mediaType: string, bytes: Buffer): TestBlob {
  return { mediaType, digest: sha256(bytes), bytes };
}

/** `size` bytes that do not compress, always the same for one seed. */
export function seededBytes(seed: string, size: number): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** A manifest from its JSON; its bytes are indented, so that a copy that encodes it anew changes the digest. */
export function manifestOf(
  body: Readonly<Record<string, unknown>> & { readonly mediaType: string },
  blobs: readonly TestBlob[],
  children: readonly TestManifest[] = [],
): TestManifest {
  return { ...blob(body.mediaType, Buffer.from(`${JSON.stringify(body, null, 3)}\n`)), blobs, children };
}

export function descriptor({ mediaType, digest, bytes }: TestBlob): {
  mediaType: string;
  digest: string;
  size: number;
} {
  return { mediaType, digest, size: bytes.length };
}

interface Layer extends TestBlob {
  readonly diffId: string;
}

/** A gzip tar layer with one file of `size` bytes named for `seed`; the same for the same arguments. */
async function makeLayer(mediaType: string, seed: string, size: number): Promise<Layer> {
  const archive = pack();
  const mtime = new Date(0);
  archive.entry({ name: 'files/', type: 'directory', mtime });
  archive.entry({ name: `files/${seed.replaceAll(/[^\w.-]/g, '-')}`, mtime }, seededBytes(seed, size));
  archive.finalize();
  const tar = await buffer(archive);
  return { ...blob(mediaType, gzipSync(tar)), diffId: sha256(tar) };
}

export interface ImageOptions {
  /** Makes two images differ; layers of the same name and size are shared between images. */
  readonly name?: string;
  readonly family?: 'oci' | 'docker';
  readonly platform?: Platform;
  /** Bytes of the file in each layer, by the layer's name; the gzip layer is a little larger. */
  readonly layers?: Readonly<Record<string, number>>;
  readonly annotations?: Annotations;
  /** Makes it a referrer (OCI only). */
  readonly subject?: TestManifest;
}

/** An image with a real config and real gzip tar layers whose diff IDs are right. */
export async function makeImage({
  name = 'app',
  family = 'oci',
  platform = amd64,
  layers: sizes = { base: 2048, app: 512 },
  annotations,
  subject,
}: ImageOptions = {}): Promise<TestManifest> {
  const types = mediaTypes[family];
  const layers = await Promise.all(
    Object.entries(sizes).map(([layerName, size]) => makeLayer(types.layer, layerName, size)),
  );
  const config = blob(
    types.config,
    Buffer.from(
      JSON.stringify({
        created: '2024-01-02T03:04:05Z',
        author: 'Wharfinger tests',
        ...platform,
        config: { Env: ['PATH=/usr/bin'], Cmd: ['/app'], Labels: { 'org.example.name': name } },
        rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
        history: Object.keys(sizes).map((layerName) => ({
          created: '2024-01-02T03:04:05Z',
          created_by: `COPY files/${layerName} / # buildkit`,
        })),
      }),
    ),
  );
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: types.manifest,
      config: descriptor(config),
      layers: layers.map(descriptor),
      ...(subject === undefined ? {} : { subject: descriptor(subject) }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    [config, ...layers],
  );
}

export interface IndexEntry {
  readonly manifest: TestManifest;
  readonly platform?: Platform | undefined;
  readonly annotations?: Annotations;
}

/** An OCI index or a Docker manifest list. */
export function makeIndex(entries: readonly IndexEntry[], family: 'oci' | 'docker' = 'oci'): TestManifest {
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes[family].index,
      manifests: entries.map(({ manifest, platform, annotations }) => ({
        ...descriptor(manifest),
        platform,
        ...(annotations === undefined ? {} : { annotations }),
      })),
    },
    [],
    entries.map(({ manifest }) => manifest),
  );
}

/** An index that does not say what its children run on. */
export function makeBareIndex(...children: readonly TestManifest[]): TestManifest {
  return makeIndex(children.map((manifest) => ({ manifest })));
}

/** A two-platform image (amd64, arm64) whose platforms share their base layer. */
export async function makeMultiPlatform(
  name = 'app',
  family: 'oci' | 'docker' = 'oci',
): Promise<TestManifest> {
  const entries = await Promise.all(
    [amd64, arm64].map(async (platform) => ({
      platform,
      manifest: await makeImage({
        name,
        family,
        platform,
        layers: { base: 4096, [`${name}-${platform.architecture}`]: 1024 },
      }),
    })),
  );
  return makeIndex(entries, family);
}

/** The entry with which BuildKit adds an attestation of `image` to an index. */
export function makeAttestation(image: TestManifest): IndexEntry {
  const statement = blob(
    mediaTypes.inToto,
    Buffer.from(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v0.1',
        predicateType: 'https://slsa.dev/provenance/v0.2',
        subject: [{ name: 'app', digest: { sha256: image.digest.slice('sha256:'.length) } }],
        predicate: {},
      }),
    ),
  );
  const config = blob(
    mediaTypes.oci.config,
    Buffer.from(
      JSON.stringify({
        architecture: 'unknown',
        os: 'unknown',
        config: {},
        rootfs: { type: 'layers', diff_ids: [statement.digest] },
      }),
    ),
  );
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(config),
      layers: [
        {
          ...descriptor(statement),
          annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' },
        },
      ],
    },
    [config, statement],
  );
  return {
    manifest,
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.digest': image.digest,
      'vnd.docker.reference.type': 'attestation-manifest',
    },
  };
}

const emptyBlob = blob(mediaTypes.empty, Buffer.from('{}'));

/** An OCI 1.1 artifact; without `content` it has the empty layer that the specification prescribes. */
export function makeArtifact({
  artifactType = 'application/vnd.example.report',
  content,
  subject,
}: {
  readonly artifactType?: string;
  readonly content?: Buffer;
  readonly subject?: TestManifest;
} = {}): TestManifest {
  const layer = content === undefined ? emptyBlob : blob('text/plain', content);
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      artifactType,
      config: descriptor(emptyBlob),
      layers: [descriptor(layer)],
      ...(subject === undefined ? {} : { subject: descriptor(subject) }),
    },
    layer === emptyBlob ? [emptyBlob] : [emptyBlob, layer],
  );
}

/** BuildKit's cache as `--cache-to type=registry` stores it: an index of layers and a config of its own. */
export function makeBuildCache(name = 'cache'): TestManifest {
  const layer = blob(mediaTypes.oci.layer, gzipSync(seededBytes(name, 512)));
  const config = blob(
    'application/vnd.buildkit.cacheconfig.v0',
    Buffer.from(JSON.stringify({ layers: [{ blob: layer.digest }], records: [] })),
  );
  const blobs = [layer, config];
  return manifestOf(
    { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: blobs.map(descriptor) },
    blobs,
  );
}

/** A Helm chart as `helm push` stores it. @param more fields of its metadata */
export async function makeHelmChart(
  name = 'chart',
  version = '1.2.3',
  more: Readonly<Record<string, string>> = {},
): Promise<TestManifest> {
  const metadata = {
    ...{ apiVersion: 'v2', name, version, appVersion: '9.9', description: 'A test chart' },
    ...more,
  };
  const archive = pack();
  const lines = Object.entries(metadata).map(([key, value]) => `${key}: "${value}"\n`);
  archive.entry({ name: `${name}/Chart.yaml`, mtime: new Date(0) }, lines.join(''));
  archive.finalize();
  const chart = blob(mediaTypes.helmChart, gzipSync(await buffer(archive)));
  const config = blob(mediaTypes.helmConfig, Buffer.from(JSON.stringify(metadata)));
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(config),
      layers: [descriptor(chart)],
      annotations: { 'org.opencontainers.image.title': name, 'org.opencontainers.image.version': version },
    },
    [config, chart],
  );
}
