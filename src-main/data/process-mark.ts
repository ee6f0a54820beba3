import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A living process answers on its own machine at once; this much for one that is stopped in a debugger or swapped out. */
const ANSWER_TIMEOUT = 2_000;

/**
 * Marks this process as alive for others: a local socket that the operating system closes when the process dies, however
 * it dies. Unlike a process id it is never given to another process, and unlike a heartbeat it survives a suspended laptop.
 */
export class ProcessMark {
  /** Where others ask: `pid address`. */
  readonly text: string;
  readonly #server: Server | undefined;

  private constructor(text: string, server: Server | undefined) {
    this.text = text;
    this.#server = server;
  }

  static async open(): Promise<ProcessMark> {
    const name = `wharfinger-${randomUUID()}`;
    const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
    const server = createServer((socket) => socket.destroy());
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(address, () => resolve(true));
    });
    // Without a place for the socket only the process id is left.
    if (!listening) return new ProcessMark(`${process.pid}`, undefined);
    server.unref();
    return new ProcessMark(`${process.pid} ${address}`, server);
  }

  close(): void {
    this.#server?.close();
  }
}

/** Whether the process that made this mark still lives. */
export async function isAlive(mark: string): Promise<boolean> {
  const [pid = '', ...rest] = mark.split(' ');
  const address = rest.join(' ');
  if (!processExists(Number(pid))) {
    if (address !== '' && process.platform !== 'win32') rmSync(address, { force: true });
    return false;
  }
  if (address === '') return true;
  return await new Promise<boolean>((resolve) => {
    const socket = connect(address);
    socket.setTimeout(ANSWER_TIMEOUT);
    socket.once('connect', () => resolve(true));
    socket.once('timeout', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.on('connect', () => socket.destroy()).on('timeout', () => socket.destroy());
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
