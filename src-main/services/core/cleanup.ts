import type {
  CleanupPlanning,
  CleanupPreview,
  CleanupScope,
  CleanupVersion,
  InUseFile,
  SavedCleanup,
  SavedCleanupDraft,
  UsedRules,
} from '../../common/cleanup-run.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** Rules as they are given: their text, and the files that they name for what is in use, as far as they are at hand. */
export interface GivenRules {
  scope: CleanupScope;
  text: string;
  inUse: readonly InUseFile[];
  /** Of what is in use whatever the rules say. */
  always?: readonly InUseFile[];
  /** Where the files are that they name, and that are not given; without it only those are read that are named from the root. */
  folder?: string;
  /** By which the clusters are asked that they name, where that is done; else by the one that kubectl takes by itself. */
  kubeconfig?: string;
}

export interface CleanupService {
  /** Saved rules of an account's registry, by name. */
  saved(accountId: string): SavedCleanup[];
  /** What they said, the latest first. */
  versions(id: string): CleanupVersion[];
  /** @throws ServiceError `invalidInput` where the text cannot be read, or others have the name */
  save(draft: SavedCleanupDraft): SavedCleanup;
  remove(id: string): void;
  /** Those with a schedule, then each whose run by schedule began or ended. */
  watch(options?: CallOptions): AsyncGenerator<SavedCleanup, void, void>;
  /**
   * What rules would decide by what is known of a registry, an account's id or the origin of one without; asks none.
   *
   * @throws ServiceError `invalidInput` where the text cannot be read
   */
  preview(
    registry: string,
    given: GivenRules,
    options?: CallOptions,
  ): AsyncGenerator<CleanupPreview, void, void>;
  /**
   * What would go; touches nothing. Looks through the registry for what is not known, then at what would go, and ends with the plan.
   *
   * @param rules the name of the text, and where it is kept
   * @throws ServiceError `invalidInput`, `readOnly`; `busy` where the registry is being scanned
   */
  planning(
    registry: RegistryHandle,
    given: GivenRules,
    rules: Pick<UsedRules, 'id' | 'name' | 'version'>,
    options?: CallOptions,
  ): AsyncGenerator<CleanupPlanning, void, void>;
}
