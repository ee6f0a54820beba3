import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileError } from '../engine/index.ts';
import { ServiceError } from './errors.ts';

/**
 * Writes a file beside its place and puts it there when it is whole: what is there stays until then, and nothing is left where its
 * bytes fail.
 *
 * @throws {RegistryError} `fileFailed`, and whatever the bytes fail with
 */
export async function saveFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    await pipeline(chunks, createWriteStream(part, { flags: 'wx' }));
    await rename(part, path);
  } catch (error) {
    // Where it could not even be made there is nothing to remove.
    await rm(part, { force: true }).catch(() => undefined);
    throw fileError(error);
  }
}

/** Before anything is read for it: a part of a path would be one from wherever this process was started. @throws ServiceError `invalidInput` */
export function checkTarget(path: string): void {
  if (!isAbsolute(path)) throw new ServiceError('invalidInput', `${path} is no whole path.`);
}
