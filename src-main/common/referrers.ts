import { z } from 'zod';
import { ATTACHED_KINDS, ATTACHED_VIAS, DOCUMENT_TOPICS } from '../engine/vocabulary/attached.ts';
import { contentPath } from './content.ts';
import { failure } from './failure.ts';
import { imageRequest } from './image.ts';
import { digest, repositoryPlace } from './place.ts';
import { byteCount, count, instant } from './units.ts';

/** What a statement says of how something was made or looked at. Each is a claim; none is verified. */
const claims = z.object({
  builder: z.string().exactOptional(),
  buildType: z.string().exactOptional(),
  source: z.string().exactOptional(),
  commit: z.string().exactOptional(),
  /** The recipe within the source. */
  entryPoint: z.string().exactOptional(),
  started: instant.exactOptional(),
  finished: instant.exactOptional(),
  /** What made a scan or a list of packages. */
  tool: z.string().exactOptional(),
  /** How many vulnerabilities a scan lists. */
  findings: count.exactOptional(),
});

/** One blob of what is attached, with what it says where it could be read. */
const attachedDocument = z.object({
  digest,
  size: byteCount,
  mediaType: z.string(),
  /** A file name. */
  title: z.string().exactOptional(),
  topic: z.enum(DOCUMENT_TOPICS),
  /** The name of its format: SPDX, Cosign. */
  format: z.string().exactOptional(),
  predicateType: z.string().exactOptional(),
  /** What it speaks of. */
  subjects: z.array(z.object({ name: z.string(), digest: digest.exactOptional() })).readonly(),
  claims,
  /** Whom the certificates of its signatures name. */
  signers: z.array(z.string()).readonly(),
  /** Why it could not be read. */
  problem: failure.exactOptional(),
});
export type AttachedDocument = z.infer<typeof attachedDocument>;

/** A manifest that is attached to another one: that it is there is all that is known. */
const referrer = z.object({
  digest,
  mediaType: z.string(),
  /** Bytes of the manifest itself. */
  size: byteCount,
  artifactType: z.string().exactOptional(),
  kind: z.enum(ATTACHED_KINDS),
  via: z.enum(ATTACHED_VIAS),
  /** The tag that it, or the list that names it, was found under. */
  tag: z.string().exactOptional(),
  /** What it is attached to. */
  subject: digest,
  created: instant.exactOptional(),
  annotations: z.record(z.string(), z.string()).readonly(),
  documents: z.array(attachedDocument).readonly(),
  /** Why it could not be read; what is reported then is what lists say of it. */
  problem: failure.exactOptional(),
});
export type Referrer = z.infer<typeof referrer>;

/** An image and, of an index, the child of it that is looked at: what is attached to either. */
export const referrersRequest = imageRequest.extend({ child: digest.exactOptional() });

export const referrerList = z.object({
  /** Of the image. */
  digest,
  referrers: z.array(referrer).readonly(),
  /** Places that may name more and could not be read: digests whose referrers were asked for, tags. */
  unseen: z.array(z.object({ place: z.string(), failure })).readonly(),
  /** How many more there are. */
  leftOut: count,
});
export type ReferrerList = z.infer<typeof referrerList>;

/** A blob of what is attached, and the file that it is written to. */
export const savedDocument = repositoryPlace.extend({ digest, size: byteCount, to: contentPath.shape.path });
