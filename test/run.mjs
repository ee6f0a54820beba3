/**
 * `npm test`: everything that is checked, in order, on the pinned Node; works from a fresh clone without node_modules too.
 *
 * Every step runs, also after one that failed. The summary at the end names what failed and what was skipped; the last line is the
 * total, `N passed, N failed, N skipped`, summed over the tests; any other step counts as one failure when it fails.
 * `npm test -- --only unit` runs that step alone, on what is built for it; it may be repeated.
 */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../src-main/hosts/launcher/build.mjs';
import { become } from '../src-main/hosts/launcher/child.mjs';
import { ensureInstalled } from '../src-main/hosts/launcher/install.mjs';
import { pinnedNode, refuseOldNode, root } from '../src-main/hosts/launcher/place.mjs';
import { runAsCommand, say } from '../src-main/hosts/launcher/say.mjs';
import { check, runSteps, tests } from './support/steps.mjs';

/**
 * The Vitest projects of vitest.config.ts, each with what must be built for it.
 *
 * @type {Readonly<Record<string, readonly import('../src-main/hosts/launcher/build.mjs').Target[]>>}
 */
const PROJECTS = {
  unit: ['renderer', 'main'],
  renderer: [],
  conformance: [],
  browser: ['renderer', 'main'],
  desktop: ['renderer', 'main', 'desktop-test'],
};
const BUILD = 'src-main/hosts/launcher/build.mjs';

const STEPS = [
  check('lint', root, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']),
  check('imports', root, [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    '--output-type=err-long',
    'src-main',
    'src-renderer',
  ]),
  check('unused', root, ['node_modules/knip/bin/knip.js']),
  check('types', root, ['--run', 'types']),
  check('build', root, [BUILD]),
  check('desktop build', root, [BUILD, '--desktop-test']),
  ...Object.entries(PROJECTS).map(([name, needs]) => tests(name, root, () => ensureBuilt(needs))),
];

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
