import type { Keychain, OpenStore } from '../../data/index.ts';
import type { TracedExchange } from '../../engine/index.ts';
import type { AccountsService } from './accounts.ts';
import type { AuditService } from './audit.ts';
import type { CatalogService } from './catalog.ts';
import type { CleanupService } from './cleanup.ts';
import type { RulesService } from './cleanup-rules.ts';
import type { CollectionsService } from './collections.ts';
import type { ComparisonService } from './comparison.ts';
import type { ComparisonMatrixService } from './comparison-matrix.ts';
import type { ContentService } from './content.ts';
import type { DeletionService } from './deletion.ts';
import type { FilesService } from './files.ts';
import type { FindService } from './find.ts';
import type { ImagesService } from './images.ts';
import type { InventoryService } from './inventory.ts';
import type { LocalRegistryService } from './local-registry.ts';
import type { OperationsService } from './operations.ts';
import type { PackagesService } from './packages.ts';
import type { PlansService } from './plans.ts';
import type { ProductsService } from './products.ts';
import type { ReferrersService } from './referrers.ts';
import type { SettingsService } from './settings.ts';
import type { StorageService } from './storage.ts';
import type { TransfersService } from './transfers.ts';
import type { TrashService } from './trash.ts';

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

/** The use cases of the app, the same for every host. */
export interface Core {
  readonly accounts: AccountsService;
  readonly catalog: CatalogService;
  readonly images: ImagesService;
  readonly referrers: ReferrersService;
  readonly comparison: ComparisonService;
  readonly comparisonMatrix: ComparisonMatrixService;
  readonly content: ContentService;
  readonly files: FilesService;
  readonly find: FindService;
  readonly deletion: DeletionService;
  readonly cleanup: CleanupService;
  readonly transfers: TransfersService;
  readonly plans: PlansService;
  readonly operations: OperationsService;
  readonly audit: AuditService;
  readonly storage: StorageService;
  readonly inventory: InventoryService;
  readonly packages: PackagesService;
  readonly rules: RulesService;
  readonly localRegistry: LocalRegistryService;
  readonly collections: CollectionsService;
  readonly products: ProductsService;
  readonly trash: TrashService;
  readonly settings: SettingsService;
  /** Cancels what runs (it can be resumed), stops the local registry and closes every connection and file. */
  close(): Promise<void>;
}
