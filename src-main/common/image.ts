import { z } from 'zod';
import { ENTRY_KINDS, MANIFEST_KINDS } from '../engine/vocabulary/manifests.ts';
import { failure } from './failure.ts';
import { digest, manifestReference, repositoryPlace } from './place.ts';
import { byteCount, instant } from './units.ts';

/** What an image runs on, in Go's names (`linux`, `amd64`, `v8`). */
export const platform = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().exactOptional(),
  osVersion: z.string().exactOptional(),
});
export type Platform = z.infer<typeof platform>;

/** What a manifest is, known by its media types and never by its name. */
export const manifestKind = z.enum(MANIFEST_KINDS);
export type ManifestKind = z.infer<typeof manifestKind>;

const annotations = z.record(z.string(), z.string()).readonly();
const texts = z.array(z.string()).readonly();

/** A layer (or an artifact's blob) with the instruction that made it, base layer first. */
const layer = z.object({
  digest,
  size: byteCount,
  /** What the manifest says in the place of its size is none; then `size` is 0. */
  sizeUnknown: z.literal(true).exactOptional(),
  mediaType: z.string(),
  createdBy: z.string().exactOptional(),
  created: instant.exactOptional(),
  /** Kept at a foreign URL, not in the registry. */
  foreign: z.boolean(),
  annotations,
});
export type Layer = z.infer<typeof layer>;

const layers = z.array(layer).readonly();

/** One history entry in build order; `layer` is the index of the layer it made, absent for metadata instructions. */
const historyEntry = z.object({
  createdBy: z.string().exactOptional(),
  created: instant.exactOptional(),
  comment: z.string().exactOptional(),
  layer: z.number().int().exactOptional(),
});

const imageConfig = z.object({
  digest,
  size: byteCount,
  created: instant.exactOptional(),
  author: z.string().exactOptional(),
  platform,
  user: z.string().exactOptional(),
  workingDir: z.string().exactOptional(),
  entrypoint: texts,
  command: texts,
  environment: texts,
  exposedPorts: texts,
  volumes: texts,
  labels: annotations,
  stopSignal: z.string().exactOptional(),
  healthcheck: texts,
  history: z.array(historyEntry).readonly(),
  /** It has more or fewer layers than the image: no one can say which entry made which. */
  historyApart: z.literal(true).exactOptional(),
  /** Its bytes, where the manifest says another number, or none. */
  actualSize: byteCount.exactOptional(),
  /** Why nothing of it could be read, in English. */
  unreadable: z.string().exactOptional(),
});
export type ImageConfig = z.infer<typeof imageConfig>;

const indexEntry = z.object({
  digest,
  mediaType: z.string(),
  /** Bytes of the child manifest itself. */
  size: byteCount,
  kind: z.enum(ENTRY_KINDS),
  platform: platform.exactOptional(),
  artifactType: z.string().exactOptional(),
  /** For an attestation: the manifest it speaks of. */
  attests: digest.exactOptional(),
  annotations,
});
export type IndexEntry = z.infer<typeof indexEntry>;

/** What a manifest holds, distinguished by `kind`. */
const imageContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), config: imageConfig, layers }),
  z.object({ kind: z.literal('index'), entries: z.array(indexEntry).readonly() }),
  z.object({
    kind: z.literal('artifact'),
    artifactType: z.string(),
    blobs: layers,
    subject: digest.exactOptional(),
  }),
  z.object({
    kind: z.literal('helmChart'),
    chart: z.object({
      name: z.string(),
      version: z.string(),
      appVersion: z.string().exactOptional(),
      description: z.string().exactOptional(),
      home: z.string().exactOptional(),
      keywords: texts,
      maintainers: texts,
    }),
    blobs: layers,
  }),
  z.object({
    kind: z.literal('attestation'),
    attests: digest.exactOptional(),
    statements: z.array(z.object({ digest, size: byteCount, predicateType: z.string() })).readonly(),
  }),
  /** What its index or its manifest lists, the config included where the index names it. */
  z.object({ kind: z.literal('buildCache'), blobs: layers }),
  z.object({
    kind: z.literal('schema1'),
    name: z.string(),
    tag: z.string(),
    architecture: z.string(),
    layers: z.array(z.object({ digest, createdBy: z.string().exactOptional() })).readonly(),
  }),
  z.object({ kind: z.literal('unknown') }),
  /** Its digest is right; `reason` says in English what is wrong with its content. */
  z.object({ kind: z.literal('unreadable'), reason: z.string() }),
]);
export type ImageContent = z.infer<typeof imageContent>;

/** By tag or digest; a child of an index by its digest. */
export const imageRequest = repositoryPlace.extend({ reference: manifestReference });

export const image = z.object({
  /** As asked: tag or digest. */
  reference: manifestReference,
  digest,
  mediaType: z.string(),
  /** Unique bytes of manifests, config and layers over all platforms. */
  size: byteCount,
  created: instant.exactOptional(),
  annotations,
  /** The manifest's own text, byte for byte (UTF-8). */
  raw: z.string(),
  content: imageContent,
  /** How `docker pull` names it, by tag or by digest. */
  pullReference: z.string(),
  /** The registry could not be asked: it is what was known, and may be something else by now. */
  known: z
    .object({
      failure,
      /** When the tag was seen on it. */
      seen: instant.exactOptional(),
    })
    .exactOptional(),
});
export type Image = z.infer<typeof image>;

/** With what is known of the images that it names; the renderer has its own way to show these. */
export interface DescribedImage extends Image {
  platforms: readonly Platform[];
  /** Every image it names, itself or through nested indexes, with its platform if that is known. */
  images: readonly { digest: string; platform?: Platform }[];
}
