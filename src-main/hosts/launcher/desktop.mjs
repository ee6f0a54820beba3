import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { whenOrphaned } from './orphan.mjs';
import { say } from './say.mjs';

/** What the Electron host prints on stdout once its window is there. */
const OPEN_LINE = 'Wharfinger is open.';
/** Chromium's own log lines (`[1234:0102/030405.678:ERROR:…`): missing GPU, no D-Bus. Of no use to the user. */
const CHROMIUM_LOG = /^\[\d+:\d{4}\/\d{6}/;
const CHROMIUM_PREFIX = /^\[\d+:[^\]]*\] /;

/**
 * Runs the desktop window to its end.
 *
 * @param {string} executable Electron's
 * @param {readonly string[]} args
 * @returns {Promise<number | string>} its exit code, or why it ended before there was a window
 */
export function openDesktop(executable, args) {
  return new Promise((resolve) => {
    const child = spawn(executable, args, { stdio: ['inherit', 'pipe', 'pipe'] });
    let open = false;
    let lastWords = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      open ||= line === OPEN_LINE;
      process.stdout.write(`${line}\n`);
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.trim()) lastWords = line.replace(CHROMIUM_PREFIX, '').trim();
      if (open && !CHROMIUM_LOG.test(line)) say(line);
    });
    const end = () => void child.kill('SIGTERM');
    for (const signal of SIGNALS) process.on(signal, end);
    const stopLooking = whenOrphaned(end);
    child.once('error', (error) => {
      lastWords = error.message;
    });
    child.once('close', (code, signal) => {
      stopLooking();
      for (const ended of SIGNALS) process.off(ended, end);
      if (open || code === 0) resolve(code ?? 0);
      else
        resolve(`Electron ended at once (${(lastWords || (signal ?? `exit code ${code}`)).slice(0, 300)})`);
    });
  });
}

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
