import { z } from 'zod';
import { manifestKind, platform } from './image.ts';
import { digest } from './place.ts';
import { byteCount, instant } from './units.ts';

const child = z.object({
  digest,
  /** Bytes of the child itself. */
  size: byteCount,
  mediaType: z.string(),
  platform: platform.exactOptional(),
  /** BuildKit's attestation of another child. */
  attestation: z.literal(true).exactOptional(),
});

const blob = z.object({
  digest,
  size: byteCount,
  mediaType: z.string(),
  /** `other`: what an index lists and is no manifest, as a build cache does. */
  role: z.enum(['config', 'layer', 'other']),
});

/** What is true of a manifest wherever it lies, since its digest is of its bytes. */
export const manifestFacts = z.object({
  digest,
  mediaType: z.string(),
  kind: manifestKind,
  /** Bytes of the manifest itself. */
  size: byteCount,
  /** Newest of its annotation and of its config, where that was read. */
  created: instant.exactOptional(),
  /** As an index lists them; of an image what its config says, where that was read. */
  platforms: z.array(platform),
  artifactType: z.string().exactOptional(),
  /** It holds BuildKit attestations. */
  attested: z.boolean(),
  /** What it is attached to. */
  subject: digest.exactOptional(),
  /** In the order of the index. */
  children: z.array(child),
  /** What the registry keeps for it, in the manifest's order: foreign layers are left out. */
  blobs: z.array(blob),
  /** What is wrong with bytes that say nothing, in English: the rest is empty. */
  unreadable: z.string().exactOptional(),
});
export type ManifestFacts = z.infer<typeof manifestFacts>;
