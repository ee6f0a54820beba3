import type { Failure } from '../common/failure.ts';
import type { Scan, ScanScope } from '../common/inventory.ts';
import { RegistryError, type RegistryErrorCode } from '../engine/index.ts';
import { REGISTRY_ERRORS } from '../engine/vocabulary/errors.ts';
import { ServiceError } from './errors.ts';
import type { RegistryHandle } from './types.ts';

/** What scans do, as far as it is needed here. */
export interface Scanning {
  scan(
    registry: RegistryHandle,
    scope: ScanScope,
    options?: { names?: (signal: AbortSignal) => Promise<readonly string[]> },
  ): Promise<{ scanId: string }>;
  watch(options: { signal: AbortSignal }): AsyncGenerator<Scan, void, void>;
  pause(id: string): Promise<void>;
}

export interface ScanningOptions {
  signal: AbortSignal;
  seen: (scan: Scan) => void;
  /** More that may be there, where the registry gives no list. */
  names?: (signal: AbortSignal) => Promise<readonly string[]>;
}

/**
 * Looks through a part of a registry for what is not known of it, and returns when that is done.
 *
 * @throws ServiceError `busy` where the registry is being scanned; what the scan failed with
 */
export async function scanWhole(
  scans: Scanning,
  registry: RegistryHandle,
  scope: ScanScope,
  { signal, seen, ...options }: ScanningOptions,
): Promise<void> {
  const { scanId } = await scans.scan(registry, scope, options);
  const watching = new AbortController();
  const stop = () => {
    watching.abort();
    void scans.pause(scanId).catch(() => {});
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const scan of scans.watch({ signal: watching.signal })) {
      if (scan.id !== scanId) continue;
      const { status, failure } = scan;
      seen(scan);
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
