import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openThroughFile } from '../../../src-main/hosts/browser/open.ts';
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { root } from '../../../src-main/hosts/launcher/place.mjs';
import { isolatedEnvironment } from '../../support/app.ts';
import { startProcess } from '../../support/process.ts';
import { temporaryFolder } from '../../support/temporary.ts';

// A whole program is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, expect: { poll: { timeout: 30_000 } } });
beforeAll(() => ensureBuilt(['main', 'renderer']), 120_000);

/** An `xdg-open` that notes its arguments and runs as long as the file it was given is there. */
async function standIn(): Promise<{ env: Record<string, string>; opened: () => Promise<string> }> {
  const folder = await temporaryFolder();
  const note = join(folder, 'note');
  await writeFile(
    join(folder, 'xdg-open'),
    `#!/bin/sh\necho "$#:$1" > "${note}.part"\nmv "${note}.part" "${note}"\nwhile [ -e "$1" ]; do sleep 0.05; done\n`,
  );
  await chmod(join(folder, 'xdg-open'), 0o755);
  return {
    env: { PATH: [folder, process.env.PATH].join(delimiter), DISPLAY: ':99', CI: '', TMPDIR: folder },
    async opened() {
      await expect.poll(() => existsSync(note)).toBe(true);
      return (await readFile(note, 'utf8')).trim().replace(/^1:/, '');
    },
  };
}

/** What every user of this machine sees of all programs. */
async function commandLines(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = processes.map((id) => readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => ''));
  return (await Promise.all(lines)).map((line) => line.replaceAll('\0', ' '));
}

test.runIf(process.platform === 'linux')(
  'S5: no list of processes holds a token while the browser is opened',
  async () => {
    const opener = await standIn();
    const env = { ...isolatedEnvironment(await temporaryFolder()), ...opener.env };
    const host = await startProcess(process.execPath, ['dist/main/browser.js', '--port', '0'], {
      env,
      cwd: root,
    });
    const [, printed = ''] = await host.waitFor(/^Wharfinger is at \S+token=(\S+)$/m);
    const file = await opener.opened();
    const page = await readFile(file, 'utf8');
    const address = /url=(http:\/\/127\.0\.0\.1:\d+\/\?token=([\w-]{43}))"/.exec(page)?.[1] ?? '';
    const token = new URL(address).searchParams.get('token') ?? '';
    expect(token).not.toBe(printed);

    const seen = await commandLines();
    expect(seen.filter((line) => line.includes(file))).toHaveLength(1); // it was looked at while it ran
    expect(seen.filter((line) => line.includes(token) || line.includes(printed))).toEqual([]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);

    // It is gone as soon as it has led somewhere, and its address signs no one else in.
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    await expect.poll(() => existsSync(dirname(file))).toBe(false);
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(401);
    process.kill(host.pid, 'SIGINT');
    expect(await host.exited).toEqual({ code: 0, signal: null });
  },
);

test.runIf(process.platform === 'linux')('S5: a file nobody followed goes with its address', async () => {
  const opener = await standIn();
  vi.stubEnv('TMPDIR', opener.env.TMPDIR);
  onTestFinished(() => void vi.unstubAllEnvs());
  const folders = async () =>
    (await readdir(opener.env.TMPDIR ?? '')).filter((name) => name.startsWith('wharfinger-'));
  const kept = await openThroughFile('http://127.0.0.1:1/?token=x', 600_000, opener.env);
  expect(await folders()).toHaveLength(1);
  await openThroughFile('http://127.0.0.1:1/?token=y', 1, opener.env);
  await expect.poll(folders).toHaveLength(1);
  await kept?.remove();
  expect(await folders()).toEqual([]);
});

test('nothing is opened without a display or in CI', async () => {
  expect(await openThroughFile('http://127.0.0.1:1/', 1, { CI: 'true', DISPLAY: ':0' })).toBeUndefined();
  if (process.platform === 'linux')
    expect(await openThroughFile('http://127.0.0.1:1/', 1, {})).toBeUndefined();
});
