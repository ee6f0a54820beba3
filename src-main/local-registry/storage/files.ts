import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What keeps a written file through a crash of the machine, or not: seeded content can be made again. */
export interface WriteOptions {
  durable: boolean;
}

/** Images may be secret: other users of the machine read nothing, whatever the modes of the folders above. */
export const PRIVATE_FILE = { mode: 0o600 } as const;
export const PRIVATE_FOLDER = 0o700;

/** The error code of a failed file operation, or undefined. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Runs a file operation; undefined where the file or folder is not there. */
export async function ifPresent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The names in a folder; none if it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await ifPresent(readdir(folder))) ?? [];
}

/**
 * Writes a file so that its name holds either the old content or the new one, whole, whatever happens meanwhile.
 * On failure (a full disk) nothing is left behind.
 */
export async function writeAtomically(
  temporary: string,
  path: string,
  bytes: Uint8Array | string,
  { durable }: WriteOptions,
): Promise<void> {
  const draft = join(temporary, randomUUID());
  try {
    const file = await open(draft, 'wx', PRIVATE_FILE.mode);
    try {
      await file.writeFile(bytes);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await moveInto(draft, path, { durable });
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Gives a finished file its name, making the folder. */
export async function moveInto(from: string, to: string, { durable }: WriteOptions): Promise<void> {
  const folder = dirname(to);
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    await rename(from, to);
  }
  if (durable) await syncFolder(folder);
}

/** Makes renames and removals in a folder survive a power cut; Windows can not open folders and needs no such step. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await ifPresent(open(folder, 'r'));
  if (!handle) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a folder if it is empty. */
export async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
}

/** Writes all of the bytes at the file's position. */
export async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(bytes, written, bytes.byteLength - written, position + written);
    written += bytesWritten;
  }
}
