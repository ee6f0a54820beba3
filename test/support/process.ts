import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { whenFinished } from './cleanup.ts';

/** A start is allowed this long: the machine may be busy with other tests; nothing waits this long when all is well. */
const START_TIMEOUT_MS = 30_000;
/** A program asked to end gets this long before it is killed. */
const STOP_TIMEOUT_MS = 5_000;
/** Between two attempts to connect. */
const POLL_MS = 25;

interface StartOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A started program and everything it starts in its turn. */
export interface StartedProcess {
  readonly pid: number;
  /** Everything printed so far on stdout and stderr, in order of arrival. */
  output(): string;
  /** Resolves with the first match in the output, past or to come; rejects with the output if the program ends or time is up. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Writes `text` to its stdin and ends that. */
  write(text: string): void;
  readonly exited: Promise<Exit>;
  /** Ends the program and its whole group; resolves when it is gone. Safe to repeat. */
  stop(): Promise<Exit>;
}

/** Signals a program's group (Windows has no groups: the program alone); false if it is gone. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a program in a process group of its own and ends the whole group when the test, or outside a test the file, ends,
 * also if this process exits before.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  { env, cwd }: StartOptions = {},
): Promise<StartedProcess> {
  const child = spawn(command, args, {
    detached: process.platform !== 'win32',
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} started without a process id`);

  let output = '';
  /** Apart: a line of one may come in the middle of a line of the other. */
  const texts = ['', ''];
  let ended = false;
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  for (const [at, stream] of [child.stdout, child.stderr].entries()) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      texts[at] += text;
      notify();
    });
  }
  // A program that ends before it reads its input is judged by how it ends.
  child.stdin.on('error', () => {});
  const killOnExit = () => void signalGroup(pid, 'SIGKILL');
  process.once('exit', killOnExit);
  // `close` comes after the last output, `exit` may come before it.
  const exited = once(child, 'close').then(([code, signal]): Exit => {
    ended = true;
    process.removeListener('exit', killOnExit);
    notify();
    return { code, signal };
  });

  const describeOutput = () => (output === '' ? 'It printed nothing.' : `It printed:\n${output}`);

  const started: StartedProcess = {
    pid,
    output: () => output,
    exited,
    write: (text) => void child.stdin.end(text),
    waitFor(pattern, timeoutMs = START_TIMEOUT_MS) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          listeners.delete(check);
          settle();
        };
        const check = () => {
          const match = texts.map((text) => pattern.exec(text)).find((found) => found !== null);
          if (match) finish(() => resolve(match));
          else if (ended)
            finish(() => reject(new Error(`${command} ended before ${pattern}. ${describeOutput()}`)));
        };
        const timer = setTimeout(
          () =>
            finish(() =>
              reject(new Error(`${command}: no ${pattern} in ${timeoutMs} ms. ${describeOutput()}`)),
            ),
          timeoutMs,
        );
        listeners.add(check);
        check();
      });
    },
    async stop() {
      if (!ended) {
        signalGroup(pid, 'SIGTERM');
        const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_TIMEOUT_MS);
        await exited;
        clearTimeout(timer);
      }
      signalGroup(pid, 'SIGKILL'); // what it started and left behind
      return exited;
    },
  };
  whenFinished(() => started.stop());
  return started;
}

/** Runs a program to its end. @throws with its whole output if it does not exit with 0. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: StartOptions & { readonly input?: string } = {},
): Promise<string> {
  const started = await startProcess(command, args, options);
  started.write(options.input ?? '');
  const { code, signal } = await started.exited;
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}:\n${started.output()}`);
  return started.output();
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}

/** Resolves when 127.0.0.1:`port` takes a connection; rejects when time is up. */
export async function waitForPort(port: number, timeoutMs = START_TIMEOUT_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await connects(port))) {
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
