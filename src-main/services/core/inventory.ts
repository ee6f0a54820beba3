import type { Scan, ScannedPart, ScanScope } from '../../common/inventory.ts';
import type { AccessOverrides, CallOptions, RegistryHandle } from '../types.ts';

/** Looks through registries for what the inventory does not know. Changes no registry: read-only accounts may be scanned. */
export interface InventoryService {
  /**
   * Begins a scan and returns at once, or goes on with one of the same scope that stopped within the last day.
   *
   * @param options `names`: more that may be there, where the registry gives no list; asked for once, and only then
   * @throws ServiceError `busy` where this process or another one scans the registry
   */
  scan(
    registry: RegistryHandle,
    scope: ScanScope,
    options?: { names?: (signal: AbortSignal) => Promise<readonly string[]> },
  ): Promise<{ scanId: string }>;
  /** The last scan of each scope, then each change as a whole snapshot. */
  watch(options?: CallOptions): AsyncGenerator<Scan, void, void>;
  /** Waits until it works no more; aborting the wait does not stop it. @throws ServiceError `operationUnknown` */
  finished(id: string, options?: CallOptions): Promise<Scan>;
  /** The last scan that looked at all of a part of the registry; undefined where none did. */
  lastOf(registry: RegistryHandle, part: ScannedPart): Promise<Scan | undefined>;
  /** Waits until nothing scans the registry. */
  whenFree(registry: RegistryHandle, options?: CallOptions): Promise<void>;
  /** Stops it so that `resume` goes on where it was; what another process works on is stopped by that one. */
  pause(id: string): Promise<void>;
  /** The same, and it does not go on. */
  cancel(id: string): Promise<void>;
  /** @param access flags of the command line: they are not kept, so they are given again @throws ServiceError `busy`, `operationUnknown` */
  resume(id: string, access?: AccessOverrides): Promise<void>;
}
