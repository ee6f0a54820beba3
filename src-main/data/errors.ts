import type { DataErrorCode } from '../common/failure.ts';

export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: DataErrorCode;
  /** The system's own words; shown as text, never parsed; holds no secret. */
  readonly reason?: string;

  constructor(code: DataErrorCode, reason?: string, options?: ErrorOptions) {
    super(reason === undefined ? code : `${code}: ${reason}`, options);
    this.code = code;
    if (reason !== undefined) this.reason = reason;
  }
}

const FULL_CODES = new Set(['ENOSPC', 'EDQUOT']);
/** SQLITE_FULL; an extended result code keeps the primary one in its low byte. */
const SQLITE_FULL = 13;
/** SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log, which is made as soon as the file is opened. */
const SQLITE_IOERR_SHMSIZE = 4874;

/** The error's own words in one line, or its text. */
export function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 500);
}

/**
 * What a failure of the file system or of SQLite is called: a full disk is distinguished, because the user can repair it and
 * because nothing was lost.
 */
export function storageError(error: unknown, otherwise: DataErrorCode = 'storageFailed'): DataError {
  if (error instanceof DataError) return error;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  const full =
    (typeof code === 'string' && FULL_CODES.has(code)) ||
    (typeof errcode === 'number' && ((errcode & 0xff) === SQLITE_FULL || errcode === SQLITE_IOERR_SHMSIZE));
  return new DataError(full ? 'diskFull' : otherwise, wordsOf(error), { cause: error });
}
