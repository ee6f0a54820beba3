import type { ItemState, Operation, OperationDetails, OperationItem } from '../../common/operation.ts';
import type { CallOptions, OperationChange, OperationPlaces, PlaceAccess } from '../types.ts';

export interface OperationsService {
  /** All that the status bar shows, then each change as a whole snapshot, at most about ten a second for each operation. */
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
  /** How many run in this process, and would end with it. */
  running(): number;
}
