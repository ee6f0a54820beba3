import type { CleanupDate, CleanupFact, CleanupReason } from '../vocabulary/cleanup.ts';

/** Dates as RFC 3339; absent where they are not known. */
export interface Dated {
  readonly created?: string;
  readonly pushed?: string;
  /** `null` where the product would know of a pull, and knows of none: then it is as old as its push. */
  readonly pulled?: string | null;
}

/** A tag with what is known of the manifest that it is on. */
export interface CleanupTag extends Dated {
  readonly name: string;
  readonly digest: string;
  /** Digests of all manifests below it, and of their configs, by which container runtimes name images. Absent: not read. */
  readonly holds?: readonly string[];
  /**
   * Of a tag that is named after a digest: that this is not in the repository, which was asked for it. Absent: not asked, or it is
   * there.
   */
  readonly subjectGone?: true;
}

/** A manifest that no tag is on. */
export interface CleanupManifest extends Dated {
  readonly digest: string;
  readonly holds?: readonly string[];
  /** What it is attached to. */
  readonly subject?: string;
  readonly subjectGone?: true;
}

export interface CleanupRepository {
  readonly name: string;
  readonly tags: readonly CleanupTag[];
  /** Those that the product lists, or that are known otherwise. */
  readonly untagged?: readonly CleanupManifest[];
}

/** What runs somewhere. */
export interface InUse {
  /** Of manifests and, where a runtime names images so, of configs. */
  readonly digests: ReadonlySet<string>;
  /** `repository:tag`, whatever the registry was called there: the same one has other names inside a cluster. */
  readonly names: ReadonlySet<string>;
}

export interface CleanupContext {
  /** Unix milliseconds that ages are measured from. */
  readonly now: number;
  /** The registry can delete a tag and leave its manifest to the others. */
  readonly tagsAlone: boolean;
  /** What was read of each source of `inUse`, by its key; what a source that is not here would say is not known. */
  readonly inUse: ReadonlyMap<string, InUse>;
}

/** What rules say of a tag, or of a manifest without one. */
export interface Decision {
  readonly keep: boolean;
  readonly reason: CleanupReason;
  /** The rule that decided; absent where none did. */
  readonly rule?: string;
  /** The name of its entry; of `protected` the pattern. */
  readonly entry?: string;
  /** Of `unknown`: what is not known of it. */
  readonly missing?: CleanupFact;
  /** Of `needed` and `attached`: the tag (or, without one, the digest) that it stays or goes with. */
  readonly with?: string;
}

export interface Decisions {
  /** In the order of the repository's. */
  readonly tags: readonly Decision[];
  readonly untagged: readonly Decision[];
}

type Patterns = string | readonly string[];
/** What runs: a file, or the cluster of a context of kubectl. */
export type Source = string | { readonly kubernetes: string };

interface Which {
  readonly name: string;
  readonly tags?: Patterns;
  readonly regex?: string;
  readonly olderThan?: string;
  readonly youngerThan?: string;
  readonly by?: CleanupDate;
}

export interface SemverLines {
  readonly perMinor?: number;
  readonly perMajor?: number;
}

/** As `common/cleanup.ts` has it, which says what each means and checked it. */
export interface KeepRule extends Which {
  readonly newest?: number;
  readonly semver?: SemverLines;
  readonly inUse?: Source | readonly Source[];
}

export interface DeleteRule extends Which {
  readonly untagged?: true;
  readonly staleReferrers?: true;
}

export interface Rule {
  readonly name: string;
  readonly repositories: Patterns;
  readonly protect?: Patterns;
  readonly keep?: readonly KeepRule[];
  readonly delete?: readonly DeleteRule[];
}
