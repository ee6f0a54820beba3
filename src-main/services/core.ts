import type {
  Account,
  AccountSecrets,
  AccountSettings,
  AccountTrial,
  FoundSignIns,
  ImportedSignIns,
  KeychainState,
  TestStep,
} from '../common/account.ts';
import type { CollectPlan, LocalRegistryUsage } from '../common/collection.ts';
import type { ContentPlace, EngineImage, ImageName, ReadyDownload } from '../common/content.ts';
import type { DeletionPlan } from '../common/deletion.ts';
import type {
  FileContent,
  FileEntry,
  FileList,
  FoundFiles,
  ImageFiles,
  LayerCounts,
  LayerReading,
  SavedFiles,
  WastedFiles,
} from '../common/files.ts';
import type { DescribedImage } from '../common/image.ts';
import type { Scan, ScanScope } from '../common/inventory.ts';
import type { LocalRegistryOptions, LocalRegistryState } from '../common/local-registry.ts';
import type { ItemState, Operation, OperationDetails, OperationItem } from '../common/operation.ts';
import type { PackageList, PackageSearch, PackageSource, SbomFormat } from '../common/packages.ts';
import type { RegistryPlace } from '../common/place.ts';
import type { Plan, PlanItem } from '../common/plan.ts';
import type { ReferrerList } from '../common/referrers.ts';
import type { FoundPlaces, RegistryOverview, RepositoryPage } from '../common/registry.ts';
import type { About, FileNotice, Notice, Settings } from '../common/settings.ts';
import type {
  BaseFamilies,
  FreedBytes,
  Holder,
  RepositoryStorage,
  StorageChild,
  StorageDay,
  StorageOrder,
  StorageSummary,
  StoredItem,
} from '../common/storage.ts';
import type { TagAnswer, TagPage } from '../common/tag.ts';
import type { CopyOptions, CopyPlan, SavedTransfer, SyncPlanning, SyncRules } from '../common/transfer.ts';
import type { Keychain, OpenStore } from '../data/index.ts';
import type { Descriptor, TracedExchange, TransferRequest } from '../engine/index.ts';
import type {
  AccessOverrides,
  CallOptions,
  ContentHandle,
  OpenedDownload,
  OperationChange,
  OperationPlaces,
  PlaceAccess,
  PlaceHandle,
  RegistryHandle,
} from './types.ts';

/** What a host gives; everything else is decided here. */
export interface CoreOptions {
  /** Folder of all that is kept (`dataHome(env, platform)` of data). Made when missing. */
  home: string;
  /** keytar, loaded by the host; null where the host has none: secrets then last for the session. */
  keychain: Keychain | null;
  host: 'desktop' | 'browser' | 'cli';
  version: string;
  environment: NodeJS.ProcessEnv;
  /** Puts a text into the system's clipboard, where the host reaches it. */
  copyText?: ((text: string) => void) | undefined;
  /** Electron passes electron-store; the default is its base, `conf`. Same file, same shape. */
  openStore?: OpenStore | undefined;
  /** Receives every request to a registry, without secrets. */
  trace?: ((exchange: TracedExchange) => void) | undefined;
  /** Tests set the clock. */
  now?: (() => Date) | undefined;
}

