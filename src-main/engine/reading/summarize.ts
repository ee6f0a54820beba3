import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import {
  annotatedCreation,
  artifactTypeShown,
  distinctPlatforms,
  factsOf,
  isPlatform,
  type ManifestFacts,
  newest,
} from '../model/facts.ts';
import { type ImageConfig, parseImageConfig } from '../model/image.ts';
import { classify, isAttestation } from '../model/kind.ts';
import type { Descriptor, ImageManifest, Manifest, ManifestHead, RawManifest } from '../model/manifest.ts';
import { isImageConfigType } from '../model/media-types.ts';
import { childrenOf } from '../model/parts.ts';
import type { Platform } from '../model/platform.ts';
import type { TagSummary } from '../model/summary.ts';
import { graph, type ManifestGraph, sizesOf, sum } from './graph.ts';
import type { ManifestReader } from './reader.ts';

/** Configs read at a time for one tag. */
const READS = 4;

/**
 * Reads what a tag's line shows, unless the reader knows it. Costs one GET per manifest and config that the reader does not know yet; missing children
 * (a sparse index), and manifests and configs that cannot be read, are left out, not failed upon.
 *
 * @throws {RegistryError}
 */
export async function summarize(
  reader: ManifestReader,
  repository: string,
  head: ManifestHead,
  { signal }: CallOptions = {},
): Promise<TagSummary> {
  const known = reader.summaries?.get(repository, head.digest);
  if (known) return known;
  const root = await reader.get(repository, head.digest, signal);
  const explored = await explore(reader, repository, root, signal);
  if (isWhole(explored)) reader.summaries?.keep(repository, explored.summary);
  return explored.summary;
}

/** Whether all was there and could be read: then nothing of it changes any more. */
function isWhole({ graph: { parsed, unreadable }, configs }: Exploration): boolean {
  if (unreadable.size > 0) return false;
  for (const manifest of parsed.values())
    if (!childrenOf(manifest).every(({ digest }) => parsed.has(digest))) return false;
  return [...configs.values()].every((read) => 'config' in read);
}

/** A config as far as it could be read. */
export type ReadConfig =
  | { config: ImageConfig /** Its bytes, where they are not as many as the manifest says. */; size?: number }
  | { unreadable: string };

/** A summary with all that was read for it. */
export interface Exploration {
  /** Absent where it could not be read. */
  manifest?: Manifest;
  graph: ManifestGraph;
  /** By manifest digest. */
  configs: ReadonlyMap<string, ReadConfig>;
  /** Every image that the root names, itself or through nested indexes, with its platform if that is known. */
  images: readonly { digest: string; platform?: Platform }[];
  summary: TagSummary;
}

export async function explore(
  reader: ManifestReader,
  repository: string,
  root: RawManifest,
  signal: AbortSignal | undefined,
): Promise<Exploration> {
  const whole = await graph(reader, repository, root, { signal, gaps: 'skip' });
  const { parsed } = whole;
  const manifest = parsed.get(root.digest);
  const configs = await readConfigs(reader, repository, imagesOf(whole), signal);
  reader.seen?.(repository, factsIn(whole, configs));
  const images = platformImages(root, whole, configs);
  const created = newest([
    manifest && annotatedCreation(manifest),
    ...[...configs.values()].map((read) => ('config' in read ? read.config.created : undefined)),
  ]);
  const kind = manifest ? classify(manifest) : 'unreadable';
  const artifactType = manifest && artifactTypeShown(manifest, kind);
  const summary: TagSummary = {
    digest: root.digest,
    mediaType: root.mediaType,
    kind,
    size: sum(sizesOf(whole).values()),
    ...(created === undefined ? {} : { created }),
    platforms: distinctPlatforms(images.map(({ platform }) => platform)),
    ...(artifactType === undefined ? {} : { artifactType }),
    attested: manifest?.kind === 'index' && manifest.manifests.some(isAttestation),
    ...(manifest ? {} : { unreadable: whole.unreadable.get(root.digest)?.reason ?? '' }),
  };
  return { ...(manifest ? { manifest } : {}), graph: whole, configs, images, summary };
}

