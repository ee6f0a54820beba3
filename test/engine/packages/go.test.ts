import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { describeWithPeer } from '../../support/peers.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { findIn, packagesOf } from './support.ts';

const run = promisify(execFile);

describeWithPeer('go', 'Go programs', ({ go }) => {
  /** A program of two modules, one of which is replaced; nothing is fetched. */
  async function build(): Promise<Buffer> {
    const folder = await temporaryFolder();
    const write = async (name: string, text: string) => {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    };
    await write('dep/go.mod', 'module example.com/Dep\n\ngo 1.20\n');
    await write('dep/dep.go', 'package dep\n\nfunc Answer() int { return 42 }\n');
    await write(
      'app/go.mod',
      'module example.com/app\n\ngo 1.20\n\nrequire example.com/Dep v1.2.3\n\nreplace example.com/Dep v1.2.3 => ../dep\n',
    );
    await write(
      'app/main.go',
      // The magic among its data, as programs have it that read build information.
      'package main\n\nimport dep "example.com/Dep"\n\nfunc main() { println(dep.Answer(), "\\xff Go buildinf:") }\n',
    );
    const env = {
      ...process.env,
      GOFLAGS: '-mod=mod -buildvcs=false',
      CGO_ENABLED: '0',
      GOPROXY: 'off',
      GOSUMDB: 'off',
      GOWORK: 'off',
    };
    const file = path.join(folder, 'program');
    await run(go, ['build', '-o', file, '.'], { cwd: path.join(folder, 'app'), env });
    const { stdout } = await run(go, ['version', '-m', file]);
    expect(stdout).toContain('example.com/app');
    return await readFile(file);
  }

  test('their modules are found as go version -m shows them, in whatever pieces the program comes', async () => {
    const { stdout } = await run(go, ['env', 'GOVERSION']);
    const content = await build();
    for (const piece of [1000, 64 * 1024]) {
      const found = await findIn([{ path: 'usr/bin/program', content, mode: 0o755 }], { piece });
      expect(packagesOf(found)).toEqual([
        { type: 'golang', name: 'example.com/app', version: '(devel)' },
        // What is there instead is a folder of the builder's machine, which names nothing.
        { type: 'golang', name: 'example.com/Dep', version: 'v1.2.3' },
        { type: 'golang', name: 'stdlib', version: stdout.trim().replace(/^go/, '').split(' ')[0] },
      ]);
      expect(found.problems).toEqual([]);
    }
    // Programs of other systems have the same within another form.
    const information = content.subarray(content.indexOf('\xff Go buildinf:\x08\x02', 0, 'latin1'));
    for (const head of ['4d5a9000', 'cffaedfe']) {
      const program = Buffer.concat([Buffer.from(head.padEnd(2 * 4096, '0'), 'hex'), information]);
      const found = await findIn([{ path: 'opt/program.exe', content: program }]);
      expect(packagesOf(found).map(({ name }) => name)).toContain('example.com/app');
    }
  }, 120_000);
});

test('what Go before 1.18 wrote is said not to be read; other programs are none', async () => {
  const old = Buffer.alloc(100_000);
  old.write('\x7fELF', 0, 'latin1');
  old.write('\xff Go buildinf:\x08\x00', 4096, 'latin1');
  const other = Buffer.alloc(100_000, 'x');
  other.write('\x7fELF', 0, 'latin1');
  const found = await findIn([
    { path: 'bin/old', content: old, mode: 0o755 },
    { path: 'bin/other', content: other, mode: 0o755 },
    { path: 'bin/script', content: `#!/bin/sh\n${'\xff Go buildinf:'.repeat(10_000)}`, mode: 0o755 },
  ]);
  expect(packagesOf(found)).toEqual([]);
  expect(found.problems).toMatchObject([{ path: 'bin/old', code: 'unsupported' }]);
});
