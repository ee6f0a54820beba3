import { spawn } from 'node:child_process';
import { whenOrphaned } from './orphan.mjs';
import { Interrupted } from './say.mjs';

/** @type {readonly NodeJS.Signals[]} */
const PASSED_ON = process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in this one's place: its input and output, its signals, its exit code. The launcher never ends before it, so
 * that Ctrl-C leaves nothing behind.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 128 + number for a signal, as in a shell
 */
export function become(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const handlers = PASSED_ON.map((signal) => {
      const handler = () => void child.kill(signal);
      process.on(signal, handler);
      return /** @type {const} */ ([signal, handler]);
    });
    const stopLooking = whenOrphaned(() => void child.kill('SIGTERM'));
    const done = () => {
      stopLooking();
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal ? (SIGNAL_NUMBERS[signal] ?? 0) : 0));
    });
  });
}

/** @type {Partial<Record<NodeJS.Signals, number>>} */
const SIGNAL_NUMBERS = { SIGBREAK: 21, SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/**
 * Runs a program to its end and keeps what it says, at most the last `KEPT` characters. When this process is asked to end, so is the
 * program with all it has started, and nothing goes on after it.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{code: number | null, output: string}>} `code` null when it was ended by a signal
 * @throws {Interrupted} when this process was asked to end meanwhile
 */
export function runQuietly(program, args, options) {
  return new Promise((resolve, reject) => {
    const env = { ...(options.env ?? process.env), NO_COLOR: '1', FORCE_COLOR: undefined };
    // A group of its own: npm does not pass signals on to the scripts it runs. Windows has no groups.
    const detached = process.platform !== 'win32';
    const child = spawn(program, args, { ...options, env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {NodeJS.Signals | undefined} */
    let asked;
    /** @type {NodeJS.Timeout | undefined} */
    let late;
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      // Asked again, or not done with ending after a while: at once.
      endAll(child, asked ? 'SIGKILL' : 'SIGTERM');
      asked ??= signal;
      late ??= setTimeout(() => endAll(child, 'SIGKILL'), END_WITHIN_MS);
    };
    const handlers = PASSED_ON.map((signal) => {
      const handler = () => end(signal);
      process.on(signal, handler);
      return /** @type {const} */ ([signal, handler]);
    });
    const stopLooking = whenOrphaned(() => end('SIGTERM'));
    const done = () => {
      stopLooking();
      clearTimeout(late);
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
    let output = '';
    /** @param {string} text */
    const keep = (text) => {
      output = (output + text).slice(-KEPT);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code) => {
      done();
      if (asked) reject(new Interrupted(128 + (SIGNAL_NUMBERS[asked] ?? 0)));
      else resolve({ code, output: output.trim() });
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endAll(child, signal) {
  if (child.pid === undefined || process.platform === 'win32') {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All of it has ended by itself.
  }
}

/** Enough for npm's or Vite's last words. */
const KEPT = 8_000;
/** npm undoes what it has begun when it is asked to end, which takes a moment. */
const END_WITHIN_MS = 5_000;
