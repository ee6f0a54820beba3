import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { COMPARED_LAYERS, COMPARISON_VERDICTS } from '../../../src-main/engine/vocabulary/comparison.ts';
import { built } from '../../support/compared.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { digest } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const changes = z.strictObject({
  added: z.array(z.looseObject({})),
  removed: z.array(z.looseObject({})),
  changed: z.array(z.looseObject({})),
});
/** What programs were promised, and what is said beside that. */
const comparisonDocument = z.strictObject({
  left: z.looseObject({ reference: z.string(), digest }),
  right: z.looseObject({ reference: z.string(), digest }),
  verdict: z.enum(COMPARISON_VERDICTS),
  same: z.boolean(),
  layers: z.array(
    z.looseObject({
      state: z.enum(COMPARED_LAYERS),
      left: z.looseObject({ index: z.int() }).optional(),
      right: z.looseObject({ index: z.int() }).optional(),
    }),
  ),
  config: z.array(z.looseObject({ field: z.string(), left: z.json(), right: z.json() })),
  files: changes.optional(),
  packages: changes.optional(),
  bytes: z.looseObject({ left: z.int(), right: z.int(), shared: z.int() }),
  differs: z.array(z.string()),
  unknown: z.array(z.string()),
  attached: z.looseObject({}),
  platforms: z.array(z.looseObject({})),
});

test('compare says in what two images differ, as text, JSON and reports, and ends with 3; secrets are masked', async () => {
  const registry = await startTestRegistry();
  const status = (version: string) =>
    `Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`;
  const build = (mode: string, version: string, extra: string) =>
    built({
      layers: [
        [
          { name: 'etc/mode', content: mode },
          { name: 'var/lib/dpkg/status', content: status(version) },
        ],
        [{ name: extra, content: extra }],
      ],
      config: { Env: [`MODE=${mode}`, `DB_PASSWORD=hidden-${mode}`] },
      history: ['COPY rootfs /', `RUN |1 API_TOKEN=t-${mode} touch <b>${extra}</b>`],
    });
  const [left, right] = [build('test', '7.88.1-9', 'one'), build('live', '7.88.1-10', 'two')];
  await push(left, registry, 'team/app', 'tested');
  await push(right, registry, 'team/app', 'live');
  const host = new URL(registry.url).host;
  const [one, two] = [`${host}/team/app:tested`, `${host}/team/app:live`];
  const cli = await CommandLine.open();
  const folder = await temporaryFolder();
  const [markdown, html] = [path.join(folder, 'report.md'), path.join(folder, 'report.html')];

  const compared = await cli.run([
    'compare',
    one,
    two,
    '--files',
    '--packages',
    '--json',
    '--markdown',
    markdown,
    '--html',
    html,
  ]);
  expect(compared).toMatchObject({ code: 3, stderr: '' });
  expect(JSON.parse(compared.stdout)).toMatchObject({
    left: { reference: one, digest: left.digest },
    right: { reference: two, digest: right.digest },
    verdict: 'different',
    same: false,
    differs: ['layers', 'config', 'history', 'files', 'packages'],
    unknown: [],
    layers: [
      { state: 'onlyLeft', left: { index: 0 } },
      { state: 'onlyLeft', left: { index: 1 } },
      { state: 'onlyRight', right: { index: 0 } },
      { state: 'onlyRight', right: { index: 1 } },
    ],
    config: [
      { field: 'environment', key: 'MODE', left: 'test', right: 'live' },
      { field: 'environment', key: 'DB_PASSWORD', left: '••••••', right: '••••••', secret: true },
    ],
    bytes: { shared: 0 },
    packages: {
      added: [],
      removed: [],
      changed: [{ change: 'upgraded', type: 'deb', name: 'curl', left: ['7.88.1-9'], right: ['7.88.1-10'] }],
    },
    files: {
      added: [{ path: 'two', type: 'file', size: 3, layer: 1 }],
      removed: [{ path: 'one', type: 'file', size: 3, layer: 1 }],
      changed: [
        { path: 'etc/mode', aspects: ['content'] },
        { path: 'var/lib/dpkg/status', aspects: ['size', 'content'] },
      ],
    },
  });
  // Whole documents, so that what programs read does not change unseen; files and packages are there where they were asked for.
  const [whole, short] = [
    comparisonDocument.parse(JSON.parse(compared.stdout)),
    comparisonDocument.parse(JSON.parse((await cli.run(['compare', one, two, '--json'])).stdout)),
  ];
  expect(whole.bytes.left).toBeGreaterThan(0);
  expect(
    [whole, short].map(({ files, packages }) => [files, packages].map((each) => each !== undefined)),
  ).toEqual([
    [true, true],
    [false, false],
  ]);
  const [page, text] = [await readFile(html, 'utf8'), await readFile(markdown, 'utf8')];
  for (const report of [page, text, compared.stdout]) expect(report).not.toMatch(/hidden-|t-test|t-live/);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<b>|src=|href=/);
  expect(text).toContain('They differ in layers, configuration, history, files, and packages.');
  expect(text).toContain('| changed | /etc/mode | content |');

  await cli.run(['compare', one, two, '--files', '--packages', '--html', html, '--lang', 'zh-CN']);
  const chinese = await readFile(html, 'utf8');
  expect(chinese).toContain('<html lang="zh-CN">');
  expect(chinese).toContain('<title>两个镜像的比较</title>');
  expect(chinese).toContain('两者的层、配置、构建历史、文件和软件包不同。');
  for (const words of ['环境变量 MODE', '更改', '升级', '仅左侧']) expect(chinese).toContain(words);
  expect(await cli.run(['compare', one, two, '--lang', 'en'])).toMatchObject({ code: 2 });

  const shown = await cli.run(['compare', one, two, '--secrets', '--html', html]);
  expect(shown.code).toBe(3);
  expect(shown.stdout).toContain('They differ in layers, configuration, and history.');
  expect(shown.stdout).toContain('hidden-live');
  expect(await readFile(html, 'utf8')).toContain('touch &lt;b&gt;two&lt;/b&gt;');

  expect(await cli.run(['compare', one, `${host}/team/app@${left.digest}`])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Both are the same, digest for digest.'),
  });
  expect(await cli.run(['compare', one, two, '--all'])).toMatchObject({ code: 2 });
  expect(await cli.run(['compare', host, host, '--files'])).toMatchObject({ code: 2 });
  expect(await cli.run(['compare', one, two, '--shared'])).toMatchObject({ code: 2 });
});

test('an image of a registry is compared with an archive that docker can load, by its configuration and its layers', async () => {
  const registry = await startTestRegistry();
  const image = built({ layers: [[{ name: 'a', content: 'a' }]], config: { Cmd: ['/a'] } });
  await push(image, registry, 'team/app', '1.0');
  const one = `${new URL(registry.url).host}/team/app:1.0`;
  const cli = await CommandLine.open();
  const folder = await temporaryFolder();
  const archive = path.join(folder, 'app.tar');
  expect(await cli.run(['copy', one, `docker-archive:${archive}:app:1.0`, '--yes'])).toMatchObject({
    code: 0,
  });
  const compared = await cli.run(['compare', one, `docker-archive:${archive}`, '--files', '--json']);
  expect(JSON.parse(compared.stdout)).toMatchObject({
    verdict: 'sameContent',
    same: true,
    layers: [{ state: 'recompressed' }],
    files: { added: [], removed: [], changed: [] },
  });
  expect(compared.code).toBe(0);
  await writeFile(archive, 'no archive');
  expect((await cli.run(['compare', one, `docker-archive:${archive}`])).code).toBe(1);
});
