import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeVitestProject } from './vitest-project.ts';

const root = path.resolve(import.meta.dirname, '../..');
const steps = pathToFileURL(path.join(import.meta.dirname, 'steps.mjs')).href;
const say = pathToFileURL(path.join(root, 'src-main/hosts/launcher/say.mjs')).href;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A checkout with a project `unit` of two tests, and a program that runs steps in it. */
async function runIn(program: string, env: Record<string, string> = {}): Promise<Ended> {
  const folder = await makeVitestProject({
    'vitest.config.js':
      "export default { test: { projects: [{ test: { name: 'unit', include: ['tests/*.test.js'] } }] } };",
    'tests/sums.test.js':
      "import { expect, test } from 'vitest'; test('adds', () => {}); test('adds wrongly', () => expect(1 + 1).toBe(3));",
    'fails.mjs': "console.error('it is all wrong'); process.exitCode = 1;",
  });
  const imports = `import { check, runSteps, tests } from '${steps}'; import { LaunchError } from '${say}';`;
  const text = `${imports} const root = process.cwd(); process.exitCode = await runSteps([${program}]);`;
  const running = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', text], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('B11: a log of stdout holds what failed and why, without colours, and the summary names it', async () => {
  const program = "tests('unit', root, async () => {}), check('types', root, ['fails.mjs'])";
  const { code, stdout, stderr } = await runIn(program, { FORCE_COLOR: '1' });
  expect(code).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('expected 2 to be 3');
  expect(stdout).toContain('it is all wrong');
  const [, summary = ''] = stdout.split(/\n\n(?=✗ unit)/);
  expect(summary.replaceAll(/\(.* s\)/g, '(s)')).toBe(
    '✗ unit (s)\n    failed: adds wrongly\n✗ types (s)\n    failed: types\n\n1 passed, 2 failed, 0 skipped\n',
  );
});

test('B11: what a project needs is made first; where that fails, its tests are not run and the next step is', async () => {
  const failing = "tests('unit', root, async () => { throw new LaunchError('Building main failed'); })";
  const { code, stdout } = await runIn(`${failing}, check('types', root, ['vitest.config.js'])`);
  expect(code).toBe(1);
  expect(stdout).toContain('Building main failed');
  expect(stdout).toContain('failed: unit: what it needs is not built');
  expect(stdout).toMatch(/✓ types .*\n\n0 passed, 1 failed, 0 skipped\n$/);
});
