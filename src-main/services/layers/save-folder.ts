import { constants, type Stats } from 'node:fs';
import { copyFile, type FileHandle, link, lstat, mkdir, open, readdir, rm, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix } from 'node:path';
import type { SavedFiles } from '../../common/files.ts';
import { fileError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { ImageLayers } from './image-layers.ts';
import type { Selection } from './selection.ts';

/** A file that is there must be written anew, and none that a link leads to. */
const WRITE = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0);
/** What names have on Windows that lead elsewhere, or cannot be. */
const ODD_ON_WINDOWS = /[\\:*?"<>|]|[. ](\/|$)/;

/**
 * A directory into a folder that is not there yet or empty, and nothing outside of it: symbolic links are made last, so that nothing is
 * written through one, and those that lead out of the folder are left out. Bits that lend rights are not set. Where it fails the
 * folder is as it was.
 *
 * @throws ServiceError `invalidInput` where there is something in the folder; {RegistryError} `fileFailed` and those of the layers
 */
export async function saveFolder(
  to: string,
  selection: Selection,
  image: ImageLayers,
  signal: AbortSignal | undefined,
): Promise<SavedFiles> {
  const made = await prepare(to);
  try {
    return await new FolderSaving(to).run(selection, image, signal);
  } catch (error) {
    if (made) await rm(to, { recursive: true, force: true });
    else for (const name of await readdir(to)) await rm(join(to, name), { recursive: true, force: true });
    throw fileError(error);
  }
}

/** @returns whether the folder was made */
async function prepare(to: string): Promise<boolean> {
  try {
    const there: Stats | undefined = await lstat(to).catch(() => undefined);
    if (!there) {
      await mkdir(to);
      return true;
    }
    if (there.isDirectory() && (await readdir(to)).length === 0) return false;
  } catch (error) {
    throw fileError(error);
  }
  throw new ServiceError('invalidInput', `${to} is no empty folder.`);
}

class FolderSaving {
  readonly #to: string;
  #leftOut = 0;
  #files = 0;
  #bytes = 0;

  constructor(to: string) {
    this.#to = to;
  }

  async run(selection: Selection, image: ImageLayers, signal: AbortSignal | undefined): Promise<SavedFiles> {
    this.#leftOut = selection.others;
    for (const { name, node } of selection.directories) {
      const mode = ((node.tree.columns.mode[node.node] ?? 0) & 0o777) | 0o700;
      await this.#at(name, (path) => mkdir(path, { mode }));
    }
    await this.#writeFiles(selection, image, signal);
    for (const { name, node } of selection.symlinks) {
      if (leadsOut(name, node.link)) this.#leftOut += 1;
      else await this.#at(name, (path) => symlink(node.link, path));
    }
    return { files: this.#files, bytes: this.#bytes, leftOut: this.#leftOut };
  }

  async #writeFiles(
    selection: Selection,
    image: ImageLayers,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let handle: FileHandle | undefined;
    let others: readonly string[] = [];
    let first = '';
    try {
      for await (const piece of selection.contents(image, signal)) {
        if (piece.kind === 'begin') {
          [first = '', ...others] = piece.names;
          const mode = (piece.entry.mode & 0o777) | 0o600;
          handle = await this.#at(first, (path) => open(path, WRITE, mode));
        } else if (piece.kind === 'bytes') {
          await handle?.writeFile(piece.bytes);
          this.#bytes += piece.bytes.byteLength;
        } else {
          await handle?.close();
          if (handle) this.#files += 1;
          handle = undefined;
          for (const other of others) await this.#again(first, other);
        }
      }
    } finally {
      await handle?.close();
    }
  }

  /** Another name of a file; a copy where the file system has no hard links. */
  async #again(name: string, other: string): Promise<void> {
    const from = join(this.#to, name);
    await this.#at(other, (path) => link(from, path).catch(() => copyFile(from, path)));
    this.#files += 1;
  }

  async #at<T>(name: string, work: (path: string) => Promise<T>): Promise<T | undefined> {
    if (process.platform === 'win32' && ODD_ON_WINDOWS.test(name)) {
      this.#leftOut += 1;
      return undefined;
    }
    return await work(join(this.#to, name));
  }
}

function leadsOut(name: string, target: string): boolean {
  if (isAbsolute(target) || posix.isAbsolute(target)) return true;
  const path = posix.normalize(posix.join(dirname(name), target));
  return path === '..' || path.startsWith('../');
}
