import { RegistryError } from '../errors.ts';
import { isDigest } from './digest.ts';
import { JsonTooLarge, parseJson } from './json.ts';
import {
  bytesOf,
  isObject,
  isTold,
  type JsonObject,
  listOf,
  objectOf,
  textMapOf,
  textOf,
  textsOf,
} from './json-fields.ts';
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
  usualConfig,
} from './media-types.ts';
import { type Platform, readPlatform } from './platform.ts';

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
  /** Bytes; 0 where they could not be read. */
  size: number;
  /** The size is missing or not a number: nothing can be checked against it. */
  sizeUnknown?: true;
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
const TYPE_MAX = 255;

function invalid({ digest }: RawManifest, reason: string, cause?: unknown): RegistryError {
  return new RegistryError('invalidResponse', '', { reason: `Manifest ${digest}: ${reason}`, cause });
}

/**
 * The media type a manifest goes by: the registry's `Content-Type` where it names one of ours, else what the document says
 * of itself, else what its fields show (OCI manifests before 1.1 may carry none).
 */
export function sniffMediaType(contentType: string | undefined, bytes: Uint8Array): string {
  const served = bareMediaType(contentType);
  if (namesManifest(served)) return served;
  try {
    const document = parseJson(bytes);
    if (isObject(document)) {
      const own = bareMediaType(textOf(document.mediaType));
      if (isMediaType(own)) return own;
      if (namesDocument(served)) return served;
      if (Array.isArray(document.fsLayers))
        return 'signatures' in document ? DOCKER_SCHEMA1_SIGNED : DOCKER_SCHEMA1;
      if (isTold(document.config)) return OCI_MANIFEST;
      if (Array.isArray(document.manifests)) return OCI_INDEX;
    }
  } catch {
    // Not JSON: the caller's parse says so.
  }
  return served;
}

/**
 * Reads a manifest. Required fields must be right; what is optional and odd counts as absent, and so do null and empty.
 *
 * A document that is both an image and an index, or that calls itself by another media type than it was served under, is
 * refused: two tools would see two different images behind one digest (CVE-2021-41190).
 *
 * @throws {RegistryError} `invalidResponse`
 */
export function parseManifest(raw: RawManifest): Manifest {
  let document: unknown;
  try {
    document = parseJson(raw.bytes);
  } catch (cause) {
    if (cause instanceof JsonTooLarge) throw invalid(raw, `it is too much to read. ${cause.message}`, cause);
    throw invalid(raw, 'it is not JSON.', cause);
  }
  if (!isObject(document)) throw invalid(raw, 'it is not a JSON object.');
  const { mediaType } = raw;
  const own = bareMediaType(textOf(document.mediaType));
  if (isMediaType(own) && own !== mediaType)
    throw invalid(raw, `it was served as ${mediaType} and calls itself ${own}.`);
  const asIndex = isTold(document.manifests);
  const asImage = isTold(document.layers) || isTold(document.config) || isTold(document.fsLayers);
  if (asIndex && asImage) throw invalid(raw, 'it is both an image and an index.');
  const read = new Fields(raw, document);
  if (isIndexType(mediaType)) {
    if (asImage) throw invalid(raw, 'it is served as an index and has the fields of an image.');
    return { kind: 'index', mediaType, manifests: read.descriptors('manifests'), ...read.ties() };
  }
  if (isManifestType(mediaType)) {
    if (asIndex) throw invalid(raw, 'it is served as an image and lists manifests.');
    const config = read.descriptor(document.config, 'config');
    // A config that does not name its type is what the manifest's own specification says it is.
    const typed =
      config.mediaType !== ''
        ? config
        : { ...config, mediaType: read.artifactType ?? usualConfig(mediaType) };
    return { kind: 'image', mediaType, config: typed, layers: read.descriptors('layers'), ...read.ties() };
  }
  // The old artifact manifest has blobs and no config; the empty one takes its place, without being fetched.
  if (mediaType === OCI_ARTIFACT)
    return {
      kind: 'image',
      mediaType,
      config: { mediaType: OCI_EMPTY, digest: raw.digest, size: 0 },
      layers: read.descriptors('blobs'),
      ...read.ties(),
    };
  if (isSchema1Type(mediaType)) return read.schema1();
  return { kind: 'unknown', mediaType, annotations: textMapOf(document.annotations) };
}

