import type { Plan } from '../../common/plan.ts';
import type {
  CopyOptions,
  CopyPlan,
  CountedTags,
  SavedTransfer,
  SyncPlanning,
  SyncRules,
  TagRules,
} from '../../common/transfer.ts';
import type { TransferRequest } from '../../engine/index.ts';
import type { CallOptions, PlaceHandle, RegistryHandle } from '../types.ts';

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
  /**
   * A plan of the same kind without some items, by their numbers; the one that it is made from stays. Asks no registry.
   *
   * @throws ServiceError `planExpired`, and `planStale` where what was found for it is not at hand any more
   */
  narrow(planId: string, without: readonly number[]): Promise<Plan>;
  /**
   * How many tags of each repository are meant, in no order: from the inventory first; the registry is asked for what is
   * unknown there.
   */
  countTags(
    registry: RegistryHandle,
    repositories: readonly string[],
    rules: TagRules,
    options?: CallOptions,
  ): AsyncGenerator<CountedTags, void, void>;
  saved(): SavedTransfer[];
  /** Saved ones that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadableSaved(): { id: string; name: string }[];
  /** Adds one, or changes the one with this id. */
  save(saved: Pick<SavedTransfer, 'name' | 'definition'> & { id?: string | undefined }): SavedTransfer;
  removeSaved(id: string): void;
}
