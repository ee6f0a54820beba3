import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { freePort } from '../../support/free-port.ts';

/** How this project's TypeScript is run: as `npm run bench:transfer` itself is. */
export const TYPESCRIPT = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 10;

export interface Server {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Resolves when nothing listens any more. */
  close(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** A child that is ended with this process, whatever happens to it. */
function startChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.removeListener('exit', kill));
  return child;
}

async function stopChild(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
}

/** Starts a server that gets its port and resolves when it listens. */
export async function startServer(
  start: (port: number) => Promise<{ command: string; args: readonly string[]; env: NodeJS.ProcessEnv }>,
): Promise<Server> {
  const port = await freePort();
  const { command, args, env } = await start(port);
  const child = startChild(command, args, env);
  child.stdout.resume();
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stopChild(child);
      throw new Error(`${command} does not listen on port ${port}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return { port, close: () => stopChild(child) };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}
