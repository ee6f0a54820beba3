import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import { isDigest } from './digest.ts';
import { JsonTooLarge, parseJson } from './json.ts';
import {
  bareMediaType,
  DOCKER_SCHEMA1,
  DOCKER_SCHEMA1_SIGNED,
  isIndexType,
  isManifestType,
  isMediaType,
  isSchema1Type,
  namesDocument,
  namesManifest,
  OCI_ARTIFACT,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
} from './media-types.ts';
import { type Platform, platformFields, readPlatform } from './platform.ts';

/** A manifest as the registry keeps it. Immutable and never re-encoded: `digest` is the digest of `bytes`. */
export interface RawManifest {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
}

export interface ManifestHead {
  digest: string;
  mediaType: string;
  /** Bytes of the manifest itself. */
  size: number;
}

export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  /** Never asked by the engine: content comes from the registry only (CVE-2020-15157). */
  urls?: readonly string[];
  annotations?: Readonly<Record<string, string>>;
  platform?: Platform;
  artifactType?: string;
}

export type Annotations = Readonly<Record<string, string>>;

export interface ImageManifest {
  kind: 'image';
  mediaType: string;
  config: Descriptor;
  layers: readonly Descriptor[];
  subject?: Descriptor;
  artifactType?: string;
  annotations: Annotations;
}
interface IndexManifest {
  kind: 'index';
  mediaType: string;
  manifests: readonly Descriptor[];
  subject?: Descriptor;
  artifactType?: string;
  annotations: Annotations;
}
interface Schema1Manifest {
  kind: 'schema1';
  mediaType: string;
  name: string;
  tag: string;
  architecture: string;
  /** Base layer first, unlike the document. */
  layers: readonly { digest: string; createdBy?: string }[];
}
/** Well-formed JSON of a media type we know nothing of; shown, and copied only if nothing can be missed. */
interface UnknownManifest {
  kind: 'unknown';
  mediaType: string;
  annotations: Annotations;
}
export type Manifest = ImageManifest | IndexManifest | Schema1Manifest | UnknownManifest;

/** Manifests an index may list, layers a manifest may list. Real ones stay below a few hundred. */
const ENTRIES_MAX = 10_000;

const annotations = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(undefined)
  .transform((map) => {
    const kept: Record<string, string> = {};
    for (const [key, value] of Object.entries(map ?? {})) if (typeof value === 'string') kept[key] = value;
    return kept;
  });

const descriptor = z
  .object({
    mediaType: z.string().max(255),
    digest: z.string().refine(isDigest, 'not a sha256 or sha512 digest'),
    // Unsafe integers would be rounded, and a rounded size verifies nothing.
    size: z.number().int().nonnegative(),
    urls: z.array(z.string()).nullish(),
    annotations,
    platform: platformFields.nullish().catch(undefined),
    artifactType: z.string().max(255).nullish(),
  })
  .transform((fields): Descriptor => {
    const platform = readPlatform(fields.platform ?? undefined);
    return {
      mediaType: fields.mediaType,
      digest: fields.digest,
      size: fields.size,
      ...(fields.urls?.length ? { urls: fields.urls } : {}),
      ...(Object.keys(fields.annotations).length > 0 ? { annotations: fields.annotations } : {}),
      ...(platform ? { platform } : {}),
      ...(fields.artifactType ? { artifactType: fields.artifactType } : {}),
    };
  });

const shared = {
  subject: descriptor.nullish(),
  artifactType: z.string().max(255).nullish(),
  annotations,
};
const imageFields = z.object({
  config: descriptor,
  layers: z.array(descriptor).max(ENTRIES_MAX).nullish(),
  ...shared,
});
const indexFields = z.object({ manifests: z.array(descriptor).max(ENTRIES_MAX).nullish(), ...shared });
const artifactFields = z.object({ blobs: z.array(descriptor).max(ENTRIES_MAX).nullish(), ...shared });
const schema1Fields = z.object({
  name: z.string().catch(''),
  tag: z.string().catch(''),
  architecture: z.string().catch(''),
  fsLayers: z.array(z.object({ blobSum: z.string().refine(isDigest) })).max(ENTRIES_MAX),
  history: z
    .array(z.object({ v1Compatibility: z.string().optional() }))
    .max(ENTRIES_MAX)
    .catch([]),
});
const v1Compatibility = z.object({
  container_config: z.object({ Cmd: z.array(z.string()).nullish() }).nullish(),
});

type JsonObject = Record<string, unknown>;

function invalid(raw: RawManifest, reason: string, cause?: unknown): RegistryError {
  return new RegistryError('invalidResponse', '', { reason: `Manifest ${raw.digest}: ${reason}`, cause });
}