function factsIn(
  { manifests, parsed }: ManifestGraph,
  configs: ReadonlyMap<string, ReadConfig>,
): ManifestFacts[] {
  return manifests.map((raw) => {
    const read = configs.get(raw.digest);
    const config = read && 'config' in read ? read.config : undefined;
    return factsOf(raw, { manifest: parsed.get(raw.digest), config });
  });
}

/** Those manifests that are images, by digest. */
function imagesOf({ manifests, parsed }: ManifestGraph): Map<string, ImageManifest> {
  const entries = new Map<string, Descriptor>();
  for (const manifest of parsed.values())
    for (const entry of childrenOf(manifest)) entries.set(entry.digest, entry);
  const images = new Map<string, ImageManifest>();
  for (const { digest } of manifests) {
    const manifest = parsed.get(digest);
    if (manifest?.kind === 'image' && classify(manifest, entries.get(digest)) === 'image')
      images.set(digest, manifest);
  }
  return images;
}

async function readConfigs(
  reader: ManifestReader,
  repository: string,
  images: ReadonlyMap<string, ImageManifest>,
  signal: AbortSignal | undefined,
): Promise<Map<string, ReadConfig>> {
  const configs = new Map<string, ReadConfig>();
  await forEachLimit(
    [...images].filter(([, { config }]) => isImageConfigType(config.mediaType)),
    READS,
    async ([digest, image], stop) => {
      configs.set(digest, await readConfig(reader, repository, image, stop));
    },
    signal,
  );
  return configs;
}

/** One that is missing or unreadable says so: the image is shown all the same. A wrong digest is an error. */
async function readConfig(
  reader: ManifestReader,
  repository: string,
  { config: descriptor, layers }: ImageManifest,
  signal: AbortSignal | undefined,
): Promise<ReadConfig> {
  try {
    const bytes = await reader.blob(repository, descriptor, signal);
    const config = parseImageConfig(bytes, layers.length);
    const differs = descriptor.sizeUnknown || bytes.byteLength !== descriptor.size;
    return { config, ...(differs ? { size: bytes.byteLength } : {}) };
  } catch (error) {
    if (!(error instanceof RegistryError) || !isTolerable(error)) throw error;
    return { unreadable: error.reason ?? error.code };
  }
}

/** What makes one config or chart unreadable and says nothing about the rest. */
export function isTolerable({ code }: RegistryError): boolean {
  return code === 'notFound' || code === 'invalidResponse' || code === 'tooLarge';
}

/** As the indexes list them, which covers children that are not here; otherwise as the configs say. */
function platformImages(
  root: RawManifest,
  { parsed }: ManifestGraph,
  configs: ReadonlyMap<string, ReadConfig>,
): Exploration['images'] {
  const configured = (digest: string): Platform | undefined => {
    const read = configs.get(digest);
    const platform = read && 'config' in read ? read.config.platform : undefined;
    return platform && isPlatform(platform) ? platform : undefined;
  };
  const image = (digest: string, platform = configured(digest)) => ({
    digest,
    ...(platform ? { platform } : {}),
  });
  const manifest = parsed.get(root.digest);
  if (manifest?.kind === 'schema1' && manifest.architecture)
    return [image(root.digest, { os: 'linux', architecture: manifest.architecture })];
  if (manifest?.kind === 'image') return configs.has(root.digest) ? [image(root.digest)] : [];
  const images = new Map<string, { digest: string; platform?: Platform }>();
  const looked = new Set<Manifest>();
  /** In the order in which the indexes list them. */
  const look = (index: Manifest): void => {
    looked.add(index);
    for (const entry of childrenOf(index)) {
      const child = parsed.get(entry.digest);
      if (child?.kind === 'index') {
        if (!looked.has(child)) look(child);
      } else if (!isAttestation(entry)) images.set(entry.digest, image(entry.digest, entry.platform));
    }
  };
  if (manifest) look(manifest);
  return [...images.values()];
}
