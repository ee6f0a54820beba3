import type { Account } from '../../common/account.ts';
import type { ComparedRetention } from '../../common/compared-retention.ts';
import type { Resource } from '../../common/product.ts';
import type { HandOver, ProductChangePlan, WantedChange } from '../../common/product-change.ts';
import type { JobItem, JobOptions, JobRun, ProductJobPlan } from '../../common/product-job.ts';
import type {
  AdvisedSetting,
  ArtifactNote,
  ArtifactScan,
  Finding,
  FoundRegistry,
  Managed,
  ProductAuditEntry,
  PublicSearchResult,
  RegistrySelf,
  ResourceForm,
} from '../../common/product-said.ts';
import type { ResourceKind } from '../../engine/resource-kinds.ts';
import type { JobKind } from '../../engine/vocabulary/jobs.ts';
import type { ScanType } from '../../engine/vocabulary/scanning.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** A kind of resources of a registry, or of a project of it. */
export interface ResourcesAt extends CallOptions {
  project?: string | undefined;
}

/** Work of a product: of the registry, a project by its name, or a resource by its id. */
export interface JobAt {
  job: JobKind;
  of?: string | undefined;
}

/** An artifact as its registry's scanner knows it. */
export interface Scanned {
  repository: string;
  digest: string;
}

/** What a registry says of itself. */
export interface ProductStatements {
  managed(registry: RegistryHandle, options?: CallOptions): Promise<Managed>;
  describe(registry: RegistryHandle, options?: CallOptions): Promise<RegistrySelf>;
  /** Public images of everybody, by words. */
  search(registry: RegistryHandle, query: string, options?: CallOptions): Promise<PublicSearchResult>;
  advice(registry: RegistryHandle, options?: CallOptions): Promise<AdvisedSetting[]>;
  audit(registry: RegistryHandle, options?: ResourcesAt): AsyncGenerator<ProductAuditEntry[], void, void>;
}

/** What it manages: read, and changed by plans. */
export interface ProductResources {
  list(
    registry: RegistryHandle,
    kind: ResourceKind,
    options?: ResourcesAt,
  ): AsyncGenerator<Resource[], void, void>;
  read(registry: RegistryHandle, kind: ResourceKind, id: string, options?: CallOptions): Promise<Resource>;
  form(registry: RegistryHandle, kind: ResourceKind, options?: ResourcesAt): Promise<ResourceForm>;
  /** What would be written, by what is there now. @throws ServiceError `readOnly`, `invalidInput`; RegistryError `denied` */
  planChanges(
    registry: RegistryHandle,
    wanted: readonly WantedChange[],
    options?: CallOptions,
  ): Promise<ProductChangePlan>;
}

/** Synchronisations that registries do themselves. */
export interface ProductReplication {
  /**
   * A saved synchronisation as rules of this registry, which is one of its two, and the other registry as one that it copies from or to,
   * where it does not know it. The saved one stays.
   *
   * @throws ServiceError `invalidInput` where it is of other registries, or a name is taken; `unsupported`; RegistryError `unsupported` where no
   * rule copies to the same places; `denied`
   */
  planHandOver(registry: RegistryHandle, wanted: HandOver, options?: CallOptions): Promise<ProductChangePlan>;
}

/** Secrets that changes were answered with. */
export interface ProductSecrets {
  /** The secrets that an operation of this process was answered with, once. */
  takeSecrets(operationId: string): { name: string; secret: string }[];
  /** Keeps them as accounts of that registry. @throws ServiceError `unsupported` where they are held no more */
  keepSecrets(operationId: string, account: string): Promise<Account[]>;
}

/** Work that it runs itself. */
export interface ProductJobs {
  runs(registry: RegistryHandle, at: JobAt, options?: CallOptions): Promise<JobRun[]>;
  items(
    registry: RegistryHandle,
    at: JobAt & { run: string },
    options?: CallOptions,
  ): AsyncGenerator<JobItem[], void, void>;
  log(
    registry: RegistryHandle,
    at: JobAt & { run: string; item?: string | undefined },
    options?: CallOptions,
  ): Promise<string>;
  /** What a run would do: by a dry run that the registry makes now, where it can. @throws ServiceError `readOnly`; RegistryError `denied` */
  planJob(
    registry: RegistryHandle,
    at: JobAt & { options: JobOptions },
    options?: CallOptions,
  ): Promise<ProductJobPlan>;
  planStop(
    registry: RegistryHandle,
    at: JobAt & { run: string },
    options?: CallOptions,
  ): Promise<ProductJobPlan>;
}

/** Its own retention beside rules of ours. */
export interface ProductRetention {
  /**
   * What a dry run of a project's retention, made now, would delete, and what saved rules of the account would. Deletes nothing.
   *
   * @throws ServiceError `invalidInput` where there are no such rules, or they cannot be read; `unsupported`, `readOnly`; RegistryError `denied`
   */
  compareRetention(
    registry: RegistryHandle,
    of: { project: string; savedId: string },
    options?: CallOptions,
  ): Promise<ComparedRetention>;
}

/** What its scanner says of artifacts. */
export interface ProductScans {
  scanned(registry: RegistryHandle, artifact: Scanned, options?: CallOptions): Promise<ArtifactScan[]>;
  findings(registry: RegistryHandle, artifact: Scanned, options?: CallOptions): Promise<Finding[]>;
  /** Labels and scans of a repository's artifacts, page by page. */
  notes(
    registry: RegistryHandle,
    repository: string,
    options?: CallOptions,
  ): AsyncGenerator<ArtifactNote[], void, void>;
  /** Changes no image: the registry looks at one. @throws ServiceError `readOnly`, `dryRun` */
  startScan(
    registry: RegistryHandle,
    artifact: Scanned & { type: ScanType },
    options?: CallOptions,
  ): Promise<void>;
  stopScan(
    registry: RegistryHandle,
    artifact: Scanned & { type: ScanType },
    options?: CallOptions,
  ): Promise<void>;
}

/** Registries that one manages beside itself, each at an address of its own. */
export interface ProductRegistries {
  /** @throws ServiceError `unsupported` where its product has none; RegistryError */
  foundRegistries(registry: RegistryHandle, options?: CallOptions): Promise<FoundRegistry[]>;
  /** Keeps those of these names as accounts, with the sign-in of one. @throws ServiceError `invalidInput` for any that is not new */
  addRegistries(
    registry: RegistryHandle,
    wanted: { account: string; names: readonly string[] },
    options?: CallOptions,
  ): Promise<Account[]>;
}

/** What registries manage beside images. All of it @throws ServiceError `unsupported` where the product has no such ability; RegistryError */
export interface ProductsService
  extends ProductStatements,
    ProductResources,
    ProductReplication,
    ProductSecrets,
    ProductJobs,
    ProductRetention,
    ProductScans,
    ProductRegistries {}
