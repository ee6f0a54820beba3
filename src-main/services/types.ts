import type { Failure } from '../common/failure.ts';
import type {
  Identification,
  ImageDescription,
  ManifestKind,
  ManifestReader,
  Platform,
  RegistryClient,
} from '../engine/index.ts';
import type { Ability, SystemId } from '../engine/vocabulary.ts';

/** Options of every call that may take long. Cancelling is not failing: it throws `RegistryError` `cancelled`. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
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
  /** Most bytes of a blob sent in one request; absent: the app finds out. */
  uploadChunk?: number | undefined;
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
  /** Verifies, whatever is stored. Who gives authorities wants that, too. */
  verify?: boolean | undefined;
  /** Signs in as nobody, whatever is stored. */
  anonymous?: boolean | undefined;
  /** Default: only for localhost. False: https there, too. */
  plainHttp?: boolean | undefined;
  /** Most bytes of a blob sent in one request, whatever is stored. */
  uploadChunk?: number | undefined;
  /** Approved beside those of the settings. */
  approvedHosts?: readonly string[] | undefined;
}

/** How the registries of an operation are reached; where there is one only, it is the target. */
export interface PlaceAccess {
  readonly source?: AccessOverrides | undefined;
  readonly target?: AccessOverrides | undefined;
}

/** A registry ready to be asked. Its client is shared and closed by the core, never by its users. */
export interface RegistryHandle {
  /** Null where no stored account stands behind it (command line). */
  readonly accountId: string | null;
  readonly host: string;
  readonly client: RegistryClient;
  /** Which product it is, for what products do differently. */
  readonly identification: Identification;
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
  /** What could not be read or used on the way to its sign-in, and was done without. */
  readonly problems: readonly Failure[];
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
    | 'signInUnproven'
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
    | 'deleteDenied'
    | 'deleteByTagMissing'
    | 'sessionSecret'
  )[];
}

export interface RepositoryPage {
  repositories: { name: string; addedByName: boolean }[];
  /** Listed as well, with names about which nothing can be asked. */
  unusable?: string[];
  count: number;
  done: boolean;
  listing: 'complete' | 'incomplete' | 'forbidden' | 'missing';
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
  kind: ManifestKind;
  size: number;
  created?: string;
  platforms: Platform[];
  artifactType?: string;
  attested: boolean;
  /** What is wrong with a manifest that could not be read. */
  unreadable?: string;
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

export interface LocalRegistryState {
  running: boolean;
  url?: string;
  folder: string;
  /** Another window or command of the same home runs it, and alone can stop it. */
  elsewhere?: true;
  /** The account that stands for it, once it was started. */
  accountId?: string;
  options: LocalRegistryOptions;
  /** Whether the host can put its password into the system's clipboard. */
  copiesPassword: boolean;
}

/** What a person decides of the embedded registry. */
export interface LocalRegistryOptions {
  /** It asks for a user and password; without, every user and program of this machine may read and change its images. */
  signIn: boolean;
  /** It answers to the names by which containers and virtual machines reach the machine they run on. */
  containers: boolean;
  /** It takes an index whose manifests are not all there. */
  sparseIndexes: boolean;
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
interface KeptAside {
  id: string;
  kind: 'settingsKeptAside' | 'databaseKeptAside';
  file: string;
  keptAs: string;
  reason: string;
}

/** What of the settings file is not in use; nothing of it was changed. */
type SettingsProblem =
  /** Fields and rows that are not valid: told until they are mended. */
  | { id: string; kind: 'settingsUnread'; file: string; fields: { path: string; reason: string }[] }
  /** Read as far as this version knows it; nothing can be changed by this version. */
  | { id: string; kind: 'settingsNewer'; file: string; version: number };

export type FileNotice = KeptAside | SettingsProblem;

export type Notice =
  | FileNotice
  | { id: string; kind: 'keychain'; state: 'locked' | 'unavailable'; reason: string };
