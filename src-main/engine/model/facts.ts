import { RegistryError } from '../errors.ts';
import type { ManifestKind } from '../vocabulary/manifests.ts';
import { type ImageConfig, parseImageConfig, readInstant } from './image.ts';
import { artifactTypeOf, classify, hasConfigBlob, isAttestation } from './kind.ts';
import { type Descriptor, type Manifest, parseManifest, type RawManifest } from './manifest.ts';
import { blobsOf, childrenOf } from './parts.ts';
import { type Platform, platformKey } from './platform.ts';

const CREATED = 'org.opencontainers.image.created';

/** A manifest that an index lists. */
interface ChildFact {
  digest: string;
  /** Bytes of the child itself. */
  size: number;
  mediaType: string;
  platform?: Platform;
  /** BuildKit's attestation of another child. */
  attestation?: true;
}

interface BlobFact {
  digest: string;
  size: number;
  mediaType: string;
  /** `other`: what an index lists and is no manifest, as a build cache does. */
  role: 'config' | 'layer' | 'other';
}

/** What is true of a manifest wherever it lies, since its digest is of its bytes. */
export interface ManifestFacts {
  digest: string;
  mediaType: string;
  kind: ManifestKind;
  /** Bytes of the manifest itself. */
  size: number;
  /** Newest of its annotation and of its config, where that was read; RFC 3339. */
  created?: string;
  /** As the index lists them; of an image what its config says, where that was read. */
  platforms: Platform[];
  artifactType?: string;
  /** It holds BuildKit attestations. */
  attested: boolean;
  /** Digest of what it is attached to. */
  subject?: string;
  /** In the order of the index. */
  children: ChildFact[];
  /** What the registry keeps for it, in the manifest's order: foreign layers are left out. */
  blobs: BlobFact[];
  /** What is wrong with bytes that say nothing: the digest is right, and the rest is empty. */
  unreadable?: string;
}

/** Of an image, as its config says. */
export type ConfigFacts = Pick<ManifestFacts, 'created' | 'platforms'> & Pick<ImageConfig, 'diffIds'>;

/** What is at hand beside the bytes. */
interface AtHand {
  /** Parsed already. */
  manifest?: Manifest | undefined;
  /** Of an image: its date and platform are nowhere else. */
  config?: ImageConfig | undefined;
}

/** Reads a manifest for its facts. What cannot be read is reported as that, and never thrown. */
export function factsOf(raw: RawManifest, { manifest, config }: AtHand = {}): ManifestFacts {
  const { digest, mediaType, bytes } = raw;
  const own = { digest, mediaType, size: bytes.byteLength };
  try {
    return { ...own, ...contentsOf(manifest ?? parseManifest(raw), config) };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const unreadable = error.reason ?? error.code;
    return {
      ...own,
      kind: 'unreadable',
      platforms: [],
      attested: false,
      children: [],
      blobs: [],
      unreadable,
    };
  }
}

function contentsOf(
  manifest: Manifest,
  config: ImageConfig | undefined,
): Omit<ManifestFacts, 'digest' | 'mediaType' | 'size'> {
  const kind = classify(manifest);
  const created = newest([annotatedCreation(manifest), config?.created]);
  const artifactType = artifactTypeShown(manifest, kind);
  const subject = manifest.kind === 'image' || manifest.kind === 'index' ? manifest.subject : undefined;
  const children = childrenOf(manifest).map(childOf);
  return {
    kind,
    ...(created === undefined ? {} : { created }),
    platforms: platformsOf(manifest, children, config),
    ...(artifactType === undefined ? {} : { artifactType }),
    attested: children.some(({ attestation }) => attestation),
    ...(subject ? { subject: subject.digest } : {}),
    children,
    blobs: blobFacts(manifest),
  };
}

function childOf(entry: Descriptor): ChildFact {
  const { digest, size, mediaType, platform } = entry;
  return {
    digest,
    size,
    mediaType,
    ...(platform ? { platform } : {}),
    ...(isAttestation(entry) ? { attestation: true } : {}),
  };
}

function blobFacts(manifest: Manifest): BlobFact[] {
  return blobsOf(manifest).map(({ digest, size, mediaType }, position) => {
    const isConfig = position === 0 && manifest.kind === 'image' && hasConfigBlob(manifest);
    const role = isConfig ? 'config' : manifest.kind === 'image' ? 'layer' : 'other';
    return { digest, size, mediaType, role };
  });
}

function platformsOf(
  manifest: Manifest,
  children: readonly ChildFact[],
  config: ImageConfig | undefined,
): Platform[] {
  if (manifest.kind === 'schema1')
    return manifest.architecture ? [{ os: 'linux', architecture: manifest.architecture }] : [];
  if (manifest.kind === 'index')
    return distinctPlatforms(
      children.map(({ platform, attestation }) => (attestation ? undefined : platform)),
    );
  return config ? platformsIn(config) : [];
}

function platformsIn({ platform }: ImageConfig): Platform[] {
  return isPlatform(platform) ? [platform] : [];
}

/**
 * What a config adds to the facts of each image that has it.
 *
 * @throws {RegistryError} `invalidResponse` for what is no config
 */
export function configFactsOf(bytes: Uint8Array): ConfigFacts {
  // How many layers the image has matters for the history alone.
  const config = parseImageConfig(bytes, 0);
  const { created, diffIds } = config;
  return { ...(created === undefined ? {} : { created }), platforms: platformsIn(config), diffIds };
}

/** Whether a config says anything of it. */
export function isPlatform({ os, architecture }: Platform): boolean {
  return os !== '' || architecture !== '';
}

/** Each once, in their order, however they are spelled. */
export function distinctPlatforms(platforms: readonly (Platform | undefined)[]): Platform[] {
  const found = new Map<string, Platform>();
  for (const platform of platforms)
    if (platform && !found.has(platformKey(platform))) found.set(platformKey(platform), platform);
  return [...found.values()];
}

/** The type that a list shows beside the kind. */
export function artifactTypeShown(manifest: Manifest, kind: ManifestKind): string | undefined {
  if (manifest.kind === 'index') return manifest.artifactType;
  if (manifest.kind !== 'image' || kind === 'image' || kind === 'attestation') return undefined;
  return artifactTypeOf(manifest);
}

export function annotatedCreation(manifest: Manifest): string | undefined {
  return manifest.kind === 'schema1' ? undefined : readInstant(manifest.annotations[CREATED]);
}

export function newest(instants: readonly (string | undefined)[]): string | undefined {
  let best: string | undefined;
  for (const instant of instants)
    if (instant !== undefined && (best === undefined || Date.parse(instant) > Date.parse(best)))
      best = instant;
  return best;
}
