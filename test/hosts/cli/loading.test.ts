import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../../../src-main/hosts/launcher/place.mjs';
import { startServer } from '../../support/server.ts';
import { startSocksServer } from '../../support/socks-server.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const program = join(root, 'dist/main/program.cjs');
/** What a command is described and printed with, lists of words among it. A shape in `common` would bring zod with it. */
const AT_ONCE =
  /^(?:src-main\/(?:hosts\/cli|hosts\/shared|common)\/|src-main\/engine\/resource-kinds\.ts$|node_modules\/commander\/|package\.json$|\\0rolldown\/)/;

test.each([['--help'], ['tags --help'], ['completion bash']])(
  '%s loads neither the engine nor a library but that of command lines',
  async (command) => {
    const modules = await modulesRun(command.split(' '));
    expect(modules).toContain('src-main/hosts/cli/program.ts');
    expect(modules.filter((module) => !AT_ONCE.test(module))).toEqual([]);
  },
);

test('a command that opens the core is seen to load it', async () => {
  expect(await modulesRun(['accounts'])).toEqual(
    expect.arrayContaining(['src-main/services/index.ts', 'src-main/engine/errors.ts']),
  );
});

test('a SOCKS proxy, whose library is a file of its own, is gone through', async () => {
  const [registry, socks] = [
    await startServer(
      {
        'GET /v2/': { body: {} },
        'GET /v2/app/tags/list': { body: { name: 'app', tags: ['1'] } },
      },
      { name: 'registry.invalid' },
    ),
    await startSocksServer(),
  ];
  const line = await CommandLine.open();
  const env = { ALL_PROXY: `socks5h://127.0.0.1:${socks.port}` };
  const args = ['tags', `${registry.host}/app`, '--names', '--plain-http'];
  expect(await line.run(args, { env })).toMatchObject({ code: 0, stdout: '1\n' });
  expect(socks.asked).toContain(`domain ${registry.host}`);
});

const coverage = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({ ranges: z.array(z.object({ startOffset: z.int(), count: z.int() })).min(1) }),
      ),
    }),
  ),
});

/** The modules of the built program of which a function ran, by V8's own count. */
async function modulesRun(args: readonly string[]): Promise<string[]> {
  const folder = await temporaryFolder();
  const line = await CommandLine.open();
  expect(await line.run(args, { env: { NODE_V8_COVERAGE: folder } })).toMatchObject({ code: 0 });
  const [file = ''] = await readdir(folder);
  const { result } = coverage.parse(JSON.parse(await readFile(join(folder, file), 'utf8')));
  const functions = result.find(({ url }) => url === pathToFileURL(program).href)?.functions ?? [];
  // The build names each module in a comment before its code.
  const places = [...(await readFile(program, 'latin1')).matchAll(/^\/\/ (\S+\.\w+)$/gm)];
  const ran = functions.flatMap(({ ranges: [whole] }) => {
    if (whole === undefined || whole.count === 0) return [];
    return places.findLast(({ index }) => index < whole.startOffset)?.[1] ?? [];
  });
  return [...new Set(ran)];
}
