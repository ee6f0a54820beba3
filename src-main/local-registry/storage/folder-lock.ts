import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './files.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Makes this process the folder's only registry: two would not see each other's tags. The lock is a local socket, which
 * ends with its process however that ends.
 *
 * @throws if another registry has the folder.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const address = addressOf(await realpath(folder));
  const lock = await listen(address);
  if (lock) return lock;
  const inUse = new Error(`Another registry is using ${folder}`);
  if (isFile(address) && !(await answers(address))) {
    await rm(address, { force: true }); // its process was killed
    const second = await listen(address);
    if (second) return second;
  }
  throw inUse;
}

function addressOf(folder: string): string {
  const name = `local-registry-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  if (process.platform === 'linux') return `\0${name}`; // abstract: no file that could stay behind
  return join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<FolderLock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      resolve({
        release: () => new Promise((done) => server.close(() => done())),
      });
    });
  });
}

function isFile(address: string): boolean {
  return address.startsWith(tmpdir());
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
