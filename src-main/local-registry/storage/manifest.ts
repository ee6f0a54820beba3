import { z } from 'zod';
import { isDigest } from '../grammar.ts';
import { RegistryError } from '../registry-error.ts';
import type { ManifestRecord } from './repository-index.ts';

export const MEDIA_TYPES = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

const MANIFEST_TYPES: ReadonlySet<string> = new Set(Object.values(MEDIA_TYPES));

/** The cap the distribution spec names for a push. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const descriptor = z.looseObject({
  mediaType: z.string().min(1),
  digest: z.string().refine(isDigest, 'not a sha256 or sha512 digest'),
  size: z.int().nonnegative(),
});

const common = {
  schemaVersion: z.literal(2),
  mediaType: z.string().nullish(),
  artifactType: z.string().nullish(),
  subject: descriptor.nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
};

/** A field of the other kind of manifest: absent, or as good as absent. */
const foreignTo = (kind: string, other: string) =>
  z
    .unknown()
    .optional()
    .refine((value) => !holdsSomething(value), `${kind} can not be ${other}, too (CVE-2021-41190)`);

function holdsSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

const imageManifest = z.looseObject({
  ...common,
  config: descriptor,
  layers: z.array(descriptor).nullish(),
  manifests: foreignTo('a manifest', 'an index'),
});

const imageIndex = z.looseObject({
  ...common,
  manifests: z.array(descriptor).nullish(),
  config: foreignTo('an index', 'a manifest'),
  layers: foreignTo('an index', 'a manifest'),
});

/** What a manifest needs to be in the repository before it may be pushed. */
export interface Requirement {
  digest: string;
  kind: 'blob' | 'manifest';
}

export interface ParsedManifest {
  record: ManifestRecord;
  requirements: Requirement[];
}

/** Layers that clients fetch from elsewhere and never push. */
const NOT_DISTRIBUTED =
  /^application\/vnd\.(?:docker\.image\.rootfs\.foreign\.|oci\.image\.layer\.nondistributable\.)/;

/**
 * Reads a pushed manifest.
 *
 * @param contentType of the request; where it is missing the manifest's own media type counts
 * @throws {RegistryError} MANIFEST_INVALID
 */
export function parseManifest(bytes: Uint8Array, contentType: string | undefined): ParsedManifest {
  const json = parseJson(bytes);
  const own = z.looseObject({ mediaType: z.string().nullish() }).safeParse(json);
  if (!own.success) throw invalid('the manifest is not a JSON object');
  const stated = contentType?.split(';')[0]?.trim().toLowerCase() || undefined;
  const mediaType = stated ?? own.data.mediaType ?? undefined;
  if (own.data.mediaType && own.data.mediaType !== mediaType) {
    throw invalid(`Content-Type is ${mediaType}, but the manifest says ${own.data.mediaType}`);
  }
  if (mediaType === MEDIA_TYPES.ociManifest || mediaType === MEDIA_TYPES.dockerManifest) {
    const manifest = check(imageManifest, json);
    const layers = (manifest.layers ?? []).filter((layer) => !NOT_DISTRIBUTED.test(layer.mediaType));
    return {
      record: record(bytes, mediaType, manifest, manifest.artifactType || manifest.config.mediaType),
      requirements: [manifest.config, ...layers].map(({ digest }) => ({ digest, kind: 'blob' })),
    };
  }
  if (mediaType === MEDIA_TYPES.ociIndex || mediaType === MEDIA_TYPES.dockerList) {
    const index = check(imageIndex, json);
    return {
      record: record(bytes, mediaType, index, index.artifactType || undefined),
      // BuildKit's cache is an index of layers: what is no manifest is a blob, as in docker-registry 2.
      requirements: (index.manifests ?? []).map(({ digest, mediaType: type }) => ({
        digest,
        kind: MANIFEST_TYPES.has(type) ? 'manifest' : 'blob',
      })),
    };
  }
  throw invalid(`the media type ${mediaType ?? '(none)'} is not supported`);
}

/** What can be said of bytes that are stored unverified: subject and artifact type where they parse. */
export function recordOf(bytes: Uint8Array, mediaType: string): ManifestRecord {
  try {
    return { ...parseManifest(bytes, mediaType).record, mediaType };
  } catch {
    return { mediaType, size: bytes.byteLength };
  }
}

/** Those of a stored manifest; they may take megabytes, so that they are read when they are asked for. */
export function annotationsOf(bytes: Uint8Array): Readonly<Record<string, string>> | undefined {
  try {
    const { annotations } = z.looseObject({ annotations: common.annotations }).parse(parseJson(bytes));
    return annotations ?? undefined;
  } catch {
    return undefined; // stored unverified, as tests do
  }
}

function record(
  bytes: Uint8Array,
  mediaType: string,
  manifest: { subject?: { digest: string } | null | undefined },
  artifactType: string | undefined,
): ManifestRecord {
  return {
    mediaType,
    size: bytes.byteLength,
    ...(manifest.subject && { subject: manifest.subject.digest }),
    ...(artifactType !== undefined && { artifactType }),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid('the manifest is not JSON', error instanceof Error ? error.message : undefined);
  }
}

function check<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw invalid('the manifest does not follow its schema', z.prettifyError(result.error).slice(0, 1000));
}

function invalid(message: string, detail?: string): RegistryError {
  return new RegistryError(400, 'MANIFEST_INVALID', message, { detail: detail ?? null });
}
