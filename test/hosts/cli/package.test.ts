import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { version } from '../../../package.json' with { type: 'json' };
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { pinnedNode, root } from '../../../src-main/hosts/launcher/place.mjs';
import { isolatedEnvironment } from '../../support/app.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS } from './command-line.ts';
import { hostOf } from './documents.ts';

const run = promisify(execFile);

beforeAll(() => ensureBuilt(['main', 'renderer']), BUILD_TIMEOUT_MS);

test.skipIf(process.platform === 'win32')(
  'B10: what npm packs is a wharfinger on the PATH, with nothing installed beside it',
  async () => {
    const [folder, registry] = await Promise.all([temporaryFolder(), startTestRegistry()]);
    const home = join(folder, 'home');
    const isolated = isolatedEnvironment(home);
    const environment: NodeJS.ProcessEnv = { ...isolated, npm_config_offline: 'true' };
    await mkdir(join(home, 'user'), { recursive: true });
    // What it builds beforehand is there already.
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const { stdout } = await run('npm', pack, { cwd: root, env: environment });
    const [{ filename, files }] = JSON.parse(stdout);
    const paths = files.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/main/cli.js',
        'dist/main/program.cjs',
        'dist/main/local-registry.cjs',
        'dist/main/socks.cjs',
        'dist/renderer/index.html',
      ]),
    );
    for (const path of paths) expect(path).toMatch(/^(dist\/(main|renderer)\/|package\.json$|README\.md$)/);
    await run('tar', ['-xzf', join(folder, filename), '-C', folder]);

    const bin = join(folder, 'bin');
    await mkdir(bin);
    await symlink(join(folder, 'package', 'dist/main/cli.js'), join(bin, 'wharfinger'));
    await run('chmod', ['+x', join(folder, 'package', 'dist/main/cli.js')]);
    const PATH = [bin, dirname(pinnedNode()), environment.PATH].join(delimiter);
    const wharfinger = (...args: string[]) =>
      run('wharfinger', args, { cwd: folder, env: { ...environment, PATH } });
    expect(await wharfinger('--version')).toEqual({ stdout: `${version}\n`, stderr: '' });
    expect(await wharfinger('ls', hostOf(registry))).toEqual({ stdout: '', stderr: '' });
    expect((await wharfinger('accounts')).stdout).toContain('No accounts yet');
  },
);
