import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { isDigest } from '../model/digest.ts';
import { type HelmChart, type ImageConfig, parseHelmConfig } from '../model/image.ts';
import { artifactTypeOf, attestedDigest, classify, classifyEntry, isForeign } from '../model/kind.ts';
import type { Annotations, Descriptor, ImageManifest, Manifest } from '../model/manifest.ts';
import { blobsOf } from '../model/parts.ts';
import type { Platform } from '../model/platform.ts';
import type { EntryKind } from '../vocabulary/manifests.ts';
import type { ManifestGraph } from './graph.ts';
import { headOfNamed, type ManifestReader } from './reader.ts';
import { type Exploration, explore, isTolerable, type ReadConfig } from './summarize.ts';

const PREDICATE_TYPE = 'in-toto.io/predicate-type';

/** A layer (or an artifact's blob) with what made it, base layer first. */
interface LayerDescription {
  digest: string;
  size: number;
  mediaType: string;
  createdBy?: string;
  created?: string;
  /** What the manifest says in the place of its size is none; then `size` is 0. */
  sizeUnknown?: true;
  /** Kept at a URL of its own and not in the registry. */
  foreign: boolean;
  annotations: Annotations;
}

interface IndexEntry {
  digest: string;
  mediaType: string;
  /** Bytes of the child manifest itself. */
  size: number;
  kind: EntryKind;
  platform?: Platform;
  artifactType?: string;
  /** For an attestation: the manifest it speaks of. */
  attests?: string;
  annotations: Annotations;
}

type ImageContent =
  | {
      kind: 'image';
      config: ImageConfig & {
        digest: string;
        /** As the manifest says. */
        size: number;
        /** Its bytes, where the manifest says another number, or none. */
        actualSize?: number;
        /** Why nothing of it could be read. */
        unreadable?: string;
      };
      layers: readonly LayerDescription[];
    }
  | { kind: 'index'; entries: readonly IndexEntry[] }
  | { kind: 'artifact'; artifactType: string; blobs: readonly LayerDescription[]; subject?: string }
  | { kind: 'helmChart'; chart: HelmChart; blobs: readonly LayerDescription[] }
  | {
      kind: 'attestation';
      attests?: string;
      statements: readonly { digest: string; size: number; predicateType: string }[];
    }
  /** What its index or its manifest lists, the config included where the index names it. */
  | { kind: 'buildCache'; blobs: readonly LayerDescription[] }
  | {
      kind: 'schema1';
      name: string;
      tag: string;
      architecture: string;
      layers: readonly { digest: string; createdBy?: string }[];
    }
  | { kind: 'unknown' }
  /** Its digest is right and its content is not what it should be: `reason` says what is wrong. */
  | { kind: 'unreadable'; reason: string };

export interface ImageDescription {
  /** As asked: tag or digest. */
  reference: string;
  digest: string;
  mediaType: string;
  /** Unique bytes of manifests, configs and layers over all platforms. */
  size: number;
  created?: string;
  annotations: Annotations;
  /** The manifest's text, byte for byte. */
  raw: string;
  platforms: readonly Platform[];
  /** Every image it names, itself or through nested indexes, with its platform if that is known. */
  images: readonly { digest: string; platform?: Platform }[];
  content: ImageContent;
}

/**
 * A manifest read and explained, by tag or digest.
 *
 * @throws {RegistryError} `notFound`, `invalidResponse`, `digestMismatch`.
 */
export async function describe(
  reader: ManifestReader,
  repository: string,
  reference: string,
  { signal }: CallOptions = {},
): Promise<ImageDescription> {
  const digest = isDigest(reference)
    ? reference
    : (await headOfNamed(reader, repository, reference, signal)).digest;
  const root = await reader.get(repository, digest, signal);
  const explored = await explore(reader, repository, root, signal);
  const { manifest, summary } = explored;
  return {
    reference,
    digest: root.digest,
    mediaType: root.mediaType,
    size: summary.size,
    ...(summary.created === undefined ? {} : { created: summary.created }),
    annotations: !manifest || manifest.kind === 'schema1' ? {} : manifest.annotations,
    raw: new TextDecoder().decode(root.bytes),
    platforms: summary.platforms,
    images: explored.images,
    content: await contentOf(reader, repository, explored, signal),
  };
}

