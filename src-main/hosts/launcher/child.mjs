import { spawn } from 'node:child_process';
import { whenOrphaned } from './orphan.mjs';

/** @type {readonly NodeJS.Signals[]} */
const PASSED_ON = process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in this one's place: its input and output, its signals, its exit code. The launcher never ends before it, so
 * that Ctrl-C leaves nothing behind.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 128 + number for a signal, as a shell tells it
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
const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/**
 * Runs a program to its end and keeps what it says, at most the last `KEPT` characters.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{code: number | null, output: string}>} `code` null when it was ended by a signal
 */
export function runQuietly(program, args, options) {
  return new Promise((resolve, reject) => {
    const env = { ...(options.env ?? process.env), NO_COLOR: '1', FORCE_COLOR: undefined };
    const child = spawn(program, args, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => void child.kill('SIGTERM');
    for (const signal of PASSED_ON) process.on(signal, end);
    let output = '';
    /** @param {string} text */
    const keep = (text) => {
      output = (output + text).slice(-KEPT);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of PASSED_ON) process.off(signal, end);
      resolve({ code, output: output.trim() });
    });
  });
}

/** Enough for npm's or Vite's last words. */
const KEPT = 8_000;
