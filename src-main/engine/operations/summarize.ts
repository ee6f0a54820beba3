import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { type ImageConfig, parseImageConfig, readInstant } from '../model/image.ts';
import { artifactTypeOf, classify, isAttestation, type ManifestKind } from '../model/kind.ts';
import {
  type Descriptor,
  type ImageManifest,
  type Manifest,
  type ManifestHead,
  parseManifest,
  type RawManifest,
} from '../model/manifest.ts';
import { isImageConfigType } from '../model/media-types.ts';
import { type Platform, platformKey } from '../model/platform.ts';
import { forEachLimit } from './for-each-limit.ts';
import { graph, type ManifestGraph, sizesOf, sum } from './graph.ts';
import type { ManifestReader } from './reader.ts';

const CREATED = 'org.opencontainers.image.created';
/** Configs read at a time for one tag. */
const READS = 4;

/** A tag's line in a list. */
export interface TagSummary {
  digest: string;
  mediaType: string;
  kind: ManifestKind;
  /** Unique bytes of manifests, configs and layers over all platforms. */
  size: number;
  /** Newest of its annotations and of its platforms' configs; RFC 3339. */
  created?: string;
  platforms: readonly Platform[];
  artifactType?: string;
  /** It holds BuildKit attestations. */
  attested: boolean;
}

/**
 * Reads what a tag's line shows. Costs one GET per manifest and config that the reader does not know yet; missing children
 * (a sparse index) and configs are left out, not failed upon.
 *
 * @throws {RegistryError}
 */
export async function summarize(
  reader: ManifestReader,
  repository: string,
  head: ManifestHead,
  { signal }: CallOptions = {},
): Promise<TagSummary> {
  const root = await reader.get(repository, head.digest, signal);
  return (await explore(reader, repository, root, signal)).summary;
}

/** A summary with all that was read for it. */
export interface Exploration {
  manifest: Manifest;
  graph: ManifestGraph;
  /** By manifest digest. */
  configs: ReadonlyMap<string, ImageConfig>;
  summary: TagSummary;
}

export async function explore(
  reader: ManifestReader,
  repository: string,
  root: RawManifest,
  signal: AbortSignal | undefined,
): Promise<Exploration> {
  const manifest = parseManifest(root);
  const whole = await graph(reader, repository, root, { signal, missing: 'skip' });
  const entries = new Map(
    manifest.kind === 'index' ? manifest.manifests.map((entry) => [entry.digest, entry]) : [],
  );
  const images = whole.manifests.flatMap((raw) => {
    const image = parseManifest(raw);
    return image.kind === 'image' && classify(image, entries.get(raw.digest)) === 'image'
      ? [{ digest: raw.digest, image }]
      : [];
  });
  const configs = await readConfigs(reader, repository, images, signal);
  const platforms = platformsOf(manifest, whole, configs);
  const created = newest([
    annotatedCreation(manifest),
    ...[...configs.values()].map((config) => config.created),
  ]);
  const kind = classify(manifest);
  const artifactType =
    manifest.kind === 'image' && kind !== 'image' && kind !== 'attestation'
      ? artifactTypeOf(manifest)
      : manifest.kind === 'index'
        ? manifest.artifactType
        : undefined;
  const summary: TagSummary = {
    digest: root.digest,
    mediaType: root.mediaType,
    kind,
    size: sum(sizesOf(whole).values()),
    ...(created === undefined ? {} : { created }),
    platforms,
    ...(artifactType === undefined ? {} : { artifactType }),
    attested: manifest.kind === 'index' && manifest.manifests.some(isAttestation),
  };
  return { manifest, graph: whole, configs, summary };
}

async function readConfigs(
  reader: ManifestReader,
  repository: string,
  images: readonly { digest: string; image: ImageManifest }[],
  signal: AbortSignal | undefined,
): Promise<Map<string, ImageConfig>> {
  const configs = new Map<string, ImageConfig>();
  await forEachLimit(
    images.filter(({ image }) => isImageConfigType(image.config.mediaType)),
    READS,
    async ({ digest, image }, stop) => {
      const config = await readConfig(reader, repository, image.config, stop);
      if (config) configs.set(digest, config);
    },
    signal,
  );
  return configs;
}

/** Undefined where it is missing or unreadable: the image is shown all the same. A wrong digest is told. */
async function readConfig(
  reader: ManifestReader,
  repository: string,
  descriptor: Descriptor,
  signal: AbortSignal | undefined,
): Promise<ImageConfig | undefined> {
  try {
    return parseImageConfig(await reader.blob(repository, descriptor, signal));
  } catch (error) {
    const tolerable =
      error instanceof RegistryError && ['notFound', 'invalidResponse', 'tooLarge'].includes(error.code);
    if (tolerable) return undefined;
    throw error;
  }
}

/** As the index lists them, which covers children that are not here; otherwise as the configs say. */
function platformsOf(
  manifest: Manifest,
  { manifests }: ManifestGraph,
  configs: ReadonlyMap<string, ImageConfig>,
): Platform[] {
  const found = new Map<string, Platform>();
  const add = (platform: Platform | undefined): void => {
    if (platform && (platform.os || platform.architecture)) found.set(platformKey(platform), platform);
  };
  if (manifest.kind === 'schema1' && manifest.architecture)
    add({ os: 'linux', architecture: manifest.architecture });
  const listed = new Map<string, Platform | undefined>();
  for (const raw of manifests) {
    const index = parseManifest(raw);
    if (index.kind !== 'index') continue;
    for (const entry of index.manifests) if (!isAttestation(entry)) listed.set(entry.digest, entry.platform);
  }
  for (const [digest, platform] of listed) add(platform ?? configs.get(digest)?.platform);
  for (const [digest, config] of configs) if (!listed.has(digest)) add(config.platform);
  return [...found.values()];
}

function annotatedCreation(manifest: Manifest): string | undefined {
  return manifest.kind === 'schema1' ? undefined : readInstant(manifest.annotations[CREATED]);
}

function newest(instants: readonly (string | undefined)[]): string | undefined {
  let best: string | undefined;
  for (const instant of instants)
    if (instant !== undefined && (best === undefined || Date.parse(instant) > Date.parse(best)))
      best = instant;
  return best;
}
