import type { DataErrorCode } from '../data/index.ts';
import type {
  ImageDescription,
  ManifestReader,
  Platform,
  RegistryClient,
  RegistryErrorCode,
  SystemId,
  Verdict,
} from '../engine/index.ts';
import type { ServiceErrorCode } from './errors.ts';

/** Options of every call that may take long. Cancelling is not failing: it throws `RegistryError` `cancelled`. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** `internal`: a defect of ours; its words are kept out of what users see. */
export type FailureCode = RegistryErrorCode | DataErrorCode | ServiceErrorCode | 'internal';

/** An error as data: kept in the journal and shown; redacted and capped. */
export interface Failure {
  code: FailureCode;
  message: string;
  reason?: string;
  request?: string;
  status?: number;
  side?: 'source' | 'target';
}

type SignIn = { kind: 'anonymous' } | { kind: 'password'; username: string } | { kind: 'identityToken' };

export interface TlsChoice {
  verify: boolean;
  /** PEM text of private authorities, trusted beside the system's. */
  authorities?: string | undefined;
  /** PEM text of the client certificate chain; its key is a secret. */
  clientCertificate?: string | undefined;
}

type ProxyChoice = { kind: 'system' } | { kind: 'none' } | { kind: 'url'; url: string };

export interface AccountSettings {
  name: string;
  url: string;
  signIn: SignIn;
  tls: TlsChoice;
  proxy: ProxyChoice;
  readOnly: boolean;
  /** Repositories added by name. */
  repositories: string[];
}

/** An absent field keeps what is stored, an empty string removes it. */
export interface AccountSecrets {
  password?: string | undefined;
  identityToken?: string | undefined;
  clientKey?: string | undefined;
  clientKeyPassphrase?: string | undefined;
}

export interface Account extends AccountSettings {
  id: string;
  /** `host[:port]`, as it stands in references. */
  host: string;
  system: SystemId;
  secrets: 'none' | 'keychain' | 'session';
  insecure: 'no' | 'plainHttp' | 'unverified';
}

/** What the command line's flags say of a registry, beside or instead of a stored account. */
export interface AccessOverrides {
  username?: string | undefined;
  password?: string | undefined;
  identityToken?: string | undefined;
  /** PEM texts. */
  authorities?: string | undefined;
  clientCertificate?: string | undefined;
  clientKey?: string | undefined;
  clientKeyPassphrase?: string | undefined;
  /** Skips verification. */
  insecure?: boolean | undefined;
  /** Default: only for localhost. */
  plainHttp?: boolean | undefined;
}

/** A registry ready to be asked. Its client is shared and closed by the core, never by its users. */
export interface RegistryHandle {
  /** Null where no stored account stands behind it (command line). */
  readonly accountId: string | null;
  readonly host: string;
  readonly client: RegistryClient;
  /** Reads manifests and configs through the cache on disk. */
  readonly reader: ManifestReader;
  /** The same for single images that a user waits for: may use the last pulls where the registry counts them. */
  readonly urgentReader: ManifestReader;
  readonly readOnly: boolean;
  /** Repositories added by name. */
  readonly repositories: readonly string[];
  readonly username: string | undefined;
  readonly clientCertificate: boolean;
  readonly insecure: 'no' | 'plainHttp' | 'unverified';
  readonly secrets: 'none' | 'keychain' | 'session';
}

export interface TestStep {
  step: 'reach' | 'tls' | 'protocol' | 'signIn' | 'list' | 'delete';
  status: 'running' | 'passed' | 'warning' | 'failed' | 'skipped';
  finding?:
    | 'catalogForbidden'
    | 'catalogMissing'
    | 'deleteDisabled'
    | 'deleteDenied'
    | 'deleteUnknown'
    | 'notNeeded'
    | 'unverified';
  failure?: Failure;
  milliseconds?: number;
  detail?: string;
}

export interface FoundSignIn {
  id: string;
  origin: 'docker' | 'podman';
  file: string;
  via: 'auths' | 'credsStore' | 'credHelpers';
  helper?: string;
  host: string;
  username?: string;
  known: boolean;
  failure?: Failure;
}

export type Ability = 'yes' | 'no' | 'unknown';

export interface RegistryOverview {
  system: SystemId;
  version?: string;
  /** Milliseconds. */
  latency: number;
  signedIn: 'anonymous' | 'basic' | 'token' | 'clientCertificate';
  username?: string;
  abilities: { list: Ability; delete: Ability; deleteTag: Ability; referrers: Ability };
  rateLimit?: { limit: number; remaining: number; windowSeconds: number };
  warnings: (
    | 'plainHttp'
    | 'unverified'
    | 'catalogForbidden'
    | 'catalogMissing'
    | 'deleteDisabled'
    | 'deleteByTagMissing'
    | 'sessionSecret'
  )[];
}

export interface RepositoryPage {
  repositories: { name: string; addedByName: boolean }[];
  count: number;
  done: boolean;
  listing: 'complete' | 'forbidden' | 'missing';
}

export interface TagPage {
  tags: string[];
  count: number;
  done: boolean;
}

export interface TagDetails {
  name: string;
  digest: string;
  mediaType: string;
  kind: 'image' | 'index' | 'artifact' | 'helmChart' | 'attestation' | 'schema1' | 'unknown';
  size: number;
  created?: string;
  platforms: Platform[];
  artifactType?: string;
  attested: boolean;
}

export type TagAnswer = { name: string; details: TagDetails } | { name: string; failure: Failure };

export interface DescribedImage extends ImageDescription {
  /** How `docker pull` names it, by tag or by digest. */
  pullReference: string;
}

export interface SeenPlace {
  accountId: string;
  repository: string;
  tag?: string;
  digest?: string;
}

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
  manifests: {
    digest: string;
    tags: string[];
    indexes: { digest: string; tags: string[] }[];
    referrers: { digest: string; artifactType: string }[];
  }[];
  alsoRemoved: string[];
  needsConsent: boolean;
  bytesFreed: number;
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
  unchanged: boolean;
  manifests: number;
  attached: number;
  blobs: BlobTallies;
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
  onlyAtTarget: { repository: string; tags: string[] }[];
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
    }
  | {
      kind: 'sync';
      source: RegistrySide;
      target: RegistrySide;
      /** Target repositories that get something. */
      repositories: string[];
      tags: number;
    }
  | { kind: 'restore'; place: PlanPlace; tags: string[]; manifests: string[] };

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

export interface LocalRegistryState {
  running: boolean;
  url?: string;
  folder: string;
  /** Another window or command of the same home runs it, and alone can stop it. */
  elsewhere?: true;
  /** The account that stands for it, once it was started. */
  accountId?: string;
}

export interface Settings {
  language: 'system' | 'en' | 'zh-CN';
  theme: 'system' | 'light' | 'dark';
  transferConcurrency: number;
  requestConcurrency: number;
  detailsUpTo: number;
  approvedHosts: string[];
}

export interface About {
  version: string;
  host: 'desktop' | 'browser' | 'cli';
  runtime: string;
  home: string;
}

/** A file of ours that could not be used and was renamed; told until it is put back or deleted, or the notice dismissed. */
export interface KeptAside {
  id: string;
  kind: 'settingsKeptAside' | 'databaseKeptAside';
  file: string;
  keptAs: string;
  reason: string;
}

export type Notice =
  | KeptAside
  | { id: string; kind: 'keychain'; state: 'locked' | 'unavailable'; reason: string };
