import { z } from 'zod';
import {
  COLLECTION_CAUTIONS,
  COLLECTION_FORMS,
  COLLECTION_SIGHTS,
  COLLECTION_STEPS,
  COLLECTION_WAYS,
  GARBAGE_COLLECTIONS,
} from '../engine/vocabulary/collection.ts';
import { accountId } from './ids.ts';
import { digest } from './place.ts';
import { byteCount, count } from './units.ts';

/** What brings back the bytes of what was deleted on a system, and how that is seen. */
export const collectionFacts = z.object({
  when: z.enum(GARBAGE_COLLECTIONS),
  /** How this app helps. */
  way: z.enum(COLLECTION_WAYS),
  /** In their order; of GitLab's two the one that it is set up for. */
  frees: z.array(z.enum(COLLECTION_STEPS)),
  seen: z.array(z.enum(COLLECTION_SIGHTS)),
  /** What to know beforehand. */
  cautions: z.array(z.enum(COLLECTION_CAUTIONS)),
  /** Where the product describes it. */
  documentation: z.string().exactOptional(),
  /** Of way `commands`: for who is on the registry's host. Names of containers and files are the usual ones. */
  commands: z
    .array(
      z.object({
        form: z.enum(COLLECTION_FORMS),
        version: z.string(),
        /** Says what would go, and changes nothing. */
        dryRun: z.string(),
        run: z.array(z.string()),
      }),
    )
    .exactOptional(),
});
export type CollectionFacts = z.infer<typeof collectionFacts>;

/** Characters of an output that is read: of a registry with a hundred thousand blobs it is about that long. */
const OUTPUT_MAX = 16 * 1024 * 1024;

export const collectionOutputRequest = z.object({ accountId, output: z.string().min(1).max(OUTPUT_MAX) });

/** What a collection would free, by the output of its dry run and what is known of the registry. */
export const collectionOutput = z.object({
  /** Content that goes, the bytes of manifests included: of how much the size is known, and of how much not. */
  blobs: count,
  known: z.object({ count, bytes: byteCount }),
  unknown: count,
  /** Manifests without a tag that go. */
  manifests: count,
  /** Of the blobs and manifests those that tags are known to need, some with the number of their repositories: something is wrong where there are any. */
  needed: z.object({ count, some: z.array(z.object({ digest, repositories: count })) }),
  /** It names all that it counts; else a part of it is missing. */
  whole: z.boolean(),
  /** It was no dry run. */
  ran: z.boolean(),
  /** The largest first. */
  largest: z.array(z.object({ digest, size: byteCount })),
});
export type CollectionOutput = z.infer<typeof collectionOutput>;
