import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './files.ts';
import { type Identity, newChallenge, PROOF_TIMEOUT_MS } from './identity.ts';

export interface FolderLock {
  release(): Promise<void>;
}

const PLACE = 'lock';
/** A challenge, or a proof, with the end of its line. */
const LINE_MAX = 100;

/**
 * Makes this process the folder's only registry: two would not see each other's tags. The lock is a local socket, which
 * ends with its process however that ends. Its name comes from the folder's secret, so that no other program can take it first.
 *
 * @throws if another registry has the folder, or another program its lock.
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
  throw new Error(
    holder === 'other'
      ? `Another program, which is no registry of this folder, holds the lock of ${folder}. Delete the file "identity" in it and try again.`
      : `Another registry is using ${folder}`,
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
    const server = createServer((socket) => {
      readLine(socket, (challenge) => socket.end(`${identity.prove(challenge, PLACE) ?? ''}\n`));
    });
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

/** `ours`: a registry of this folder; `other`: a program that does not know its secret; `gone`: no process. */
function askHolder(address: string, identity: Identity): Promise<'ours' | 'other' | 'gone'> {
  return new Promise((resolve) => {
    const challenge = newChallenge();
    const socket = connect(address, () => {
      socket.write(`${challenge}\n`);
      readLine(socket, (proof) => resolve(identity.proves(challenge, PLACE, proof) ? 'ours' : 'other'));
    });
    socket.once('error', () => resolve(socket.bytesWritten > 0 ? 'other' : 'gone'));
    socket.once('close', () => resolve('other'));
  });
}

/** The first line that comes, if it comes soon; then, or without one, the socket ends. */
function readLine(socket: Socket, take: (line: string) => void): void {
  let text = '';
  const timer = setTimeout(() => socket.destroy(), PROOF_TIMEOUT_MS);
  socket.unref();
  socket.once('close', () => clearTimeout(timer));
  socket.on('error', () => undefined); // the other end left
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const end = text.indexOf('\n');
    if (end < 0 && text.length <= LINE_MAX) return;
    if (end >= 0) take(text.slice(0, end));
    socket.end();
  });
}
