import { RegistryError } from '../registry-error.ts';
import { errorCode } from '../storage/files.ts';
import { jsonReply, type Reply } from './reply.ts';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Any failure as the spec's error document. A file's path is never shown. */
export function errorReply(error: unknown): Reply {
  const known = error instanceof RegistryError ? error : unexpected(error);
  const { code, message, detail } = known;
  return jsonReply(known.status, { errors: [{ code, message, detail }] }, { ...known.headers });
}

function unexpected(error: unknown): RegistryError {
  const code = errorCode(error);
  if (code !== undefined && DISK_FULL.has(code)) {
    return new RegistryError(507, 'UNKNOWN', 'the disk is full; nothing was changed', { detail: { code } });
  }
  return new RegistryError(500, 'UNKNOWN', 'the registry failed', {
    detail: code === undefined ? null : { code },
  });
}
