import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { z } from 'zod';
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { pinnedNode, root } from '../../../src-main/hosts/launcher/place.mjs';
import { isolatedEnvironment } from '../../support/app.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

// Each command is a process of its own: on a busy machine a test of ten takes a while.
vi.setConfig({ testTimeout: 60_000 });

/** A build takes seconds, on a busy machine more. */
export const BUILD_TIMEOUT_MS = 120_000;

/** Builds the command line if it is not built yet; `npm test` has done so before. */
export function buildCommandLine(): Promise<void> {
  return ensureBuilt(['main']);
}

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  /** Resolves when the text is on stdout or stderr. */
  seen(text: string): Promise<void>;
  interrupt(): void;
  /** As `kill -9` does: the program gets no chance. */
  kill(): void;
  readonly finished: Promise<Finished>;
}

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where stdout goes instead: a file that is open, or a reader that has stopped. */
  readonly stdout?: number | 'closed';
  /** Of what is printed; default UTF-8. */
  readonly encoding?: BufferEncoding;
  /** The program `script`: runs it on a terminal, of which all is seen on stdout. */
  readonly terminal?: string;
}

/** `wharfinger` as scripts start it: a process with a home of its own, and no terminal. */
export class CommandLine {
  readonly #env: Record<string, string>;
  readonly home: string;

  private constructor(home: string) {
    this.home = home;
    this.#env = isolatedEnvironment(home);
  }

  static async open(): Promise<CommandLine> {
    const home = await temporaryFolder();
    await mkdir(join(home, 'user'), { recursive: true });
    return new CommandLine(home);
  }

  start(args: readonly string[], options: Options = {}): Running {
    const { input = '', env = {}, stdout, encoding = 'utf8', terminal } = options;
    const command = [pinnedNode(), join(root, 'dist/main/cli.js'), ...args];
    const [program = '', ...rest] =
      terminal === undefined ? command : [terminal, '-qec', command.map(quoted).join(' '), '/dev/null'];
    const child = spawn(program, rest, {
      env: { ...this.#env, ...env },
      stdio: ['pipe', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
    }) as ChildProcessWithoutNullStreams;
    if (stdout === 'closed') child.stdout.destroy();
    whenFinished(() => {
      child.kill('SIGKILL');
    });
    const output = { stdout: '', stderr: '' };
    const listeners = new Set<() => void>();
    for (const stream of ['stdout', 'stderr'] as const) {
      // A stream that goes elsewhere is null.
      child[stream]?.setEncoding(encoding).on('data', (text: string) => {
        output[stream] += text;
        for (const listener of listeners) listener();
      });
    }
    // A program that ends before it reads its input is judged by how it ends.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const finished = new Promise<Finished>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, ...output }));
    });
    return {
      finished,
      interrupt: () => void child.kill('SIGINT'),
      kill: () => void child.kill('SIGKILL'),
      seen: (text) =>
        new Promise((resolve, reject) => {
          const look = () => {
            if (!`${output.stdout}${output.stderr}`.includes(text)) return;
            listeners.delete(look);
            resolve();
          };
          listeners.add(look);
          look();
          void finished.then(({ stdout, stderr }) =>
            reject(new Error(`It ended first:\n${stdout}${stderr}`)),
          );
        }),
    };
  }

  run(args: readonly string[], options?: Options): Promise<Finished> {
    return this.start(args, options).finished;
  }

  /** Runs with --json; the document must have exactly this shape. */
  async json<T extends z.ZodType>(shape: T, args: readonly string[], options?: Options): Promise<z.infer<T>> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code !== 0) throw new Error(`It ended with ${code}:\n${stderr}`);
    return shape.parse(JSON.parse(stdout));
  }

  /** Runs with --json something that fails: its exit code and its one error document. */
  async failure(
    args: readonly string[],
    options?: Options,
  ): Promise<{ exit: number | null; code: string; words: string; object: string | null }> {
    const { code: exit, stdout, stderr } = await this.run([...args, '--json'], options);
    if (stdout !== '') throw new Error(`It printed a result:\n${stdout}`);
    const { code, message, reason, object } = errorDocument.parse(JSON.parse(stderr)).error;
    return { exit, code, words: `${message} ${reason ?? ''}`, object };
  }
}

/** For a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const warning = z.strictObject({ code: z.string(), message: z.string().min(1) });
const errorDocument = z.strictObject({
  warnings: z.array(warning).optional(),
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    reason: z.string().nullable(),
    object: z.string().nullable(),
  }),
});
