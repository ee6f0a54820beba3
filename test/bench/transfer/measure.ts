import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A client's command line. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** What one run of a client cost. */
export interface Cost {
  /** Seconds. */
  readonly wall: number;
  /** Seconds, user and system, of the client and all that it started; in steps of 0.01. */
  readonly cpu: number;
  /** MiB, the largest of its processes. */
  readonly peak: number;
  readonly output: string;
  /** null: killed. */
  readonly exit: number | null;
}

interface MeasureOptions {
  /** Milliseconds after which it is killed. */
  readonly timeout: number;
  /** Gets the function that kills the client now, as `kill -9` does. */
  readonly onStart?: (kill: () => void) => void;
}

/** The kernel's high-water mark is read so often; only growth in the last of these steps is missed. */
const LOOK_MS = 15;
/** USER_HZ, the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Runs a client to its end. Linux only: time and memory come from /proc. No other child of ours may end meanwhile. */
export async function measure(
  { program, args, env }: Command,
  { timeout, onStart }: MeasureOptions,
): Promise<Cost> {
  const before = childrenSeconds();
  const began = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  onStart?.(kill);
  const limit = setTimeout(kill, timeout);
  let peak = 0;
  const look = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, ...family(child.pid).map(highWaterMark));
  }, LOOK_MS);
  const [exit] = (await once(child, 'close')) as [number | null];
  const wall = (performance.now() - began) / 1000;
  clearInterval(look);
  clearTimeout(limit);
  process.removeListener('exit', kill);
  return { wall, cpu: childrenSeconds() - before, peak: peak / 1024, output, exit };
}

/** CPU seconds of all children that have ended. */
function childrenSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // Fields 16 and 17 of proc(5), where the first after the name is field 3.
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

function family(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim();
  return [pid, ...(children === '' ? [] : children.split(' ').flatMap((child) => family(Number(child))))];
}

/** KiB. */
function highWaterMark(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty where the process is gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
