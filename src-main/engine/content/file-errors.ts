import { RegistryError } from '../errors.ts';

/** What is wrong with content itself: nothing of it is used. */
export function damaged(where: string, what: string, cause?: unknown): RegistryError {
  return new RegistryError('contentDamaged', '', { reason: `${where}: ${what}`, cause });
}

/** Something else than what it was taken for. */
export function notContent(where: string, what: string): RegistryError {
  return new RegistryError('notContent', '', { reason: `${where}: ${what}` });
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Runs work on files; what the system refuses becomes `fileFailed`, in its words.
 *
 * @throws {RegistryError}
 */
export async function onFiles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error);
  }
}

/** An error of the system as the engine's; any other one as it is. */
export function fileError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new RegistryError('fileFailed', '', { reason: error.message, cause: error });
}

/** @throws {RegistryError} `cancelled` */
export function goOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RegistryError('cancelled', '', { cause: signal.reason });
}