export interface AccountsService {
  list(): Account[];
  add(settings: AccountSettings, secrets: AccountSecrets): Promise<Account>;
  update(id: string, settings: AccountSettings, secrets: AccountSecrets): Promise<Account>;
  /** Removes the account, its secrets and its listings; `busy` while one of its operations runs. */
  remove(id: string): Promise<void>;
  /** Must name each account exactly once. */
  reorder(ids: readonly string[]): Account[];
  setReadOnly(id: string, readOnly: boolean): Account;
  /** Hours between two scans that go by themselves in hosts that stay open; null: none. */
  keepFresh(id: string, hours: number | null): Account;
  addRepository(id: string, repository: string): Account;
  removeRepository(id: string, repository: string): Account;
  /** Each step when it begins and when it ends; changes nothing on the registry. */
  test(draft: AccountTrial, options?: CallOptions): AsyncGenerator<TestStep, void, void>;
  keychain(): Promise<KeychainState>;
  findSignIns(): Promise<FoundSignIns>;
  importSignIns(ids: readonly string[]): Promise<ImportedSignIns>;
  /** @throws ServiceError `accountUnknown` */
  handle(id: string): Promise<RegistryHandle>;
  /**
   * For the command line: a registry by `host[:port]` (or URL). The flags given win; then the stored account of that host
   * with its secrets; then Docker's and Podman's files and helpers, which may differ for a `repository`; then anonymous.
   */
  forHost(host: string, overrides?: AccessOverrides, repository?: string): Promise<RegistryHandle>;
  /** The same for a registry of a recorded operation. */
  at(place: RegistryPlace & { repository?: string }, overrides?: AccessOverrides): Promise<RegistryHandle>;
}

export interface ListingOptions extends CallOptions {
  /** What is known is given until the registry answers, and where it is out of reach. */
  known?: boolean;
}

export interface CatalogService {
  overview(registry: RegistryHandle, options?: CallOptions): Promise<RegistryOverview>;
  repositories(
    registry: RegistryHandle,
    options?: ListingOptions,
  ): AsyncGenerator<RepositoryPage, void, void>;
  tags(
    registry: RegistryHandle,
    repository: string,
    options?: ListingOptions,
  ): AsyncGenerator<TagPage, void, void>;
  /** Each tag's answer as soon as it is known, in no order. An unchanged tag costs one HEAD. */
  tagDetails(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    options?: ListingOptions,
  ): AsyncGenerator<TagAnswer, void, void>;
  /** Places seen so far that contain every word, those first that are most likely meant; asks no registry. */
  search(text: string, limit: number, options?: CallOptions): Promise<FoundPlaces>;
}

export interface ImagesService {
  describe(
    registry: RegistryHandle,
    repository: string,
    reference: string,
    options?: CallOptions,
  ): Promise<DescribedImage>;
}

/** What is attached to images, in registries and outside. That it is there is all that is known: nothing is verified. */
export interface ReferrersService {
  /** @param options `child`: of an index, the one that is looked at as well */
  list(
    place: PlaceHandle,
    repository: string,
    reference: string,
    options?: CallOptions & { child?: string | undefined },
  ): Promise<ReferrerList>;
  /**
   * Writes a blob to a file of this machine, byte for byte.
   *
   * @throws ServiceError `invalidInput`; RegistryError `fileFailed`, `digestMismatch`
   */
  save(
    place: PlaceHandle,
    repository: string,
    blob: { digest: string; size: number },
    to: string,
    options?: CallOptions,
  ): Promise<void>;
}

/** An image whose files are asked for. */
export interface ImageAt {
  readonly handle: PlaceHandle;
  readonly repository: string;
  /** Tag or digest of one image: no index. */
  readonly reference: string;
}

