import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ContentCache, openDatabase } from '../../src-main/data/index.ts';
import {
  type ManifestReader,
  type RawManifest,
  RegistryError,
  summarize,
} from '../../src-main/engine/index.ts';
import { CachedReader } from '../../src-main/services/registries/cached-reader.ts';
import {
  blob,
  descriptor,
  makeIndex,
  manifestOf,
  mediaTypes,
  type TestBlob,
  type TestManifest,
} from '../support/images.ts';
import type { Measurement } from './report.ts';

const TAGS = 1_000;
const ARCHITECTURES = ['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x'];
const FIRST_SECONDS = 1.5;
const KNOWN_SECONDS = 0.3;

/**
 * Processor time of the lines of a thousand tags, each an index of six platforms, with a registry that answers at once: first with
 * an empty cache, then by a later process that knows them all.
 */
export async function measureTags(): Promise<Measurement[]> {
  const { reader, digests } = answering(Array.from({ length: TAGS }, (_, number) => indexOf(number)));
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const { database, cache } = await openDatabase(path.join(folder, 'wharfinger.db'));
  try {
    const pass = async (): Promise<number> => {
      const content = new ContentCache(cache);
      const cached = new CachedReader(reader, 'https://bench.test', content);
      const before = process.cpuUsage();
      await Promise.all(
        digests.map(async (digest) => summarize(cached, 'team/app', await cached.head('team/app', digest))),
      );
      content.write();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    };
    const what = `1,000 indexes of ${ARCHITECTURES.length} platforms: processor time`;
    return [
      { what: `${what}, first`, value: await pass(), unit: 's', target: FIRST_SECONDS },
      { what: `${what}, known`, value: await pass(), unit: 's', target: KNOWN_SECONDS },
    ];
  } finally {
    database.close();
    cache.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of the shape and size that BuildKit makes. */
function indexOf(number: number): TestManifest {
  return makeIndex(
    ARCHITECTURES.map((architecture) => ({
      manifest: imageOf(architecture, number),
      platform: { os: 'linux', architecture },
    })),
  );
}

function imageOf(architecture: string, number: number): TestManifest {
  const layers = Array.from({ length: 8 }, (_, at) =>
    descriptor(blob(mediaTypes.oci.layer, Buffer.from(`${architecture} ${number} ${at}`))),
  );
  const history = layers.map((_, at) => ({
    created: '2024-01-02T03:04:05Z',
    created_by: `RUN /bin/sh -c apt-get update && apt-get install --yes package-${at} # buildkit`,
  }));
  const document = {
    os: 'linux',
    architecture,
    created: '2024-01-02T03:04:05Z',
    config: {},
    history,
    number,
  };
  const config = blob(mediaTypes.oci.config, Buffer.from(JSON.stringify(document)));
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.oci.manifest,
    config: descriptor(config),
    layers,
  };
  return manifestOf(manifest, [config]);
}

/** A registry that answers at once, from memory. */
function answering(indexes: readonly TestManifest[]): { reader: ManifestReader; digests: string[] } {
  const manifests = new Map<string, RawManifest>();
  const blobs = new Map<string, TestBlob>();
  for (const one of indexes.flatMap((index) => [index, ...index.children])) {
    manifests.set(one.digest, one);
    for (const content of one.blobs) blobs.set(content.digest, content);
  }
  const known = <T>(map: ReadonlyMap<string, T>, digest: string): T => {
    const found = map.get(digest);
    if (!found) throw new RegistryError('notFound', '');
    return found;
  };
  const reader: ManifestReader = {
    head: async (_, digest) => ({
      ...known(manifests, digest),
      size: known(manifests, digest).bytes.byteLength,
    }),
    get: async (_, digest) => known(manifests, digest),
    blob: async (_, { digest }) => known(blobs, digest).bytes,
  };
  return { reader, digests: indexes.map(({ digest }) => digest) };
}
