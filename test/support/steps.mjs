import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { become } from '../../src-main/hosts/launcher/child.mjs';
import { Interrupted, LaunchError } from '../../src-main/hosts/launcher/say.mjs';
import { countTests } from './results.mjs';

/**
 * @typedef {import('./results.mjs').Result} Result
 * @typedef {{name: string, run: () => Promise<Result>}} Step
 */

/**
 * A step that only passes or fails: this Node with arguments, a module of its own or `--run` and a script of package.json.
 *
 * @param {string} name
 * @param {string} root
 * @param {readonly string[]} command
 * @returns {Step}
 */
export function check(name, root, command) {
  return {
    name,
    run: async () => ({
      passed: 0,
      failed: (await runHere(root, command)) === 0 ? [] : [name],
      skipped: [],
    }),
  };
}

/**
 * The tests of a project of Vitest.
 *
 * @param {string} name the project's
 * @param {string} root
 * @param {() => Promise<void>} prepare makes what they need; where that fails, so does the step
 * @returns {Step}
 */
export function tests(name, root, prepare) {
  return {
    name,
    async run() {
      try {
        await prepare();
      } catch (error) {
        if (!(error instanceof LaunchError) || error instanceof Interrupted) throw error;
        console.log(error.message);
        return { passed: 0, failed: [`${name}: what it needs is not built`], skipped: [] };
      }
      const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-results-'));
      try {
        const file = path.join(folder, 'results.json');
        const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
        const code = await runHere(root, [
          'node_modules/vitest/vitest.mjs',
          'run',
          '--project',
          name,
          ...reporters,
        ]);
        return countTests(existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).testResults : [], code);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Runs a module on this Node. What it says on stderr goes to stdout as well, so that a log of that holds the failures; colours only
 * where they are seen.
 *
 * @param {string} root
 * @param {readonly string[]} command
 */
function runHere(root, command) {
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  return become(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...plain },
    stdio: ['inherit', process.stdout.fd, process.stdout.fd],
  });
}

/**
 * Runs the steps one after another, each under a heading; then the summary, which names what failed and what was skipped.
 *
 * @param {readonly Step[]} steps
 * @returns {Promise<number>} the exit code
 */
export async function runSteps(steps) {
  /** @type {Result[]} */
  const results = [];
  const summary = [];
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      interrupted = true;
    });
  }
  for (const { name, run } of steps) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    const begun = performance.now();
    const result = await run();
    if (interrupted) return 130;
    const line = `${result.failed.length === 0 ? '✓' : '✗'} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`;
    console.log(line);
    results.push(result);
    summary.push(line);
    summary.push(...result.failed.map((test) => `    failed: ${test}`));
    summary.push(...result.skipped.map((test) => `    skipped: ${test}`));
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed.length, 0);
  const skipped = results.reduce((sum, result) => sum + result.skipped.length, 0);
  console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}