/** A file of an image, links followed. */
interface ImageFile {
  /** Without links. */
  readonly path: string;
  readonly layer: number;
  readonly size: number;
  /** Its bytes as they come; that they are those of the image is verified when the last of them has come. */
  chunks(signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, void>;
}

interface FileView {
  /** Up to and with this layer; default: the last. */
  at?: number | undefined;
  /** What is there, or what the layer says. */
  view: 'merged' | 'layer';
  path: string;
}

/** What is inside the layers of images, wherever these lie. A layer is read once, and its tree kept by digest. */
export interface FilesService {
  /** What is known of them; reads none. @throws ServiceError `invalidInput` where it is no image */
  layers(image: ImageAt, options?: CallOptions): Promise<ImageFiles>;
  /** Reads layers. What is wrong with one is in `layers` afterwards, and does not end it. */
  read(
    image: ImageAt,
    options?: CallOptions & { layers?: readonly number[] | undefined },
  ): AsyncGenerator<LayerReading, void, void>;
  /** How much each layer did, from the base up to the first that was not read; reads none. */
  changes(image: ImageAt, options?: CallOptions): Promise<LayerCounts[]>;
  /** What is in a directory. @throws ServiceError `fileUnknown` */
  list(
    image: ImageAt,
    view: FileView & { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<FileList>;
  /** A path and all below it, as far as it matches. @throws ServiceError `fileUnknown`; `invalidInput` for a pattern that is none */
  walk(
    image: ImageAt,
    view: FileView & { glob?: string | undefined },
    options?: CallOptions,
  ): AsyncGenerator<FileEntry, void, void>;
  /** @throws ServiceError `invalidInput` for a pattern that is none */
  search(
    image: ImageAt,
    search: { at?: number | undefined; glob: string; limit: number },
    options?: CallOptions,
  ): Promise<FoundFiles>;
  wasted(
    image: ImageAt,
    page: { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<WastedFiles>;
  /** @throws ServiceError `fileUnknown`, `invalidInput` for what is no file */
  open(
    image: ImageAt,
    file: { at?: number | undefined; path: string },
    options?: CallOptions,
  ): Promise<FileContent>;
  file(
    image: ImageAt,
    file: { at?: number | undefined; path: string },
    options?: CallOptions,
  ): Promise<ImageFile>;
  /** A file as it is; a directory as a tar archive, or into a folder that is not there yet or empty. */
  save(
    image: ImageAt,
    saving: { at?: number | undefined; path: string; to: string; folder: boolean },
    options?: CallOptions,
  ): Promise<SavedFiles>;
}

/** Images outside registries: OCI layouts, archives and the container engine of this machine. */
export interface ContentService {
  /** For transfers. Nothing is opened yet. */
  handle(place: ContentPlace): ContentHandle;
  /** @throws RegistryError `engineUnreachable` */
  engineImages(options?: CallOptions): Promise<EngineImage[]>;
  /**
   * Takes in an archive that a page sends. It is kept until an operation that reads it ends, or for an hour.
   *
   * @returns its path, for `recognise`, and its bytes
   */
  receive(chunks: AsyncIterable<Uint8Array>, options?: CallOptions): Promise<{ path: string; size: number }>;
  /**
   * A path in a folder of this process to which one archive can be saved for a browser. It is kept until it was downloaded, or for an
   * hour after the operation that wrote it.
   *
   * @throws RegistryError `fileFailed`
   */
  prepareDownload(name: string): Promise<string>;
  /** Archives that are whole and can be downloaded. */
  downloads(): Promise<ReadyDownload[]>;
  /** Undefined where there is none (any more). */
  openDownload(ticket: string): Promise<OpenedDownload | undefined>;
  /** What lies at a path. @throws RegistryError `notContent`, `contentDamaged`, `fileFailed` */
  recognise(path: string, options?: CallOptions): Promise<ContentPlace>;
  /** Names of all images in a place. */
  names(place: ContentPlace, options?: CallOptions): Promise<readonly ImageName[]>;
  /** The digest of its only image. @throws RegistryError `notFound` where there are none or several */
  onlyDigest(place: ContentPlace, options?: CallOptions): Promise<string>;
  describe(
    place: ContentPlace,
    repository: string,
    reference: string,
    options?: CallOptions,
  ): Promise<DescribedImage>;
  referrers(
    place: ContentPlace,
    repository: string,
    digest: string,
    options?: CallOptions,
  ): Promise<readonly Descriptor[]>;
  /** Each named image's answer, in order. Of an engine what its list says: the digest is the image's ID. */
  tagDetails(
    place: ContentPlace,
    options?: CallOptions,
  ): AsyncGenerator<{ name: ImageName; answer: TagAnswer }, void, void>;
}

export interface ChosenTag {
  repository: string;
  tag: string;
}

/** Which rows of a list are asked for. */
export interface Page {
  offset: number;
  limit: number;
}

/** A namespace of a registry, or one of its repositories; without either all of it. */
export interface StoragePart {
  namespace?: string | undefined;
  repository?: string | undefined;
}

/**
 * What registries hold, as far as it was seen; no registry is asked. A registry goes by the id of its account or, where it has none, by
 * its origin.
 */
export interface StorageService {
  summary(registry: string, part: StoragePart, options?: CallOptions): Promise<StorageSummary>;
  /** By name, or the largest first. */
  repositories(
    registry: string,
    part: StoragePart & Page & { sort: StorageOrder },
    options?: CallOptions,
  ): Promise<{ items: RepositoryStorage[]; total: number }>;
  /** What lies one level under a namespace, or under the registry, the largest first. */
  children(registry: string, part: StoragePart, options?: CallOptions): Promise<StorageChild[]>;
  /** Layers, configs and manifests, the largest first. */
  largest(
    registry: string,
    part: StoragePart & Page,
    options?: CallOptions,
  ): Promise<{ items: StoredItem[]; total: number }>;
  /** Those that more than one of the repositories holds; of one repository, those that another holds as well. */
  duplicates(
    registry: string,
    part: StoragePart & Page,
    options?: CallOptions,
  ): Promise<{ items: StoredItem[]; total: number }>;
  /** Tags that lead to a digest. */
  holders(
    registry: string,
    part: StoragePart & Page & { digest: string },
    options?: CallOptions,
  ): Promise<{ items: Holder[]; total: number }>;
  /** Images that begin with the same layers: of a registry or namespace those in more than one repository. */
  families(registry: string, part: StoragePart & Page, options?: CallOptions): Promise<BaseFamilies>;
  history(
    registry: string,
    part: StoragePart & { days: number },
    options?: CallOptions,
  ): Promise<StorageDay[]>;
  /** What becomes free in the registry if tags go, and `repositories` with all their tags. */
  freed(
    registry: string,
    going: { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    options?: CallOptions,
  ): Promise<FreedBytes>;
}

export interface DeletionOptions extends CallOptions {
  /** Manifests that go with all their tags. */
  digests?: readonly string[];
  /** What is attached to what goes is deleted with it. */
  attached?: boolean;
  /** Tags that must stay whole: those whose deletion would take one of them along stay with them. */
  kept?: readonly string[];
}

export interface DeletionService {
  /** What would go; touches nothing. Kept for 15 minutes. */
  planFor(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    options?: DeletionOptions,
  ): Promise<DeletionPlan>;
}

export interface TransfersService {
  /**
   * Copies from one registry to another, or within one; of one tag within one repository that is a retag. One plan and one operation
   * however many there are. Touches nothing.
   *
   * @param options `unread`: it is started at once without being read: blobs are not looked for yet, and count as to be sent
   */
  planCopies(
    source: PlaceHandle,
    target: PlaceHandle,
    copies: readonly TransferRequest[],
    options?: CallOptions & Partial<CopyOptions> & { unread?: boolean },
  ): Promise<CopyPlan>;
  /**
   * Lists and compares; touches nothing. Reports how far it is and ends with the plan. Tags only at the target are listed of
   * repositories that have tags at the source.
   *
   * @param options `savedId`: the saved synchronisation that this is a run of
   */
  planSync(
    source: PlaceHandle,
    target: PlaceHandle,
    definition: SyncRules,
    options?: CallOptions & { savedId?: string | undefined },
  ): AsyncGenerator<SyncPlanning, void, void>;
  saved(): SavedTransfer[];
  /** Saved ones that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadableSaved(): { id: string; name: string }[];
  /** Adds one, or changes the one with this id. */
  save(saved: Pick<SavedTransfer, 'name' | 'definition'> & { id?: string | undefined }): SavedTransfer;
  removeSaved(id: string): void;
}

/** Plans of every kind, kept for 15 minutes, also where the program ends meanwhile. */
export interface PlansService {
  /** @throws ServiceError `planExpired` */
  get(id: string): Plan;
  /** Lines in their order. @throws ServiceError `planExpired` */
  items(
    id: string,
    page: { state?: string | undefined; offset: number; limit: number },
  ): { items: PlanItem[]; total: number };
  /**
   * Starts a confirmed plan and returns at once.
   *
   * @param options `access`: flags of the command line, for a plan of an earlier process
   * @throws ServiceError `planExpired`, `consentNeeded`, `readOnly`; `planStale` when a tag moved since
   */
  start(
    id: string,
    options?: CallOptions & { consent?: boolean; access?: PlaceAccess },
  ): Promise<{ operationId: string }>;
  /** Takes an operation back: its tags point again at what they pointed at, and those that were new are deleted. */
  planUndo(operationId: string, options?: CallOptions & { access?: PlaceAccess }): Promise<Plan>;
}

export interface OperationsService {
  /** All rows of the tray, then each change as a whole snapshot, at most about ten a second for each operation. */
  watch(options?: CallOptions): AsyncGenerator<Operation, void, void>;
  /** The record of what was changed, newest first; `before` is the `started` of the last row seen; no `kinds`: all. */
  history(limit: number, before?: string, kinds?: readonly string[]): Operation[];
  /** @throws ServiceError `operationUnknown` */
  get(id: string): Operation;
  /** Waits until it is done, failed, cancelled or interrupted; aborting the wait does not cancel the operation. */
  finished(id: string, options?: CallOptions): Promise<Operation>;
  /** The tags of a transfer, in order; nothing for other operations. */
  items(
    id: string,
    page: { state?: ItemState | undefined; offset: number; limit: number },
  ): { items: OperationItem[]; total: number };
  /** A few snapshots a second until the operation ends. */
  watchDetails(id: string, options?: CallOptions): AsyncGenerator<OperationDetails, void, void>;
  /**
   * Stops it so that `retry` goes on where it was: uploads under way are kept at the registry. What another process runs is
   * stopped by that one: this only asks it to, and `finished` waits for it.
   */
  pause(id: string): Promise<void>;
  /** The same, and it does not go on by itself. Cancels what is paused or interrupted as well. */
  cancel(id: string): Promise<void>;
  /** Goes on with transfers that ended with the program. What cannot be begun (a locked keychain) stays as it is. */
  resumeInterrupted(): Promise<void>;
  /**
   * Runs a failed, cancelled, paused or interrupted operation again; what is done already is skipped.
   *
   * @param access flags of the command line: they are not kept, so they are given again
   */
  retry(id: string, access?: PlaceAccess): Promise<void>;
  /** The registries it asks and those it changes. @throws ServiceError `storageFailed` where the record cannot be read */
  places(id: string): OperationPlaces;
  /** What it does to each tag, with digests before and after. */
  changes(id: string): AsyncGenerator<OperationChange[], void, void>;
  dismiss(id: string): void;
}

/** Looks through registries for what the inventory does not know. Changes no registry: read-only accounts may be scanned. */
export interface InventoryService {
  /**
   * Begins a scan and returns at once, or goes on with one of the same scope that stopped within the last day.
   *
   * @throws ServiceError `busy` where the registry is being scanned, by whichever process
   */
  scan(registry: RegistryHandle, scope: ScanScope): Promise<{ scanId: string }>;
  /** The last scan of each scope, then each change as a whole snapshot. */
  watch(options?: CallOptions): AsyncGenerator<Scan, void, void>;
  /** Waits until it works no more; aborting the wait does not stop it. @throws ServiceError `operationUnknown` */
  finished(id: string, options?: CallOptions): Promise<Scan>;
  /** Stops it so that `resume` goes on where it was; what another process works on is stopped by that one. */
  pause(id: string): Promise<void>;
  /** The same, and it does not go on. */
  cancel(id: string): Promise<void>;
  /** @param access flags of the command line: they are not kept, so they are given again @throws ServiceError `busy`, `operationUnknown` */
  resume(id: string, access?: AccessOverrides): Promise<void>;
}

export interface LocalRegistryService {
  state(): LocalRegistryState;
  /** Starts the embedded registry and makes sure that it has an account. */
  start(options: {
    samples: boolean;
    /** One that must be had: `busy` where it is taken. Default: the usual one, or any where that is taken. */
    port?: number | undefined;
  }): Promise<{
    state: LocalRegistryState;
    account: Account;
    /** The usual port, where another program has it. */
    taken?: number;
  }>;
  stop(): Promise<LocalRegistryState>;
  /** Keeps what is given; a running one starts again with it. @throws ServiceError `busy` where another process runs it */
  change(
    options: { [Name in keyof LocalRegistryOptions]?: boolean | undefined },
  ): Promise<LocalRegistryState>;
  /** The sign-in that it asks for; undefined where it asks for none. For the host only: it crosses no contract. */
  signIn(): Promise<{ username: string; password: string } | undefined>;
  /** The registry as operations name it, whether it runs or not. */
  handle(): Promise<RegistryHandle>;
  /** Puts the password into the system's clipboard. @throws ServiceError `invalidInput` where there is none, or no clipboard */
  copyPassword(): Promise<void>;
}

/** Garbage collection of the embedded registry, whether this process runs it, another one or none. */
export interface CollectionsService {
  /** What its folder takes on the disk, and for what: looks at every file. */
  usage(options?: CallOptions): Promise<LocalRegistryUsage>;
  /**
   * What a collection would take; touches nothing. What goes is gone for good: it cannot be taken back.
   *
   * @param options `untagged`: manifests without a tag go as well, with what they alone hold
   * @throws ServiceError `busy` where another program holds its folder
   */
  planFor(registry: RegistryHandle, options: CallOptions & { untagged: boolean }): Promise<CollectPlan>;
}

export interface SettingsService {
  about(): About;
  get(): Settings;
  /** Changes the given fields only; answers the whole. */
  change(changes: { [Key in keyof Settings]?: Settings[Key] | undefined }): Settings;
  notices(): Promise<Notice[]>;
  /** Those about files only: asks no keychain, which may prompt. */
  fileNotices(): FileNotice[];
  dismissNotice(id: string): void;
}

/** Which packages of an image are looked for. */
interface PackagesOptions extends CallOptions {
  /** The index that the image was chosen from: SBOMs may be attached to it. */
  index?: string | undefined;
  /** Default: an attached SBOM that lists packages, else the files. */
  source?: PackageSource | undefined;
}

/** What an image has installed. Layers are read once; what they name is kept by their digests. */
export interface PackagesService {
  /** Reports how far it is, some times a second, and ends with what was found. */
  find(image: ImageAt, options?: PackagesOptions): AsyncGenerator<PackageSearch, void, void>;
  list(
    image: ImageAt,
    options: PackagesOptions & {
      filter?: string | undefined;
      type?: string | undefined;
      offset: number;
      limit: number;
    },
  ): Promise<PackageList>;
  /** An SBOM, in pieces of its text. */
  document(image: ImageAt, format: SbomFormat, options?: PackagesOptions): Promise<Iterable<string>>;
  /** Writes an SBOM to a file. @throws RegistryError `fileFailed` */
  export(image: ImageAt, format: SbomFormat, to: string, options?: PackagesOptions): Promise<void>;
}

/** The use cases of the app, the same for every host. */
export interface Core {
  readonly accounts: AccountsService;
  readonly catalog: CatalogService;
  readonly images: ImagesService;
  readonly referrers: ReferrersService;
  readonly content: ContentService;
  readonly files: FilesService;
  readonly deletion: DeletionService;
  readonly transfers: TransfersService;
  readonly plans: PlansService;
  readonly operations: OperationsService;
  readonly storage: StorageService;
  readonly inventory: InventoryService;
  readonly packages: PackagesService;
  readonly localRegistry: LocalRegistryService;
  readonly collections: CollectionsService;
  readonly settings: SettingsService;
  /** Cancels what runs (it can be resumed), stops the local registry and closes every connection and file. */
  close(): Promise<void>;
}
