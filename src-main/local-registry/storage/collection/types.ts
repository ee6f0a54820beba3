import { z } from 'zod';

// The embedded registry knows nothing of the app, so what is like these shapes in common/collection.ts is written there again.

const count = z.int().nonnegative();

/** What a folder takes on the disk, itself included, as `du` counts it. */
const diskUse = z.object({
  /** Bytes of the blocks that are taken. */
  allocated: count,
  /** Bytes of what files hold. */
  apparent: count,
  files: count,
});
export type DiskUse = z.infer<typeof diskUse>;

/** Of blobs and manifests as they lie on the disk, each once. */
const amount = z.object({ count, bytes: count });
export type Amount = z.infer<typeof amount>;

/** A manifest of a repository that no tag leads to. */
const untaggedManifest = z.object({ repository: z.string(), digest: z.string(), size: count });
export type UntaggedManifest = z.infer<typeof untaggedManifest>;

/** A blob, or the content of a manifest, that no repository needs. */
const orphanBlob = z.object({ digest: z.string(), size: count });
export type OrphanBlob = z.infer<typeof orphanBlob>;

/** An upload that was given up, or a file that was not written to its end. */
const leftover = z.object({ file: z.string(), size: count });
export type Leftover = z.infer<typeof leftover>;

/** What stays. */
const kept = z.object({
  /** Entries of repositories. */
  manifests: count,
  /** Content that manifests need, they themselves included. */
  content: amount,
  /** Content that nothing needs, but a push may: its client put it there, or was told that it is there, a short while ago. */
  recent: amount,
  /** Uploads under way. */
  uploads: amount,
  /** Repositories of which a manifest cannot be read, so that nothing of them is taken. */
  unreadable: z.array(z.string()),
});
export type Kept = z.infer<typeof kept>;

/** What a collection would take now. */
export const collectionPlan = z.object({
  /** Those of which no tag, no living index and no living subject is left; none unless they were asked for. */
  manifests: z.array(untaggedManifest),
  /** The content of those manifests included. */
  blobs: z.array(orphanBlob),
  uploads: z.array(leftover),
  drafts: z.array(leftover),
  /** Of all of these files. */
  bytes: count,
  kept,
});
export type CollectionPlan = z.infer<typeof collectionPlan>;

/** What a collection has taken. */
export const collected = z.object({
  manifests: z.array(untaggedManifest),
  /** Of those named one by one: that are there still, since something leads to them by now or a push may rely on them. */
  spared: z.array(untaggedManifest),
  blobs: amount,
  uploads: amount,
  drafts: amount,
  bytes: count,
  kept,
  /** Measured on the disk. */
  disk: z.object({ before: diskUse, after: diskUse }),
});
export type Collected = z.infer<typeof collected>;

/** What is in the registry's folder, and what of it is of no use. */
export const registryUsage = z.object({
  disk: diskUse,
  /** Needed by manifests, they themselves included. */
  referenced: amount,
  /** What a collection would take: no repository needs it. */
  orphaned: amount,
  recent: amount,
  /** Manifests that no tag leads to, with what a collection that takes them frees beside the orphaned. */
  untagged: amount,
  uploads: z.object({ open: amount, expired: amount }),
  drafts: amount,
  unreadable: z.array(z.string()),
});
export type RegistryUsage = z.infer<typeof registryUsage>;

export const collectionProgress = z.object({
  /** `waiting`: for pushes that may rely on what was pushed just now. */
  phase: z.enum(['waiting', 'repositories', 'content']),
  done: count,
  total: count,
  /** Bytes freed so far. */
  bytes: count,
});
export type CollectionProgress = z.infer<typeof collectionProgress>;

/** Whether manifests without a tag go as well: all of them, none, or those named here. */
export const untaggedChoice = z.union([
  z.boolean(),
  z.array(z.object({ repository: z.string(), digest: z.string() })),
]);

export interface CollectionOptions {
  untagged?: z.infer<typeof untaggedChoice>;
  signal?: AbortSignal | undefined;
  report?: ((progress: CollectionProgress) => void) | undefined;
}

/** Garbage collection of a registry's folder. */
export interface CollectionService {
  /** What a collection would take; touches nothing. */
  plan(options?: CollectionOptions): Promise<CollectionPlan>;
  /** Takes it. One at a time; ending it by its signal, or closing the registry, leaves what was not taken yet. */
  collect(options?: CollectionOptions): Promise<Collected>;
  /** What the folder takes on the disk, and for what. */
  usage(options?: Pick<CollectionOptions, 'signal'>): Promise<RegistryUsage>;
}
