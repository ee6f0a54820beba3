/**
 * `npm test`: everything that is checked, in order, on the pinned Node; works from a fresh clone without node_modules too.
 *
 * Every step runs, also after one that failed. The last line is the total, `N passed, N failed, N skipped`, summed over the
 * tests; any other step counts as one failure when it fails. `npm test -- --only unit` runs that step alone; it may be repeated.
 */
import { existsSync, realpathSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { become } from '../src-main/hosts/launcher/child.mjs';
import { ensureInstalled } from '../src-main/hosts/launcher/install.mjs';
import { pinnedNode, refuseOldNode, root } from '../src-main/hosts/launcher/place.mjs';
import { runAsCommand, say } from '../src-main/hosts/launcher/say.mjs';
import { countTests } from './support/results.mjs';

/**
 * @typedef {import('./support/results.mjs').Result} Result
 * @typedef {{name: string, run: () => Promise<Result>}} Step
 */

/** The Vitest projects of vitest.config.ts. */
const PROJECTS = ['unit', 'renderer', 'conformance', 'browser', 'desktop'];
const BUILD = 'src-main/hosts/launcher/build.mjs';

/** @type {readonly Step[]} */
const STEPS = [
  check('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  check('unused', 'node_modules/knip/bin/knip.js'),
  check('types', 'node_modules/typescript/bin/tsc', '--noEmit'),
  check('build', BUILD),
  check('desktop build', BUILD, '--desktop-test'),
  ...PROJECTS.map((project) => ({ name: project, run: () => testProject(project) })),
];

/**
 * A step that only passes or fails: a module with arguments, run on this Node.
 *
 * @param {string} name
 * @param {...string} command
 * @returns {Step}
 */
function check(name, ...command) {
  return {
    name,
    run: async () => ({
      passed: 0,
      failed: (await become(process.execPath, command, { cwd: root })) === 0 ? 0 : 1,
      skipped: [],
    }),
  };
}

/**
 * @param {string} project
 * @returns {Promise<Result>}
 */
async function testProject(project) {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-results-'));
  try {
    const file = path.join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters];
    const code = await become(process.execPath, vitest, { cwd: root });
    return countTests(existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).testResults : [], code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the steps one after another, each under a heading.
 *
 * @param {readonly Step[]} steps
 * @returns {Promise<number>} the exit code
 */
async function runSteps(steps) {
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
    const line = `${result.failed === 0 ? '✓' : '✗'} ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`;
    console.log(line);
    results.push(result);
    summary.push(line, ...result.skipped.map((test) => `    skipped: ${test}`));
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const skipped = results.reduce((sum, result) => sum + result.skipped.length, 0);
  console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}

await runAsCommand(async () => {
  refuseOldNode();
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
  const unknown = values.only.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    say(`No such step: ${unknown.join(', ')}. Steps: ${STEPS.map((step) => step.name).join(', ')}.`);
    return 2;
  }
  await ensureInstalled();
  const node = pinnedNode();
  if (realpathSync(process.execPath) !== realpathSync(node)) {
    const PATH = [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);
    return become(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      env: { ...process.env, PATH },
    });
  }
  return runSteps(values.only.length === 0 ? STEPS : STEPS.filter((step) => values.only.includes(step.name)));
});