function readJson(raw: RawManifest): JsonObject {
  let value: unknown;
  try {
    value = parseJson(raw.bytes);
  } catch (cause) {
    if (cause instanceof JsonTooLarge) throw invalid(raw, `it is too much to read. ${cause.message}`, cause);
    throw invalid(raw, 'it is not JSON.', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(raw, 'it is not a JSON object.');
  return value as JsonObject;
}

/**
 * The media type a manifest goes by: the registry's `Content-Type` where it names one of ours, else what the document says of
 * itself, else what its fields show (OCI manifests before 1.1 may carry none), else what the registry told.
 */
export function sniffMediaType(contentType: string | undefined, bytes: Uint8Array): string {
  const told = bareMediaType(contentType);
  if (namesManifest(told)) return told;
  try {
    const document = parseJson(bytes);
    if (typeof document !== 'object' || document === null) return told;
    const { mediaType } = document as JsonObject;
    const own = typeof mediaType === 'string' ? bareMediaType(mediaType) : '';
    if (isMediaType(own)) return own;
    if (namesDocument(told)) return told;
    if ('fsLayers' in document) return 'signatures' in document ? DOCKER_SCHEMA1_SIGNED : DOCKER_SCHEMA1;
    if ('manifests' in document && Array.isArray(document.manifests)) return OCI_INDEX;
    if ('config' in document) return OCI_MANIFEST;
  } catch {
    // Not JSON, or too much of it: the caller's parse says so.
  }
  return told;
}

/**
 * Reads a manifest strictly.
 *
 * A document that is both an image and an index, or that calls itself by another media type than it was served under, is
 * refused: two tools would see two different images behind one digest (CVE-2021-41190).
 *
 * @throws {RegistryError} `invalidResponse`
 */
export function parseManifest(raw: RawManifest): Manifest {
  const document = readJson(raw);
  const mediaType = raw.mediaType;
  const own = document.mediaType;
  if (own !== undefined && own !== '' && (typeof own !== 'string' || bareMediaType(own) !== mediaType))
    throw invalid(
      raw,
      `it was served as ${mediaType} and calls itself ${JSON.stringify(own).slice(0, 120)}.`,
    );
  const asIndex = 'manifests' in document;
  const asImage = 'layers' in document || 'config' in document || 'fsLayers' in document;
  if (asIndex && asImage) throw invalid(raw, 'it is both an image and an index.');
  try {
    if (isIndexType(mediaType)) {
      if (asImage || !asIndex) throw invalid(raw, 'it is served as an index and has no manifests.');
      const fields = indexFields.parse(document);
      return { kind: 'index', mediaType, manifests: fields.manifests ?? [], ...ties(fields) };
    }
    if (isManifestType(mediaType)) {
      if (asIndex) throw invalid(raw, 'it is served as an image and lists manifests.');
      const fields = imageFields.parse(document);
      return {
        kind: 'image',
        mediaType,
        config: fields.config,
        layers: fields.layers ?? [],
        ...ties(fields),
      };
    }
    if (mediaType === OCI_ARTIFACT) return artifact(raw, artifactFields.parse(document));
    if (isSchema1Type(mediaType)) return schema1(mediaType, schema1Fields.parse(document));
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    throw invalid(raw, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}.`, error);
  }
  return { kind: 'unknown', mediaType, annotations: annotations.parse(document.annotations) };
}

function ties(fields: {
  subject?: Descriptor | null | undefined;
  artifactType?: string | null | undefined;
  annotations: Annotations;
}): { subject?: Descriptor; artifactType?: string; annotations: Annotations } {
  return {
    annotations: fields.annotations,
    ...(fields.subject ? { subject: fields.subject } : {}),
    ...(fields.artifactType ? { artifactType: fields.artifactType } : {}),
  };
}

/** The old artifact manifest has blobs and no config; the empty one stands in, without being fetched. */
function artifact(raw: RawManifest, fields: z.infer<typeof artifactFields>): ImageManifest {
  return {
    kind: 'image',
    mediaType: raw.mediaType,
    config: { mediaType: OCI_EMPTY, digest: raw.digest, size: 0 },
    layers: fields.blobs ?? [],
    ...ties(fields),
  };
}

function schema1(mediaType: string, fields: z.infer<typeof schema1Fields>): Schema1Manifest {
  const layers = fields.fsLayers.map(({ blobSum }, position) => {
    const createdBy = commandOf(fields.history[position]?.v1Compatibility);
    return { digest: blobSum, ...(createdBy === undefined ? {} : { createdBy }) };
  });
  return {
    kind: 'schema1',
    mediaType,
    name: fields.name,
    tag: fields.tag,
    architecture: fields.architecture,
    layers: layers.reverse(),
  };
}

function commandOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const read = v1Compatibility.safeParse(JSON.parse(text));
    const command = read.data?.container_config?.Cmd?.join(' ');
    return command === '' ? undefined : command;
  } catch {
    return undefined;
  }
}