class Fields {
  readonly #raw: RawManifest;
  readonly #document: JsonObject;
  readonly artifactType: string | undefined;

  constructor(raw: RawManifest, document: JsonObject) {
    this.#raw = raw;
    this.#document = document;
    this.artifactType = textOf(document.artifactType, TYPE_MAX);
  }

  descriptors(name: string): Descriptor[] {
    const value = this.#document[name];
    if (isTold(value) && !Array.isArray(value)) throw invalid(this.#raw, `${name} is not a list.`);
    return this.#list(name).map((entry, position) => this.descriptor(entry, `${name}.${position}`));
  }

  descriptor(value: unknown, place: string): Descriptor {
    const read = readDescriptor(value);
    if (!read) throw invalid(this.#raw, `${place} names no digest.`);
    return read;
  }

  ties(): { subject?: Descriptor; artifactType?: string; annotations: Annotations } {
    const subject = readDescriptor(this.#document.subject);
    return {
      annotations: textMapOf(this.#document.annotations),
      ...(subject ? { subject } : {}),
      ...(this.artifactType === undefined ? {} : { artifactType: this.artifactType }),
    };
  }

  schema1(): Schema1Manifest {
    const document = this.#document;
    const history = listOf(document.history);
    const layers = this.#list('fsLayers').map((layer, position) => {
      const digest = textOf(objectOf(layer).blobSum);
      if (digest === undefined || !isDigest(digest))
        throw invalid(this.#raw, `fsLayers.${position} names no digest.`);
      const createdBy = commandOf(
        textOf(objectOf(history[position]).v1Compatibility, Number.POSITIVE_INFINITY),
      );
      return { digest, ...(createdBy === undefined ? {} : { createdBy }) };
    });
    return {
      kind: 'schema1',
      mediaType: this.#raw.mediaType,
      name: textOf(document.name) ?? '',
      tag: textOf(document.tag) ?? '',
      architecture: textOf(document.architecture) ?? '',
      layers: layers.reverse(),
    };
  }

  #list(name: string): readonly unknown[] {
    const list = listOf(this.#document[name]);
    if (list.length > ENTRIES_MAX)
      throw invalid(this.#raw, `${name} has ${list.length} entries; at most ${ENTRIES_MAX} are read.`);
    return list;
  }
}

/** Undefined where there is no digest: without one there is nothing that is described. */
function readDescriptor(value: unknown): Descriptor | undefined {
  if (!isObject(value)) return undefined;
  const digest = textOf(value.digest);
  if (digest === undefined || !isDigest(digest)) return undefined;
  const size = bytesOf(value.size);
  const urls = listOf(value.urls).filter((url) => typeof url === 'string');
  const platform = readPlatform(value.platform);
  const artifactType = textOf(value.artifactType, TYPE_MAX);
  return {
    mediaType: textOf(value.mediaType, TYPE_MAX) ?? '',
    digest,
    size: size ?? 0,
    ...(size === undefined ? { sizeUnknown: true } : {}),
    ...(urls.length > 0 ? { urls } : {}),
    ...(isTold(value.annotations) ? { annotations: textMapOf(value.annotations) } : {}),
    ...(platform ? { platform } : {}),
    ...(artifactType === undefined ? {} : { artifactType }),
  };
}

function commandOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const { container_config: config } = objectOf(parseJson(Buffer.from(text)));
    return textsOf(objectOf(config).Cmd).join(' ') || undefined;
  } catch {
    return undefined;
  }
}
