import type { LeftOut, Verdict } from '../engine/index.ts';
import type { Failure } from './types.ts';

/** Where a plan acts. `accountId` is empty where no stored account stands behind it. */
export interface PlanPlace {
  accountId: string;
  host: string;
  repository: string;
  /** Its origin, where no stored account stands behind it: what is needed to go on after an interruption. */
  url?: string;
}

export interface DeletionPlan {
  id: string;
  place: PlanPlace;
  asked: string[];
  tagsAlone: { tag: string; digest: string; siblings: string[] }[];
  aloneBy: 'name' | 'placeholder';
  manifests: {
    digest: string;
    tags: string[];
    indexes: { digest: string; tags: string[] }[];
    referrers: { digest: string; artifactType: string }[];
  }[];
  alsoRemoved: string[];
  attached: { taken: boolean; byRegistry: boolean; manifests: number; tags: string[] };
  /** Asked for, and staying: the registry refuses to tell of them. */
  blocked: { tag: string; failure: Failure }[];
  /** Asked for, and staying: they would take along, or break, what must stay. */
  spared: { tag: string; along: string[] }[];
  /** Others that it refuses to tell of. */
  unseen: string[];
  /** Tags that stay and hold what could not be read. */
  unread: string[];
  needsConsent: boolean;
  bytesFreed: number;
  bytesInChildren: number;
  refilled: boolean;
  garbageCollection: 'offline' | 'online' | 'automatic' | 'unknown';
  made: string;
}

interface CountedBytes {
  count: number;
  bytes: number;
}

export interface CopyPlan {
  id: string;
  kind: 'copy' | 'retag';
  source: PlanPlace & { reference: string };
  target: PlanPlace & { tag: string };
  digest: string;
  sourceDigest: string;
  mediaType: string;
  replaces?: string;
  unseen?: Failure;
  unchanged: boolean;
  manifests: number;
  attached: number;
  blobs: BlobTallies;
  leftOut: LeftOut;
  made: string;
}

interface BlobTallies {
  present: CountedBytes;
  mount: CountedBytes;
  send: CountedBytes;
}

/** What goes along with an image, and which of its platforms go; none: all. */
export interface CopyOptions {
  attached: boolean;
  platforms: string[];
  index: 'sparse' | 'rewritten';
  foreign: boolean;
}

/** Which tags of which repositories go where. `*` stands for anything but a slash, `**` for anything. */
export interface SyncDefinition extends CopyOptions {
  repositories: string[];
  excludeRepositories: string[];
  tags: string[];
  excludeTags: string[];
  /** Range of semantic versions; empty: all tags. */
  versions: string;
  newOnly: boolean;
  /** `{repository}`, `{namespace}`, `{name}` of the source in the name at the target. */
  rename: string;
  prune: boolean;
}

/** One tag of a synchronisation plan. */
export interface PlanItem {
  source: { repository: string; reference: string };
  target: { repository: string; tag: string };
  verdict: Verdict;
  digest?: string;
  replaces?: string;
  unseen?: Failure;
  attached: number;
  failure?: Failure;
}

/** A registry as the journal names it. `accountId` is empty where no stored account stands behind it. */
export type RegistrySide = Omit<PlanPlace, 'repository'>;

export interface SyncPlan {
  id: string;
  source: RegistrySide;
  target: RegistrySide;
  repositories: number;
  items: Record<Verdict, number>;
  manifests: number;
  attached: number;
  blobs: BlobTallies;
  leftOut: LeftOut;
  onlyAtTarget: { repository: string; tags: string[]; kept: string[] }[];
  made: string;
}

/** How far planning is, then the plan. */
export type SyncPlanning =
  | {
      kind: 'looking';
      repositories: { done: number; total: number };
      tags: { done: number; total: number };
    }
  | { kind: 'plan'; plan: SyncPlan };

/** A synchronisation between two accounts, kept to be run again. */
export interface SavedTransfer {
  id: string;
  name: string;
  definition: SyncDefinition & { source: string; target: string };
  created: string;
  lastOperationId?: string;
}

export type OperationSubject =
  | { kind: 'delete'; place: PlanPlace; tags: string[]; manifests: string[] }
  | { kind: 'retag'; place: PlanPlace; reference: string; tag: string; digest: string }
  | {
      kind: 'copy';
      source: PlanPlace & { reference: string };
      target: PlanPlace & { tag: string };
      digest: string;
      leftOut?: LeftOut;
    }
  | {
      kind: 'sync';
      source: RegistrySide;
      target: RegistrySide;
      /** Target repositories that get something. */
      repositories: string[];
      tags: number;
      leftOut?: LeftOut;
    }
  | { kind: 'restore'; place: PlanPlace; tags: string[]; manifests: string[] }
  /** A newer version wrote it, or it was spoiled; `was` is the kind it names. */
  | { kind: 'unreadable'; was?: string };

export interface OperationProgress {
  steps: { done: number; total: number };
  bytes: { done: number; total: number };
  bytesSent: number;
  bytesMounted: number;
  bytesPresent: number;
  /** Bytes a second over the last seconds. */
  rate: number;
  /** Seconds, where it can be told. */
  remaining?: number;
}

type OperationStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'paused' | 'interrupted';

/** One tag of a copy or synchronisation. */
export interface OperationItem {
  number: number;
  source: { repository: string; reference: string };
  target: { repository: string; tag: string };
  state: 'waiting' | 'done' | 'failed';
  failure?: Failure;
}

/** What an operation does, or has done, to a tag; `tag` is null for a manifest without one. */
export interface OperationChange {
  /** Of a transfer: the target's. */
  repository?: string;
  tag: string | null;
  /** Digests; null: it was or is not there. */
  before: string | null;
  after: string | null;
  /** `leftAlone`: it points elsewhere by now. */
  state: 'waiting' | 'done' | 'failed' | 'leftAlone';
  failure?: Failure;
}

/** A running transfer from near. */
export interface OperationDetails {
  items: { done: number; failed: number; total: number };
  active: { repository: string; digest: string; size: number; sent: number }[];
}

/** A whole snapshot: each one replaces the one before. */
export interface Operation {
  id: string;
  subject: OperationSubject;
  status: OperationStatus;
  started: string;
  ended?: string;
  progress: OperationProgress;
  failure?: Failure;
  undoable: boolean;
  dismissed: boolean;
}
