import { RegistryError } from '../errors.ts';

/**
 * A shared promise's outcome, or `cancelled` as soon as this caller's signal fires; the promise itself goes on for others.
 *
 * @throws {RegistryError} `cancelled`, and whatever the promise fails with.
 */
export async function abandonable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const cancelled = (): RegistryError => new RegistryError('cancelled', '', { cause: signal.reason });
  if (signal.aborted) throw cancelled();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
