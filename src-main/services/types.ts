import type { Insecurity, SecretPlace } from '../common/account.ts';
import type { Failure } from '../common/failure.ts';
import type { ItemState } from '../common/operation.ts';
import type { SelectTag } from '../common/patterns.ts';
import type { AnyPlace, RegistryPlace } from '../common/place.ts';
import type {
  ContentTarget,
  Identification,
  ManifestReader,
  OpenedSource,
  RegistryClient,
} from '../engine/index.ts';
import type { WriteState } from '../engine/vocabulary/abilities.ts';

/** Options of every call that may take long. Cancelling is not failing: it throws `RegistryError` `cancelled`. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
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
  /** Signs in as no one, whatever is stored. */
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
  readonly place: RegistryPlace;
  readonly host: string;
  readonly client: RegistryClient;
  /** Which product it is, for what products do differently. */
  readonly identification: Identification;
  /** Reads manifests and configs through the cache on disk. */
  readonly reader: ManifestReader;
  /** The same for single images that a user waits for: may use the last pulls where the registry counts them. */
  readonly urgentReader: ManifestReader;
  readonly readOnly: boolean;
  /** Whether a tag is neither moved nor deleted there, as it is set this moment. */
  readonly protects: SelectTag;
  /** Keeps with its account whether it takes writes at all; what is unknown changes nothing. */
  readonly noteWrites: (found: WriteState) => void;
  /** Repositories added by name. */
  readonly repositories: readonly string[];
  readonly username: string | undefined;
  readonly clientCertificate: boolean;
  readonly insecure: Insecurity;
  readonly secrets: SecretPlace;
  /** What could not be read or used on the way to its sign-in, and was done without. */
  readonly problems: readonly Failure[];
}

/** The places an operation reads and those that it changes. */
export interface OperationPlaces {
  reads: readonly AnyPlace[];
  changes: readonly AnyPlace[];
}

/** What a step does to a tag, or to a manifest without one. */
export interface StepChange {
  repository: string;
  tag: string | null;
  /** Digests; null: it was, or is, not there. */
  before: string | null;
  after: string | null;
  /** The manifest keeps other tags. */
  stays?: true;
}

/** What an operation does, or has done, to a tag; `tag` is null for a manifest without one. */
export interface OperationChange extends Omit<StepChange, 'stays'> {
  /** `leftAlone`: it points elsewhere by now. */
  state: ItemState | 'leftAlone';
  failure?: Failure;
}

/** A place outside registries, ready to be read from and written into. */
export interface ContentHandle {
  readonly place: Extract<AnyPlace, { content: unknown }>;
  /** What goes before its names in references: `oci:/images`. */
  readonly host: string;
  readonly readOnly: false;
  readonly protects: SelectTag;
  /** Shared, and closed by the core. @throws {RegistryError} */
  source(signal?: AbortSignal): Promise<OpenedSource>;
  target(): Promise<ContentTarget>;
  /** Keeps it open until the answer is called, however long. */
  lease(): () => void;
}

/** An archive on its way to a browser. */
export interface OpenedDownload {
  /** Letters, digits and `_.-` only. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** @param sent all of it arrived: it is removed */
  close(sent: boolean): Promise<void>;
}

/** Where images are read from or written into. */
export type PlaceHandle = RegistryHandle | ContentHandle;
