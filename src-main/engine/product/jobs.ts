import type { Permission, ResourceKind } from '../resource-kinds.ts';
import type { CollectionRunState } from '../vocabulary/collection.ts';
import type { JobCount, JobOption } from '../vocabulary/jobs.ts';

/** A run of a job, as it stands. */
export interface JobRun {
  readonly id: string;
  readonly state: CollectionRunState;
  /** Absent where the product does not say. */
  readonly started?: string;
  /** When it was seen last to move, or has ended. */
  readonly changed?: string;
  readonly options: { readonly [O in JobOption]?: boolean };
  /** Those that it says. */
  readonly counts: { readonly [C in JobCount]?: number };
  /** Who or what began it, in the product's words. */
  readonly by?: string;
  /** What it says of its end, in the product's words. */
  readonly note?: string;
}

/** One thing that a run worked at: a repository, an artifact, a copy. */
export interface JobItem {
  readonly id: string;
  readonly name: string;
  readonly state: CollectionRunState;
  readonly counts: { readonly [C in JobCount]?: number };
  readonly note?: string;
  /** Of an artifact that goes: its repository, where the work is about a project within that, its digest and its tags. */
  readonly goes?: { readonly repository: string; readonly digest: string; readonly tags: readonly string[] };
}

/** What one kind of work is about: the registry, a project, or a resource by its id. */
export interface Jobs {
  /** A kind of resource whose id is given as `of`; a project's name for `project`; absent: the registry itself. */
  readonly about?: ResourceKind;
  readonly options: readonly JobOption[];
  mayStart(of: string | undefined, signal: AbortSignal | undefined): Promise<Permission>;
  /** @returns the run's id @throws {RegistryError} `conflict` where one is running already, too */
  start(
    of: string | undefined,
    options: { readonly [O in JobOption]?: boolean },
    signal: AbortSignal | undefined,
  ): Promise<string>;
  /** @throws {RegistryError} */
  run(id: string, signal: AbortSignal | undefined): Promise<JobRun>;
  /** The latest first: a bounded number. @throws {RegistryError} */
  runs(of: string | undefined, signal: AbortSignal | undefined): Promise<readonly JobRun[]>;
  /** What it worked at, where it says so. */
  items?(id: string, signal: AbortSignal | undefined): AsyncGenerator<readonly JobItem[]>;
  /** Of a run, or of one of its items. @throws {RegistryError} `tooLarge`, too */
  log?(id: string, item: string | undefined, signal: AbortSignal | undefined): Promise<string>;
  /** Asks for its end. @throws {RegistryError} */
  stop?(id: string, signal: AbortSignal | undefined): Promise<void>;
}
