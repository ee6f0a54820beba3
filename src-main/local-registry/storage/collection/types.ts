import type { DiskUse } from './disk-use.ts';

/** Of blobs and manifests as they lie on the disk, each once. */
export interface Amount {
  count: number;
  bytes: number;
}

/** A manifest of a repository that no tag leads to. */
export interface UntaggedManifest {
  repository: string;
  digest: string;
  size: number;
}

/** A blob, or the content of a manifest, that no repository needs. */
export interface OrphanBlob {
  digest: string;
  size: number;
}

/** An upload that was given up, or a file that was not written to its end. */
export interface Leftover {
  file: string;
  size: number;
}

/** What stays. */
export interface Kept {
  /** Entries of repositories. */
  manifests: number;
  /** Content that manifests need, they themselves included. */
  content: Amount;
  /** Content that nothing needs, but a push may: its client put it there, or was told that it is there, a short while ago. */
  recent: Amount;
  /** Uploads under way. */
  uploads: Amount;
  /** Repositories of which a manifest cannot be read, so that nothing of them is taken. */
  unreadable: string[];
}

/** What a collection would take now. */
export interface CollectionPlan {
  /** Those of which no tag, no living index and no living subject is left; none unless they were asked for. */
  manifests: UntaggedManifest[];
  /** The content of those manifests included. */
  blobs: OrphanBlob[];
  uploads: Leftover[];
  drafts: Leftover[];
  /** Of all of these files. */
  bytes: number;
  kept: Kept;
}

/** What a collection has taken. */
export interface Collected {
  manifests: UntaggedManifest[];
  blobs: Amount;
  uploads: Amount;
  drafts: Amount;
  bytes: number;
  kept: Kept;
  /** Measured on the disk. */
  disk: { before: DiskUse; after: DiskUse };
}

export interface CollectionProgress {
  /** `waiting`: for pushes that may rely on what was pushed just now. */
  phase: 'waiting' | 'repositories' | 'content';
  done: number;
  total: number;
  /** Bytes freed so far. */
  bytes: number;
}

export interface CollectionOptions {
  /**
   * Also manifests without a tag: all of them, or those that this says.
   */
  untagged?: boolean | ((repository: string, digest: string) => boolean);
  signal?: AbortSignal;
  report?: (progress: CollectionProgress) => void;
}

/** What is in the registry's folder, and what of it is of no use. */
export interface RegistryUsage {
  disk: DiskUse;
  /** Needed by manifests, they themselves included. */
  referenced: Amount;
  /** What a collection would take: no repository needs it. */
  orphaned: Amount;
  recent: Amount;
  /** Manifests that no tag leads to, with what a collection that takes them frees beside the orphaned. */
  untagged: Amount;
  uploads: { open: Amount; expired: Amount };
  drafts: Amount;
  unreadable: string[];
}

/** Garbage collection of a registry's folder. */
export interface CollectionService {
  /** What a collection would take; touches nothing. */
  plan(options?: CollectionOptions): Promise<CollectionPlan>;
  /** Takes it. One at a time; ending it by its signal, or closing the registry, leaves what was not taken yet. */
  collect(options?: CollectionOptions): Promise<Collected>;
  /** What the folder takes on the disk, and for what. */
  usage(options?: { signal?: AbortSignal }): Promise<RegistryUsage>;
}
