import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { openDesktop } from '../../../src-main/hosts/launcher/desktop.mjs';
import { electronRuntime } from '../../../src-main/hosts/launcher/electron-runtime.mjs';
import { pinnedNode, root } from '../../../src-main/hosts/launcher/place.mjs';
import { choiceOf, hasDisplay } from '../../../src-main/hosts/launcher/start.mjs';
import { isolatedEnvironment } from '../../support/app.ts';
import { startProcess } from '../../support/process.ts';
import { temporaryFolder } from '../../support/temporary.ts';

// Whole programs are started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(() => ensureBuilt(['main', 'renderer']), 120_000);
afterEach(() => vi.unstubAllEnvs());

test('the options of npm start', () => {
  expect(choiceOf([])).toEqual({ browser: false, desktop: false, port: undefined, open: true });
  expect(choiceOf(['--browser', '--port', '8080', '--no-open'])).toEqual({
    browser: true,
    desktop: false,
    port: '8080',
    open: false,
  });
  for (const wrong of [['--port'], ['--port', '99999'], ['--port', 'x'], ['--nonsense'], ['folder']]) {
    expect(choiceOf(wrong)).toEqual(expect.any(String));
  }
});

test('a window needs a display, which macOS and Windows always have', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
  expect(hasDisplay('win32', {})).toBe(true);
});

/** A program in Electron's place. */
async function standIn(script: string): Promise<{ folder: string; executable: string }> {
  const folder = await temporaryFolder();
  const executable = join(folder, 'electron');
  await writeFile(executable, `#!/bin/sh\n${script}\n`);
  await chmod(executable, 0o755);
  return { folder, executable };
}

test.runIf(process.platform === 'linux')('a runtime of one’s own must have node:sqlite', async () => {
  const able = await standIn('exec "$STAND_IN_NODE" "$@"');
  vi.stubEnv('STAND_IN_NODE', pinnedNode());
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', able.folder);
  expect(await electronRuntime({ retry: false })).toEqual({ executable: able.executable });

  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', (await standIn('exit 1')).folder);
  expect(await electronRuntime({ retry: false })).toEqual({
    missing: expect.stringContaining('no node:sqlite'),
  });

  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', await temporaryFolder());
  expect(await electronRuntime({ retry: false })).toEqual({
    missing: expect.stringContaining('holds no electron'),
  });
});

test.runIf(process.platform === 'linux')('a window that never opened gives its last words', async () => {
  const broken = await standIn('echo "error while loading libgtk-3.so.0" >&2; exit 127');
  expect(await openDesktop(broken.executable, [])).toBe(
    'Electron ended at once (error while loading libgtk-3.so.0)',
  );
  const opened = await standIn('echo "Wharfinger is open."; exit 3');
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await openDesktop(opened.executable, [])).toBe(3);
  expect(printed.mock.calls).toEqual([['Wharfinger is open.\n']]);
  printed.mockRestore();
});

test('npm start without a display says so, serves the app and leaves nothing behind', async () => {
  const home = await temporaryFolder();
  const started = await startProcess(
    process.execPath,
    [join(root, 'src-main/hosts/launcher/start.mjs'), '--port', '0', '--no-open'],
    { env: { ...isolatedEnvironment(home), DISPLAY: undefined, WAYLAND_DISPLAY: undefined } },
  );
  const [, address = ''] = await started.waitFor(
    /^Wharfinger is at (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+)$/m,
  );
  expect(started.output()).toContain('No desktop window: there is no display here.');
  const reply = await fetch(address, { redirect: 'manual' });
  expect(reply.status).toBe(303);
  process.kill(started.pid, 'SIGINT');
  expect(await started.exited).toEqual({ code: 0, signal: null });
  await expect(fetch(new URL('/', address))).rejects.toThrow();
});

test('cli.mjs passes arguments, output and the exit code through', async () => {
  const home = await temporaryFolder();
  const child = spawn(
    process.execPath,
    [join(root, 'src-main/hosts/launcher/cli.mjs'), 'inspect', 'no-tag', '--json'],
    {
      env: isolatedEnvironment(home),
    },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(JSON.parse(output).error.code).toBe('invalidInput');
});