async function contentOf(
  reader: ManifestReader,
  repository: string,
  { manifest, graph, configs, summary }: Exploration,
  signal: AbortSignal | undefined,
): Promise<ImageContent> {
  if (!manifest) {
    const { reason = '' } = graph.unreadable.get(summary.digest) ?? {};
    return { kind: 'unreadable', reason };
  }
  if (summary.kind === 'buildCache') {
    const blobs = manifest.kind === 'index' ? manifest.manifests : blobsOf(manifest);
    return { kind: 'buildCache', blobs: blobs.map((blob) => describeLayer(blob)) };
  }
  switch (manifest.kind) {
    case 'unknown':
      return { kind: 'unknown' };
    case 'schema1': {
      const { name, tag, architecture, layers } = manifest;
      return { kind: 'schema1', name, tag, architecture, layers };
    }
    case 'index':
      return {
        kind: 'index',
        entries: manifest.manifests.map((entry) => describeEntry(entry, graph, configs)),
      };
    case 'image':
  }
  switch (summary.kind) {
    case 'helmChart': {
      const chart = await readChart(reader, repository, manifest.config, signal);
      return { kind: 'helmChart', chart, blobs: manifest.layers.map((layer) => describeLayer(layer)) };
    }
    case 'attestation':
      return describeAttestation(manifest);
    case 'image': {
      const read = configs.get(summary.digest) ?? { unreadable: '' };
      const config = 'config' in read ? read.config : emptyConfig();
      const { digest, size } = manifest.config;
      const notes =
        'unreadable' in read
          ? { unreadable: read.unreadable }
          : read.size === undefined
            ? {}
            : { actualSize: read.size };
      const layers = describeLayers(manifest, config);
      return { kind: 'image', config: { ...config, digest, size, ...notes }, layers };
    }
    default:
      return {
        kind: 'artifact',
        artifactType: artifactTypeOf(manifest),
        blobs: manifest.layers.map((layer) => describeLayer(layer)),
        ...(manifest.subject ? { subject: manifest.subject.digest } : {}),
      };
  }
}

/** In the place of a config that is missing or unreadable: the layers can still be shown. */
function emptyConfig(): ImageConfig {
  return {
    platform: { os: '', architecture: '' },
    entrypoint: [],
    command: [],
    environment: [],
    exposedPorts: [],
    volumes: [],
    labels: {},
    healthcheck: [],
    history: [],
    diffIds: [],
  };
}

function describeLayers({ layers }: ImageManifest, config: ImageConfig): LayerDescription[] {
  const made = new Map(config.history.map((entry) => [entry.layer, entry]));
  return layers.map((layer, position) => describeLayer(layer, made.get(position)));
}

function describeLayer(
  layer: Descriptor,
  made: { createdBy?: string; created?: string } = {},
): LayerDescription {
  return {
    digest: layer.digest,
    size: layer.size,
    ...(layer.sizeUnknown ? { sizeUnknown: true } : {}),
    mediaType: layer.mediaType,
    ...(made.createdBy === undefined ? {} : { createdBy: made.createdBy }),
    ...(made.created === undefined ? {} : { created: made.created }),
    foreign: isForeign(layer),
    annotations: layer.annotations ?? {},
  };
}

function describeEntry(
  entry: Descriptor,
  { parsed, unreadable }: ManifestGraph,
  configs: ReadonlyMap<string, ReadConfig>,
): IndexEntry {
  const kind = kindOfEntry(entry, parsed.get(entry.digest), unreadable.has(entry.digest));
  const attests = kind === 'attestation' ? attestedDigest(entry) : undefined;
  const read = configs.get(entry.digest);
  const configured = read && 'config' in read ? read.config.platform : undefined;
  const platform = kind === 'attestation' ? undefined : (entry.platform ?? configured);
  return {
    digest: entry.digest,
    mediaType: entry.mediaType,
    size: entry.size,
    kind,
    ...(platform ? { platform } : {}),
    ...(entry.artifactType === undefined ? {} : { artifactType: entry.artifactType }),
    ...(attests === undefined ? {} : { attests }),
    annotations: entry.annotations ?? {},
  };
}

/** What its manifest is, where that is known; otherwise what the index says. */
function kindOfEntry(entry: Descriptor, manifest: Manifest | undefined, unreadable: boolean): EntryKind {
  if (unreadable) return 'unreadable';
  return manifest ? classify(manifest, entry) : classifyEntry(entry);
}

function describeAttestation(manifest: ImageManifest): ImageContent {
  return {
    kind: 'attestation',
    ...(manifest.subject ? { attests: manifest.subject.digest } : {}),
    statements: manifest.layers.map((layer) => ({
      digest: layer.digest,
      size: layer.size,
      predicateType: layer.annotations?.[PREDICATE_TYPE] ?? '',
    })),
  };
}

/** A chart whose config cannot be read is still a chart. */
async function readChart(
  reader: ManifestReader,
  repository: string,
  config: Descriptor,
  signal: AbortSignal | undefined,
): Promise<HelmChart> {
  try {
    return parseHelmConfig(await reader.blob(repository, config, signal));
  } catch (error) {
    if (!(error instanceof RegistryError) || !isTolerable(error)) throw error;
    return { name: '', version: '', keywords: [], maintainers: [] };
  }
}
