import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { joinFindings } from '../../../src-main/engine/packages/join.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { findIn } from './support.ts';

const run = promisify(execFile);

describeWithPeer(['dpkg', 'dpkg-deb', 'dpkg-query'], 'a root file system that dpkg fills', (peers) => {
  /** A root without programs: dpkg puts packages into it that run none. */
  async function emptyRoot() {
    const folder = await temporaryFolder();
    const root = path.join(folder, 'root');
    const admin = path.join(root, 'var/lib/dpkg');
    for (const name of ['info', 'updates', 'triggers'])
      await mkdir(path.join(admin, name), { recursive: true });
    await writeFile(path.join(admin, 'status'), '');
    await writeFile(path.join(admin, 'available'), '');
    const dpkg = (...args: readonly string[]) =>
      run(peers.dpkg, ['--root', root, '--force-not-root', '--force-bad-path', '--log=/dev/null', ...args]);
    return {
      dpkg,
      async deb(name: string, version: string): Promise<string> {
        const source = path.join(folder, `${name}-${version}`);
        await mkdir(path.join(source, 'DEBIAN'), { recursive: true });
        await mkdir(path.join(source, 'etc'));
        await writeFile(path.join(source, 'etc', name), version);
        await writeFile(path.join(source, 'DEBIAN/conffiles'), `/etc/${name}\n`);
        await writeFile(
          path.join(source, 'DEBIAN/control'),
          `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Tests <tests@example.org>\nDescription: ${name}\n text\n`,
        );
        const file = path.join(folder, `${name}-${version}.deb`);
        await run(peers['dpkg-deb'], ['--build', '--root-owner-group', source, file]);
        return file;
      },
      status: () => readFile(path.join(admin, 'status')),
      async installed(): Promise<string[]> {
        const { stdout } = await run(peers['dpkg-query'], [
          `--admindir=${admin}`,
          '--show',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of dpkg-query
          '--showformat=${db:Status-Abbrev}${Package} ${Version}\\n',
        ]);
        return stdout
          .split('\n')
          .flatMap((line) => (line.startsWith('ii ') ? [line.slice(3).trim()] : []))
          .sort();
      },
    };
  }

  test('each package is of the layer in which dpkg put it there, and what dpkg took away is not there', async () => {
    const root = await emptyRoot();
    const layers: Buffer[] = [];
    const layer = async (...args: readonly string[]) => {
      await root.dpkg(...args);
      layers.push(await root.status());
    };
    await layer(
      '--install',
      await root.deb('base', '1.0'),
      await root.deb('tool', '1:2.0-1'),
      await root.deb('old', '3'),
    );
    await layer('--install', await root.deb('tool', '1:2.1-1'), await root.deb('extra', '0.1~rc1'));
    // Its configuration stays, and is no package.
    await layer('--remove', 'old');

    const found = [];
    for (const content of layers)
      found.push({ findings: await findIn([{ path: 'var/lib/dpkg/status', content }]), hides: () => false });
    const { packages } = await joinFindings(found);
    expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(await root.installed());
    expect(packages.map(({ name, version, layer: of }) => [name, version, of])).toEqual([
      ['base', '1.0', 0],
      ['extra', '0.1~rc1', 1],
      ['tool', '1:2.1-1', 1],
    ]);
  }, 60_000);
});
