import type { ContentSource } from '../content/source.ts';
import type { ContentTarget } from '../content/target.ts';
import type { RegistryError } from '../errors.ts';
import type { Descriptor, ManifestHead } from '../model/manifest.ts';
import type { IndexForm, Verdict } from '../vocabulary/transfer.ts';
import type { ManifestContents } from './manifest-contents.ts';

/** One tag to be written. */
export interface TransferRequest {
  source: {
    repository: string;
    /** Tag or digest. */
    reference: string;
  };
  target: { repository: string; tag: string };
}

/**
 * Some platforms of an index only. `sparse` keeps the index and its digest and leaves children out, which registries may refuse;
 * `rewritten` writes a smaller index under a digest of its own.
 */
export interface PlatformChoice {
  /** `os[(version)]/architecture[/variant]`, in any spelling of {@link parsePlatform}; without a variant the usual one. */
  platforms: readonly string[];
  index: IndexForm;
}

/** A blob in a target repository, once however many items need it. */
export interface BlobTask {
  /** Of the target. */
  repository: string;
  sourceRepository: string;
  descriptor: Descriptor;
  /** `mount`: the target registry has it, or will have it by then, in `from`; it is sent where that does not work. */
  state: 'present' | 'mount' | 'send';
  from?: string;
  /** Whether the repository has it already is asked when its turn comes. */
  unchecked?: true;
  /** The blob that must have arrived in `from` first. */
  after?: BlobTask;
}

/** A manifest to be written. */
export interface ManifestTask {
  digest: string;
  mediaType: string;
  /** Its tag or, below an index, its digest. */
  reference: string;
  /** What it is attached to: registries without the referrers API need this noted under a tag. */
  subject?: string;
}

/** One request with what is to be done for it. */
export interface TransferItem {
  request: TransferRequest;
  /** Of `refused` see `error`. */
  verdict: Verdict;
  /**
   * What the target tag will point at: the source's digest, unless `platforms` rewrote the index or the target cannot keep it
   * ({@link ContentTarget.becomes}). Absent where refused.
   */
  root?: ManifestHead;
  /** What the source tag pointed at. */
  sourceDigest?: string;
  /** What the target tag points at now. */
  replaces?: string;
  /** Why the target tag could not be looked at: whether it is there is not known, and writing it decides. */
  unseen?: RegistryError;
  error?: RegistryError;
  /** In the order of writing: children before parents, the root last. */
  manifests: readonly ManifestTask[];
  blobs: readonly BlobTask[];
  /** Foreign layers that stay where their `urls` say; with none, nowhere that is known. */
  leftOut: readonly Descriptor[];
  /** How many of the manifests are attached: signatures, SBOMs, attestations as referrers or under cosign's tags. */
  attached: number;
}

/** What a transfer would do; nothing was changed to make it. */
export interface TransferPlan {
  source: ContentSource;
  target: ContentTarget;
  /** In the order of the requests. */
  items: readonly TransferItem[];
  /** Those of all items, each once, in the order the items need them. */
  blobs: readonly BlobTask[];
  contents: ManifestContents;
  /** `performance.now()` when the tags were looked at. */
  looked: number;
}

/** What a plan takes along, and how far it looks. */
export interface PlanOptions {
  /** Both sides are one registry: blobs are mounted and not sent. */
  sameRegistry: boolean;
  /** A target tag that is neither moved nor written blindly: an item that would is refused. */
  protects?: ((repository: string, tag: string) => boolean) | undefined;
  /** A target tag that is there stays as it is. */
  newOnly?: boolean | undefined;
  /** Referrers and cosign's tags go along. */
  attached?: boolean | undefined;
  platforms?: PlatformChoice | undefined;
  /** Foreign (nondistributable) layers go along where the source holds them. Those that name no other place always do. */
  foreign?: boolean | undefined;
  /** Blobs that are known to be in a target repository: an earlier run copied them. */
  isCopied?: ((repository: string, digest: string) => boolean) | undefined;
  /**
   * Blobs are not looked for now but each when its turn comes, so that the first are on their way sooner. For one target repository
   * only: which of several holds a blob decides what is mounted from where.
   */
  looksLater?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Called with each item as soon as it is planned, in no order. */
  onItem?: ((item: TransferItem) => void) | undefined;
  /** Failures that no other item will escape: they end the planning instead of refusing one item. */
  isHopeless?: ((error: RegistryError) => boolean) | undefined;
}
