import type {
  DriftedTag,
  MatrixBytes,
  MatrixCounts,
  MatrixFilter,
  MatrixLooking,
  MatrixReading,
  MatrixRows,
  SavedComparison,
  SavedComparisonDraft,
  SidePart,
} from '../../common/comparison-matrix.ts';
import type { CopyOptions, CopyPlan } from '../../common/transfer.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** A side as it can be asked. */
export interface MatrixSideAt extends SidePart {
  registry: RegistryHandle;
}

/** Registries or repositories compared tag by tag, by what the inventory knows of them. The first side is the left one of each pair. */
export interface ComparisonMatrixService {
  /**
   * Brings what is not known: lists, and a HEAD for each tag. A side that was looked at lately is not asked again. What stops goes on where it was.
   *
   * @param options `maxAge`: minutes after which a look is no more lately
   */
  look(
    sides: readonly MatrixSideAt[],
    options?: CallOptions & { maxAge?: number | undefined },
  ): AsyncGenerator<MatrixLooking, MatrixLooking, void>;
  /** Asks no registry, as everything below but `read` and plans. */
  rows(
    sides: readonly MatrixSideAt[],
    which: { filter: MatrixFilter; offset: number; limit: number },
    options?: CallOptions,
  ): Promise<MatrixRows>;
  counts(sides: readonly MatrixSideAt[], text: string, options?: CallOptions): Promise<MatrixCounts>;
  /** What of the first side the registry of the other one lacks, of these rows. */
  bytes(sides: readonly MatrixSideAt[], filter: MatrixFilter, options?: CallOptions): Promise<MatrixBytes>;
  /** How many manifests of these rows no scan has read. */
  unread(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    options?: CallOptions,
  ): Promise<{ manifests: number }>;
  /** Reads these, with the images of indexes and their configurations, and tells how far it is. One that fails costs itself only. */
  read(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    options?: CallOptions,
  ): AsyncGenerator<MatrixReading, MatrixReading, void>;
  /**
   * A plan that copies these rows from the first side to the other one; it looks at both once more. What is at the other side alone
   * stays.
   *
   * @throws ServiceError `invalidInput` where there is nothing to copy
   */
  planCopies(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    options?: CallOptions & Partial<CopyOptions>,
  ): Promise<CopyPlan>;
  /** By name. */
  saved(): SavedComparison[];
  /** Saved ones that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadableSaved(): { id: string; name: string }[];
  /** Adds one, or changes the one with this id. @throws ServiceError `invalidInput` for a name that is taken */
  save(saved: SavedComparisonDraft): SavedComparison;
  removeSaved(id: string): void;
  /** Looks at all sides of a saved one now, and keeps how they are. @throws ServiceError `busy` where another process has just begun that */
  runSaved(id: string, options?: CallOptions & { maxAge?: number | undefined }): Promise<SavedComparison>;
  /** What has changed between the last two looks. */
  drift(
    which: { id: string; offset: number; limit: number },
    options?: CallOptions,
  ): Promise<{ items: DriftedTag[]; total: number }>;
  /** Those with a schedule, and any again whenever a look began or ended. */
  watch(options?: CallOptions): AsyncGenerator<SavedComparison, void, void>;
}
