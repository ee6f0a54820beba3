import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { root } from '../../src-main/hosts/launcher/place.mjs';
import { isolatedEnvironment } from '../support/app.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './cli/command-line.ts';

// Ten commands, each a process behind npm.
vi.setConfig({ testTimeout: 120_000 });
beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

/** What each command line of the README must print, in the README's order. */
const PRINTS: readonly (readonly [command: string, text: string | RegExp])[] = [
  ['ls 127.0.0.1:5050', 'harbour/web'],
  ['tags 127.0.0.1:5050/harbour/web', /1\.4\.2 +sha256:/],
  ['inspect 127.0.0.1:5050/harbour/web:latest --json', '"layers": ['],
  ['storage 127.0.0.1:5050', /referenced .*what each tag holds/],
  ['delete 127.0.0.1:5050/harbour/web:latest --plan', /tag latest alone .*its manifest stays/],
  ['copy 127.0.0.1:5050/harbour/web:1.4.2 127.0.0.1:5050/team/web:1.4.2 --yes', 'is copied'],
  ['retag 127.0.0.1:5050/team/web:1.4.2 stable --yes', 'is set'],
  [
    "sync '127.0.0.1:5050/harbour/**:1.*' 127.0.0.1:5050/copies --with-attached --yes",
    /copies: \d+ tags copied/,
  ],
  ['operations', /done .* sync /],
];

async function blocksOfReadme(): Promise<string[]> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block ?? '');
}

async function commandsOfReadme(): Promise<string[]> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  const inline = [...text.matchAll(/`(npm [^`]+)`/g)].map(([, command]) => command ?? '');
  const lines = (await blocksOfReadme()).flatMap((block) => block.split('\n'));
  return [...lines.map((line) => line.replace(/ +#.*/, '').trim()).filter(Boolean), ...inline];
}

function npm(args: readonly string[], env: NodeJS.ProcessEnv): ReturnType<typeof run> {
  return run('npm', args, env);
}

function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
}

test('B10: the command lines of the README, pasted as they are, do what it says, against the local registry', async () => {
  const commands = await commandsOfReadme();
  const prefix = 'npm run -s cli -- ';
  const lines = commands.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
  expect(lines).toEqual(['local', ...PRINTS.map(([line]) => line)]);

  const cli = await CommandLine.open();
  const registry = cli.start(['local']);
  await registry.seen('Ctrl+C ends it');
  const shape = z.object({ accounts: z.array(z.object({ host: z.string() })) });
  const host = (await cli.json(shape, ['accounts'])).accounts[0]?.host ?? '';
  const env = isolatedEnvironment(cli.home);
  // As it stands there, in one paste.
  const block = (await blocksOfReadme())
    .find((each) => each.includes(' ls '))
    ?.replaceAll('127.0.0.1:5050', host);
  const pasted = await run('sh', ['-c', block ?? ''], env);
  let rest = pasted.output;
  for (const [, text] of PRINTS) {
    const found = typeof text === 'string' ? rest.indexOf(text) : rest.search(text);
    expect(found, `${text} in\n${rest}`).toBeGreaterThanOrEqual(0);
    rest = rest.slice(found);
  }
  expect(pasted.code).toBe(0);
  registry.interrupt();
  expect((await registry.finished).code).toBe(0);
});

test('every other command of the README is one that npm test or this file runs', async () => {
  const others = (await commandsOfReadme()).filter((line) => !line.startsWith('npm run -s cli'));
  expect(new Set(others)).toEqual(
    new Set([
      'npm start',
      'npm start --',
      'npm test',
      'npm run build && npm link',
      'npm run lint',
      'npm test -- --only types',
      'npm run -s bench -- size',
    ]),
  );
  const env = isolatedEnvironment(await temporaryFolder());
  const types = await npm(['test', '--', '--only', 'types'], env);
  expect(types.output).toContain('0 passed, 0 failed, 0 skipped');
  expect(types.code).toBe(0);
  const bench = await npm(['run', '-s', 'bench', '--', 'size'], env);
  expect(bench.output).toMatch(/Initial script of the page, gzip/);
  expect(bench.code).toBe(0);
});
