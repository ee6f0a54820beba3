import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ifPresent } from '../files.ts';
import type { DiskUse } from './types.ts';

/** `st_blocks` counts in these, whatever the file system's own blocks are. */
const BLOCK = 512;
/** Looks at files at once; more does not help four file threads. */
const LOOKS_AT_ONCE = 64;

/** Asks the file system of everything in the folder. What goes meanwhile is left out; a file with several names counts once. */
export async function diskUse(folder: string, signal: AbortSignal): Promise<DiskUse> {
  const use: DiskUse = { allocated: 0, apparent: 0, files: 0 };
  const linked = new Set<string>();
  const add = async (path: string): Promise<void> => {
    const found = await ifPresent(lstat(path));
    if (!found) return;
    if (found.nlink > 1 && !found.isDirectory()) {
      const inode = `${found.dev} ${found.ino}`;
      if (linked.has(inode)) return;
      linked.add(inode);
    }
    use.allocated += found.blocks * BLOCK;
    use.apparent += found.size;
    if (!found.isDirectory()) use.files += 1;
  };
  await add(folder);
  for await (const entries of foldersIn(folder, signal))
    for (let at = 0; at < entries.length; at += LOOKS_AT_ONCE)
      await Promise.all(entries.slice(at, at + LOOKS_AT_ONCE).map((entry) => add(pathOf(entry))));
  return use;
}

/** What is in each folder below one, folder by folder. */
export async function* foldersIn(folder: string, signal: AbortSignal): AsyncGenerator<Dirent[], void, void> {
  const waiting = [folder];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    signal.throwIfAborted();
    const entries = (await ifPresent(readdir(path, { withFileTypes: true }))) ?? [];
    for (const entry of entries) if (entry.isDirectory()) waiting.push(pathOf(entry));
    yield entries;
  }
}

export function pathOf({ parentPath, name }: Dirent): string {
  return join(parentPath, name);
}
