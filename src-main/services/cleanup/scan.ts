import type { CleanupPlanning } from '../../common/cleanup-run.ts';
import type { Failure } from '../../common/failure.ts';
import type { ScanScope } from '../../common/inventory.ts';
import { RegistryError, type RegistryErrorCode } from '../../engine/index.ts';
import { REGISTRY_ERRORS } from '../../engine/vocabulary.ts';
import type { InventoryService } from '../core/inventory.ts';
import { ServiceError } from '../errors.ts';
import type { RegistryHandle } from '../types.ts';

/** How far planning is. */
export type Looking = Extract<CleanupPlanning, { kind: 'looking' }>;

/**
 * Looks through a part of a registry for what is not known of it, and returns when that is done.
 *
 * @throws ServiceError `busy` where the registry is being scanned; what the scan failed with
 */
export async function scanWhole(
  scans: InventoryService,
  registry: RegistryHandle,
  scope: ScanScope,
  { signal, seen }: { signal: AbortSignal; seen: (at: Looking) => void },
): Promise<void> {
  const { scanId } = await scans.scan(registry, scope);
  const watching = new AbortController();
  const stop = () => {
    watching.abort();
    void scans.pause(scanId).catch(() => {});
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const { id, status, repositories, tags, failure } of scans.watch({
      signal: watching.signal,
    })) {
      if (id !== scanId) continue;
      seen({ kind: 'looking', at: 'scan', repositories, tags });
      if (status === 'done') return;
      if (failure) throw errorOf(failure);
      if (status !== 'running') throw new ServiceError('busy', 'The scan of the registry was stopped.');
    }
    throw new RegistryError('cancelled', '');
  } finally {
    watching.abort();
    signal.removeEventListener('abort', stop);
  }
}

function errorOf({ code, request = '', ...details }: Failure): Error {
  const isRegistrys = (REGISTRY_ERRORS as readonly string[]).includes(code);
  if (isRegistrys) return new RegistryError(code as RegistryErrorCode, request, details);
  return new ServiceError('storageFailed', details.reason);
}
