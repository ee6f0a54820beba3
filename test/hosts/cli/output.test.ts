import { closeSync, openSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { makeArtifact, makeImage, makeIndex } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { hostOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

/** Takes the line before away, looks like another line, turns the direction, and hides. */
const EVIL = 'a/\u001b[1A\u001b[2Kb\u009b2J\n  frees 0 B\r\u202egnp.\u2066\u200b\u{e0041}\ufeffc';
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Lines without the one character that may be between them. */
function expectPlain(text: string): void {
  for (const line of text.split('\n')) expect(line).not.toMatch(UNSEEN);
}

async function setUp() {
  const [cli, registry] = await Promise.all([
    CommandLine.open(),
    startTestRegistry({ limits: { deleteByTag: false } }),
  ]);
  const image = await makeImage({ platform: { os: EVIL, architecture: EVIL } });
  await push(image, registry, 'app', '1');
  const artifact = makeArtifact({ subject: image, content: Buffer.from('x'), artifactType: EVIL });
  await push(artifact, registry, 'app');
  const entry = { manifest: image, platform: { os: 'linux', architecture: EVIL } };
  await push(makeIndex([entry]), registry, 'app', 'index');
  return { cli, artifact, app: `${hostOf(registry)}/app` };
}

test('S4: no text of a registry reaches the terminal with a control, a direction or a hidden character in it', async () => {
  const { cli, artifact, app } = await setUp();
  const shown = await cli.run(['inspect', `${app}@${artifact.digest}`]);
  expect(shown.stdout).toMatch(/a\/\ufffd\[1A\ufffd\[2Kb\ufffd2J\ufffd {2}frees 0 B\ufffd+gnp\.\ufffd+c/);
  const plan = await cli.run(['delete', `${app}:1`, '--plan']);
  expect(plan.stdout.match(/^ +frees/gm)).toHaveLength(1);
  for (const args of [
    ['delete', `${app}:1`, '--plan'],
    ['delete', `${app}:1`],
    ['tags', app],
    ['inspect', `${app}:1`],
    ['inspect', `${app}:index`],
    ['inspect', `${app}:index`, '--platform', 'linux/none'],
    ['copy', `${app}:index`, `${app}:\u001b[2J`, '--yes'],
    [`\u001b[2J`],
  ]) {
    const { stdout, stderr } = await cli.run(args);
    expect(`${stdout}${stderr}`).not.toBe('');
    expectPlain(stdout);
    expectPlain(stderr);
  }
});

test('S4: with --json the text is exact, and escaped', async () => {
  const { cli, app } = await setUp();
  const { stdout } = await cli.run(['tags', app, '--json']);
  expectPlain(stdout);
  expect(JSON.parse(stdout).tags[0].platforms).toEqual([`${EVIL}/${EVIL}`]);
  const wrong = await cli.run(['inspect', `${app}:${EVIL}`, '--json']);
  expectPlain(wrong.stderr);
  expect(JSON.parse(wrong.stderr).error.code).toBe('invalidReference');
});

test('B7: with --json stderr is one JSON document, a refused question included', async () => {
  const { cli, app } = await setUp();
  const { code, stdout, stderr } = await cli.run(['delete', `${app}:1`, '--json']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({ error: expect.objectContaining({ code: 'invalidInput' }) });
});

test.skipIf(process.platform !== 'linux')('B10: a result that cannot be written is a failure', async () => {
  const { cli, app } = await setUp();
  for (const args of [['tags', app], ['tags', app, '--json'], ['--help'], ['--version']]) {
    const full = openSync('/dev/full', 'w');
    const { code, stderr } = await cli.run(args, { stdout: full });
    closeSync(full);
    expect(code).toBe(1);
    expect(stderr).toContain('The output could not be written');
  }
});

test('B10: a reader that has seen enough is no failure', async () => {
  const { cli, app } = await setUp();
  const { code, stderr } = await cli.run(['tags', app], { stdout: 'closed' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describeWithPeer('script', 'on a terminal', ({ script }) => {
  test('S4: questions and progress are cleaned; a dumb terminal gets no codes at all', async () => {
    const { cli, app } = await setUp();
    const seen = async (args: readonly string[], TERM: string) => {
      const { stdout } = await cli.run(args, { terminal: script, env: { TERM }, input: 'y\n' });
      return stdout;
    };
    const target = `${app.replace('/app', '')}/copy`;
    const ordinary = await seen(['copy', `${app}:1`, `${target}:1`, '--yes'], 'xterm');
    expect(ordinary).toContain('\r\u001b[2K');
    expect(ordinary).toContain('is copied');
    const dumb = await seen(['copy', `${app}:1`, `${target}:2`, '--yes'], 'dumb');
    expect(dumb).not.toContain('\u001b');
    expect(dumb).toContain('is copied');
    const asked = await seen(['delete', `${target}:1`], 'dumb');
    expect(asked).toContain('Delete? [y/N]');
    expect(asked).not.toContain('\u001b');
  });
});
