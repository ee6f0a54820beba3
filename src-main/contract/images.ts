import { z } from 'zod';
import { digest, manifestReference, repositoryPlace } from '../common/place.ts';
import { byteCount, instant } from '../common/units.ts';
import { ENTRY_KINDS } from '../engine/vocabulary.ts';
import { platform, procedure } from './base.ts';

const annotations = z.record(z.string(), z.string());

/** A layer with the instruction that made it, base layer first. */
const layer = z.object({
  digest,
  size: byteCount,
  /** What the manifest says in the place of its size is none; then `size` is 0. */
  sizeUnknown: z.literal(true).optional(),
  mediaType: z.string(),
  createdBy: z.string().optional(),
  created: instant.optional(),
  /** Kept at a foreign URL, not in the registry. */
  foreign: z.boolean(),
  annotations,
});
export type Layer = z.infer<typeof layer>;

/** One history entry in build order; `layer` is the index of the layer it made, absent for metadata instructions. */
const historyEntry = z.object({
  createdBy: z.string().optional(),
  created: instant.optional(),
  comment: z.string().optional(),
  layer: z.number().int().optional(),
});

const imageConfig = z.object({
  digest,
  size: byteCount,
  created: instant.optional(),
  author: z.string().optional(),
  platform,
  user: z.string().optional(),
  workingDir: z.string().optional(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  environment: z.array(z.string()),
  exposedPorts: z.array(z.string()),
  volumes: z.array(z.string()),
  labels: annotations,
  stopSignal: z.string().optional(),
  healthcheck: z.array(z.string()),
  history: z.array(historyEntry),
  /** It has more or fewer layers than the image: nobody can say which entry made which. */
  historyApart: z.literal(true).optional(),
  /** Its bytes, where the manifest says another number, or none. */
  actualSize: byteCount.optional(),
  /** Why nothing of it could be read, in English. */
  unreadable: z.string().optional(),
});
export type ImageConfig = z.infer<typeof imageConfig>;

const indexEntry = z.object({
  digest,
  mediaType: z.string(),
  /** Bytes of the child manifest itself. */
  size: byteCount,
  /** `blob`: it is no manifest, and cannot be opened as one. */
  kind: z.enum(ENTRY_KINDS),
  platform: platform.optional(),
  artifactType: z.string().optional(),
  /** For an attestation: the manifest it speaks of. */
  attests: digest.optional(),
  annotations,
});
export type IndexEntry = z.infer<typeof indexEntry>;

/** What a manifest holds, told apart by `kind`. */
const imageContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), config: imageConfig, layers: z.array(layer) }),
  z.object({ kind: z.literal('index'), entries: z.array(indexEntry) }),
  z.object({
    kind: z.literal('artifact'),
    artifactType: z.string(),
    blobs: z.array(layer),
    subject: digest.optional(),
  }),
  z.object({
    kind: z.literal('helmChart'),
    chart: z.object({
      name: z.string(),
      version: z.string(),
      appVersion: z.string().optional(),
      description: z.string().optional(),
      home: z.string().optional(),
      keywords: z.array(z.string()),
      maintainers: z.array(z.string()),
    }),
    blobs: z.array(layer),
  }),
  z.object({
    kind: z.literal('attestation'),
    attests: digest.optional(),
    statements: z.array(z.object({ digest, size: byteCount, predicateType: z.string() })),
  }),
  z.object({ kind: z.literal('buildCache'), blobs: z.array(layer) }),
  z.object({
    kind: z.literal('schema1'),
    name: z.string(),
    tag: z.string(),
    architecture: z.string(),
    layers: z.array(z.object({ digest, createdBy: z.string().optional() })),
  }),
  z.object({ kind: z.literal('unknown') }),
  /** Its digest is right; `reason` says in English what is wrong with its content. */
  z.object({ kind: z.literal('unreadable'), reason: z.string() }),
]);
export type ImageContent = z.infer<typeof imageContent>;

const image = z.object({
  /** As asked: tag or digest. */
  reference: manifestReference,
  digest,
  mediaType: z.string(),
  /** Unique bytes of manifests, config and layers over all platforms. */
  size: byteCount,
  created: instant.optional(),
  annotations,
  /** The manifest's own text, byte for byte (UTF-8). */
  raw: z.string(),
  content: imageContent,
  /** How `docker pull` names it, by tag or by digest. */
  pullReference: z.string(),
});
export type Image = z.infer<typeof image>;

export const images = {
  /** A manifest by tag or digest, read and explained; a child of an index is asked for by its digest. */
  get: procedure.input(repositoryPlace.extend({ reference: manifestReference })).output(image),
};
