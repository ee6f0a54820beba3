import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { describeWithPeer } from '../../support/peers.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const run = promisify(execFile);

/** The script of a shell in a file of a command line's own folder. */
async function scriptOf(shell: string): Promise<{ file: string; home: string }> {
  const cli = await CommandLine.open();
  const { code, stdout, stderr } = await cli.run(['completion', shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const file = join(cli.home, `completion.${shell}`);
  await writeFile(file, stdout);
  return { file, home: cli.home };
}

/** What is offered after these words, and what must and must not be among it. */
const CASES = [
  { words: ['op'], offered: ['operations'], not: ['ls'] },
  { words: ['operations', ''], offered: ['resume', 'cancel', '--limit'], not: ['tags'] },
  { words: ['operations', 'resume', '--so'], offered: ['--source-ca'], not: ['--target-ca'] },
  { words: ['tags', 'registry.test/app', '--na'], offered: ['--names'], not: ['--json'] },
  { words: ['delete', '--acc'], offered: ['--accept-side-effects'], not: ['--prune'] },
  { words: ['ls', '--username', ''], offered: [], not: ['--json', 'tags'] },
] as const;

function expectOffered(
  found: readonly (string | undefined)[],
  offered: readonly string[],
  not: readonly string[],
): void {
  expect(found).toEqual(expect.arrayContaining([...offered]));
  for (const other of not) expect(found).not.toContain(other);
}

test('B10: completion knows three shells, and every command of the help', async () => {
  const cli = await CommandLine.open();
  expect(await cli.run(['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
  const { stdout } = await cli.run(['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  expect(commands.length).toBeGreaterThan(15);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = (await cli.run(['completion', shell])).stdout;
    for (const name of commands.filter((each) => each !== 'help')) expect(script).toContain(`/${name}`);
  }
});

describeWithPeer('bash', 'completion in bash', ({ bash }) => {
  test.each(CASES)('B10: $words', async ({ words, offered, not }) => {
    const { file } = await scriptOf('bash');
    const ask = `source "$1"; shift; COMP_WORDS=(wharfinger "$@"); COMP_CWORD=$#; _wharfinger; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run(bash, ['--norc', '-c', ask, 'bash', file, ...words]);
    expectOffered(stdout.split('\n'), offered, not);
  });
});

describeWithPeer('zsh', 'completion in zsh', ({ zsh }) => {
  test.each(CASES)('B10: $words', async ({ words, offered, not }) => {
    const { file } = await scriptOf('zsh');
    // The shell's own part is played: it gets every word and leaves those that do not begin as the last one does.
    const ask = [
      'compdef() { : }',
      '_files() { : }',
      `_describe() { for one in "\${(@P)2}"; do one=\${one%%:*}; [[ $one == "\${words[CURRENT]}"* ]] && print -r -- $one; done }`,
      'source $1; shift; words=(wharfinger "$@"); CURRENT=$#words; _wharfinger; true',
    ].join('\n');
    const { stdout } = await run(zsh, ['-f', '-c', ask, 'zsh', file, ...words]);
    expectOffered(stdout.split('\n'), offered, not);
  });
});

describeWithPeer('fish', 'completion in fish', ({ fish }) => {
  test.each(CASES)('B10: $words', async ({ words, offered, not }) => {
    const { file, home } = await scriptOf('fish');
    const last = words.at(-1) ?? '';
    // Options are offered where the word begins as one.
    const line = ['wharfinger', ...words].join(' ');
    const { stdout } = await run(
      fish,
      ['--no-config', '-c', `source $argv[1]; complete -C $argv[2]`, file, line],
      {
        env: { ...process.env, HOME: home },
      },
    );
    const found = stdout.split('\n').map((each) => each.split('\t')[0]);
    const wanted = offered.filter((each) => last.startsWith('-') || !each.startsWith('-'));
    expectOffered(found, wanted, not);
  });
});
