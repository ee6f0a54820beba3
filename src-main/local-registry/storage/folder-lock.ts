import { realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectionService } from './collection/types.ts';
import { askHolder, PLACE, serve } from './control.ts';
import { errorCode } from './files.ts';
import type { Identity } from './identity.ts';

export interface FolderLock {
  /** Lets other processes of the folder's owner ask for collections. */
  offer(collector: CollectionService): void;
  release(): Promise<void>;
}

/** A registry of this or another process has the folder. */
export class FolderInUse extends Error {}

/**
 * Makes this process the folder's only registry: two would not see each other's tags. The lock is a local socket, which
 * ends with its process however that ends. Its name comes from the folder's secret, so that no other program can take it first.
 *
 * @throws {FolderInUse} if another registry has the folder
 * @throws if another program has its lock
 */
export async function lockFolder(folder: string, identity: Identity): Promise<FolderLock> {
  const address = await lockAddress(folder, identity);
  const lock = await listen(address, identity);
  if (lock) return lock;
  const holder = await askHolder(address, identity);
  if (holder === 'gone' && isFile(address)) {
    await rm(address, { force: true }); // its process was killed
    const second = await listen(address, identity);
    if (second) return second;
  }
  if (holder !== 'other') throw new FolderInUse(`Another registry is using ${folder}`);
  throw new Error(
    `Another program, which is no registry of this folder, holds the lock of ${folder}. Delete the file "identity" in it and try again.`,
  );
}

/** A name for {@link createServer}. */
export async function lockAddress(folder: string, identity: Identity): Promise<string> {
  const name = `local-registry-${identity.name(`${PLACE} ${await realpath(folder)}`).slice(0, 32)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  if (process.platform === 'linux') return `\0${name}`; // abstract: no file that could stay behind
  return join(tmpdir(), `${name}.sock`);
}

function listen(address: string, identity: Identity): Promise<FolderLock | undefined> {
  return new Promise((resolve, reject) => {
    let offered: CollectionService | undefined;
    const server = createServer((socket) => serve(socket, identity, () => offered));
    server.unref();
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      resolve({
        offer: (collector) => {
          offered = collector;
        },
        release: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}

function isFile(address: string): boolean {
  return address.startsWith(tmpdir());
}
