import { chmod, chown, copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/launcher/build.mjs';
import { isolatedEnvironment } from '../support/app.ts';
import { type DesktopSession, startDesktopSession } from '../support/electron.ts';
import { describeWithPeer } from '../support/peers.ts';
import { type StartedProcess, startProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { SCREEN } from './desktop.ts';
import { filesBelow, type Packaged, packageApp, readArchive, sha256Hex } from './packaged.ts';

/** An Electron is copied and an archive made of the app. */
const PACKAGE_TIMEOUT_MS = 240_000;
/** A fuse is a character in the executable: this one is "1". */
const FUSE_ON: number = '1'.charCodeAt(0);
/** Nobody: Electron does not run in its sandbox as root. */
const NOBODY = 65_534;

describe.runIf(process.platform === 'linux')('the package for Linux', () => {
  describeWithPeer('electron', 'as it is made', ({ electron }) => {
    let packaged: Packaged;
    beforeAll(async () => {
      await ensureBuilt(['main', 'renderer']);
      packaged = await packageApp(electron);
    }, PACKAGE_TIMEOUT_MS);

    test('S6: AppImage and Debian package start it with nothing on its command line but files', () => {
      const lines = packaged.entries.map((entry) => /^Exec=.*$/m.exec(entry)?.[0]);
      expect(lines).toEqual(['Exec=AppRun %U', 'Exec=/opt/Wharfinger/wharfinger-desktop %U']);
    });

    test('S6: its fuses: our code and nothing else, from the archive alone', async () => {
      const wire = await getCurrentFuseWire(packaged.executable);
      const isOn = (fuse: FuseV1Options) => wire[fuse] === FUSE_ON;
      expect({
        runAsNode: isOn(FuseV1Options.RunAsNode),
        nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
        inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
        fileProtocolPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
        cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
        asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
        onlyFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      }).toEqual({
        runAsNode: false,
        nodeOptions: false,
        inspect: false,
        fileProtocolPrivileges: false,
        cookieEncryption: true,
        asarIntegrity: true,
        onlyFromAsar: true,
      });
    });

    test('S6: outside of its archive lies the keychain’s native part alone; each file answers to the archive’s hashes', async () => {
      const outside = path.join(packaged.resources, 'app.asar.unpacked');
      const native = `node_modules/keytar/prebuilds/linux-${process.arch}/keytar.node`;
      expect(await filesBelow(outside)).toEqual([native]);
      const files = await readArchive(path.join(packaged.resources, 'app.asar'));
      expect([...files.keys()]).toEqual(
        expect.arrayContaining([
          'package.json',
          'dist/main/electron.js',
          'node_modules/keytar/lib/keytar.js',
        ]),
      );
      for (const [name, { content, integrity, size }] of files) {
        const bytes = content ?? (await readFile(path.join(outside, name)));
        expect([name, bytes.length, sha256Hex(bytes)]).toEqual([name, size, integrity.hash]);
      }
      const foreign = [...files.keys()].filter(
        (name) => !/^(dist\/(main|renderer)\/|node_modules\/keytar\/|package\.json$)/.test(name),
      );
      expect(foreign).toEqual([]);
    });
  });

  describeWithPeer([...SCREEN, 'setpriv'], 'as it runs', ({ electron, ...programs }) => {
    let packaged: Packaged;
    let session: DesktopSession;
    beforeAll(async () => {
      await ensureBuilt(['renderer', 'desktop-test']);
      packaged = await packageApp(electron, forOldRuntime);
      session = await startDesktopSession(programs);
    }, PACKAGE_TIMEOUT_MS);

    /** As a user who is not root. */
    async function start(...args: readonly string[]): Promise<StartedProcess> {
      const home = await temporaryFolder();
      const asRoot = process.getuid?.() === 0;
      const authority = path.join(home, 'authority');
      await copyFile(session.env.XAUTHORITY ?? '', authority);
      for (const folder of ['user', 'run']) await mkdir(path.join(home, folder));
      if (asRoot) {
        for (const file of [home, authority, path.join(home, 'user'), path.join(home, 'run')])
          await chown(file, NOBODY, NOBODY);
      }
      await chmod(authority, 0o600);
      const env = { ...isolatedEnvironment(home), ...session.env, XAUTHORITY: authority };
      const command = [packaged.executable, '--disable-gpu', ...args];
      const id = String(NOBODY);
      return asRoot
        ? startProcess(programs.setpriv, ['--reuid', id, '--regid', id, '--clear-groups', ...command], {
            env,
          })
        : startProcess(command[0] ?? '', command.slice(1), { env });
    }

    test('S6: it opens from its archive, in the sandbox', async () => {
      const running = await start();
      await running.waitFor(/^Wharfinger is open\.$/m);
      const page = await childOf(running.pid, '--type=renderer');
      // Filtered by seccomp (2), and without a way back to more rights.
      expect(page).toMatch(/^Seccomp:\t2$/m);
      expect(page).toMatch(/^NoNewPrivs:\t1$/m);
    });

    test('S6: it opens no window without the sandbox', async () => {
      const running = await start('--no-sandbox');
      await running.waitFor(/Wharfinger cannot start: .*--no-sandbox/);
      expect(running.output()).not.toContain('Wharfinger is open.');
      expect(await childOf(running.pid, '--type=renderer')).toBe('');
    });
  });
});

/** The tests' Electron has no `node:sqlite`: the build for it, with what stands in for that. */
const forOldRuntime = {
  extraMetadata: { main: 'dist/desktop-test/electron.cjs' },
  files: [
    'dist/desktop-test/**',
    {
      from: 'node_modules/@photostructure/sqlite',
      to: 'node_modules/@photostructure/sqlite',
      filter: ['package.json', 'dist/**', `prebuilds/linux-${process.arch}/*`],
    },
    { from: 'node_modules/node-gyp-build', to: 'node_modules/node-gyp-build' },
  ],
};

/** What the system says of a process of a group with a word on its command line; empty where there is none. */
async function childOf(group: number, word: string): Promise<string> {
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [line, stat, status] = await Promise.all(
      ['cmdline', 'stat', 'status'].map((file) => readFile(`/proc/${id}/${file}`, 'latin1').catch(() => '')),
    );
    // The fields after the name, which stands in brackets: state, parent, group.
    const [, , ofGroup] = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
    if (line?.split('\0').some((part) => part.includes(word)) && Number(ofGroup) === group)
      return status ?? '';
  }
  return '';
}
