import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A living process answers on its own machine at once; this much for one that is stopped in a debugger or swapped out. */
const ANSWER_TIMEOUT = 2_000;

const SOCKET_FILE = /wharfinger-[0-9a-f-]{36}\.sock$/;

/**
 * Marks this process as alive for others: a local socket that the operating system closes when the process dies, however
 * it dies. Unlike a process id it is never given to another process, and unlike a heartbeat it survives a suspended laptop.
 */
export class ProcessMark {
  #text: string | undefined;
  #server: Server | undefined;

  /** Where others ask: `pid address`. Opened when it is first read: most commands begin nothing that others could ask about. */
  get text(): string {
    this.#text ??= this.#open();
    return this.#text;
  }

  close(): void {
    this.#server?.close();
  }

  #open(): string {
    const address = newAddress();
    const server = createServer((socket) => socket.destroy());
    server.on('error', () => {});
    // A local socket is bound before `listen` returns; `listening` shows whether it is.
    server.listen(pathOf(address)).unref();
    // Without a place for the socket only the process id is left.
    if (!server.listening) return `${process.pid}`;
    this.#server = server;
    return `${process.pid} ${address}`;
  }
}

/** Whether the process that made this mark still lives. */
export async function isAlive(mark: string): Promise<boolean> {
  const [pid = '', ...rest] = mark.split(' ');
  const address = rest.join(' ');
  const alive = processExists(Number(pid)) && (address === '' || (await answers(address)));
  // Killed processes leave their file behind.
  if (!alive && SOCKET_FILE.test(address)) rmSync(address, { force: true });
  return alive;
}

/** A name that is free when its process dies: on Linux and Windows it leaves nothing in the file system. */
function newAddress(): string {
  const name = `wharfinger-${randomUUID()}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `@${name}` : join(tmpdir(), `${name}.sock`);
}

/** `@name` means Linux's abstract sockets, as in other tools. */
function pathOf(address: string): string {
  return address.startsWith('@') ? `\0${address.slice(1)}` : address;
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(pathOf(address));
    const settle = (alive: boolean) => {
      resolve(alive);
      socket.destroy();
    };
    socket.setTimeout(ANSWER_TIMEOUT, () => settle(true));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function processExists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
