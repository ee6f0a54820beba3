import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LAYER_STATES, LAYER_WARNINGS } from '../../../src-main/engine/vocabulary/layers.ts';
import { fileOf, newForm, tarOf } from '../../engine/content/archives.ts';
import { arm64, blob, makeIndex, mediaTypes, seededBytes, sha256 } from '../../support/images.ts';
import { imageOf, type RawEntry, rawTar } from '../../support/layers.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { digest, hostOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const filesDocument = z.strictObject({
  reference: z.string(),
  digest,
  layers: z.array(
    z.strictObject({
      digest,
      size: z.int(),
      mediaType: z.string(),
      state: z.enum(LAYER_STATES),
      entries: z.int().optional(),
      bytes: z.int().optional(),
      warnings: z.array(z.enum(LAYER_WARNINGS)),
      failure: z.object({ code: z.string(), message: z.string() }).optional(),
    }),
  ),
  files: z.array(
    z.strictObject({
      name: z.string(),
      path: z.string(),
      type: z.string(),
      size: z.int(),
      mode: z.int(),
      uid: z.int(),
      gid: z.int(),
      modified: z.iso.datetime().optional(),
      link: z.string().optional(),
      layer: z.int(),
      change: z.string().optional(),
    }),
  ),
  wastedBytes: z.int(),
  efficiency: z.number(),
});

const BYTES = seededBytes('binary', 70_000);
const BASE: readonly RawEntry[] = [
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/app.conf', content: 'a = 1\n' },
  { name: 'etc/old', content: 'old' },
  { name: 'bin/tool', content: BYTES, mode: 0o4755 },
  { name: 'tool', type: '2', link: '/bin/tool' },
  { name: 'etc/\u001b[31mred', content: '' },
];
const UPPER: readonly RawEntry[] = [{ name: 'etc/app.conf', content: 'a = 22\n' }, { name: 'etc/.wh.old' }];

async function pushed(image = imageOf([rawTar(BASE), rawTar(UPPER)])) {
  const registry = await startTestRegistry();
  await push(image, registry, 'team/app', '1.0');
  return { cli: await CommandLine.open(), reference: `${hostOf(registry)}/team/app:1.0`, image, registry };
}

describe('files', () => {
  test('lists what is there, as a document and for people, with its layer and without what moves a cursor', async () => {
    const { cli, reference, image } = await pushed();
    const { code, stdout, stderr } = await cli.run(['files', reference, '--json']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const document = filesDocument.parse(JSON.parse(stdout));
    expect(document).toMatchObject({ reference, digest: image.digest, wastedBytes: 6 + 7 + 3 });
    expect(document.efficiency).toBeCloseTo((6 + 70_000) / (6 + 7 + 3 + 70_000), 12);
    expect(document.files.map(({ path, type, layer }) => `${path} ${type} ${layer}`)).toEqual([
      'bin directory 0',
      'bin/tool file 0',
      'etc directory 0',
      'etc/\u001b[31mred file 0',
      'etc/app.conf file 1',
      'tool symlink 0',
    ]);
    const listed = await cli.run(['files', reference, '/etc/']);
    expect(listed.stdout).not.toContain('\u001b');
    expect(listed.stdout.split('\n')).toEqual([
      expect.stringMatching(/^drwxr-xr-x {2}0\/0 .* etc\/$/),
      expect.stringMatching(/^-rw-r--r-- {2}0\/0 .* 0 {2}etc\/.\[31mred$/),
      expect.stringMatching(/^-rw-r--r-- {2}0\/0 +7 {2}2023-11-14 22:13 {4}1 {2}etc\/app.conf$/),
      '',
    ]);
  });

  test('lists what a layer did, what matches, and what is wasted', async () => {
    const { cli, reference } = await pushed();
    const layer = await cli.run(['files', reference, '--layer', '1']);
    expect(layer.stdout).toMatch(/^d.* etc\/\nC {2}-.* etc\/app.conf\nR {2}-.* etc\/old\n$/);
    const found = await cli.run(['files', reference, '--search', 't??l']);
    expect(found.stdout).toMatch(/^-rwsr-xr-x .* bin\/tool\nl.* tool -> \/bin\/tool\n$/);
    const wasted = await cli.run(['files', reference, '--wasted']);
    expect(wasted.stdout).toMatch(/^Wasted +16 B \(16 bytes\) in 2 paths\nEfficiency +100\.0 %\n\n/);
    expect(wasted.stdout).toMatch(/13 B {2}0,1 +etc\/app\.conf\n +3 B {2}0,1 +etc\/old\n$/);
    expect(await cli.run(['files', reference, '--layer', '2'])).toMatchObject({ code: 2 });
    expect(await cli.run(['files', reference, 'etc/nothing'])).toMatchObject({ code: 1 });
  });

  test('takes archives, and of an index the platform that is wanted', async () => {
    const image = imageOf([rawTar(BASE), rawTar(UPPER)]);
    const cli = await CommandLine.open();
    const archive = await fileOf(await tarOf(newForm(image)));
    expect((await cli.run(['files', `oci-archive:${archive}`, 'bin'])).stdout).toContain('bin/tool');
    expect((await cli.run(['cat', `docker-archive:${archive}`, 'etc/app.conf'])).stdout).toBe('a = 22\n');
    const registry = await startTestRegistry();
    const other = imageOf([rawTar([{ name: 'arm', content: 'arm' }])]);
    await push(
      makeIndex([
        { manifest: image, platform: { os: 'linux', architecture: 's390x' } },
        { manifest: other, platform: arm64 },
      ]),
      registry,
      'multi',
      '1',
    );
    const listed = await cli.run(['files', `${hostOf(registry)}/multi:1`, '--platform', 'linux/arm64']);
    expect(listed.stdout).toMatch(/ arm\n$/);
  });

  test('shows the rest where a layer cannot be read, says so and fails', async () => {
    const broken = blob(
      mediaTypes.oci.layer,
      Buffer.concat([rawTar(BASE, { end: false }), rawTar(BASE).subarray(0, 1000)]),
    );
    const opaque = blob('application/vnd.example.model', Buffer.alloc(5000, 'x'));
    const { cli, reference } = await pushed(imageOf([rawTar(UPPER), broken, opaque]));
    const { code, stdout, stderr } = await cli.run(['files', reference, '--json']);
    expect(code).toBe(1);
    const { layers, files } = filesDocument.parse(JSON.parse(stdout));
    expect(layers.map(({ state }) => state)).toEqual(['read', 'failed', 'opaque']);
    expect(files.map(({ path }) => path)).toEqual(['etc', 'etc/app.conf']);
    const said = JSON.parse(stderr);
    expect(said.error).toMatchObject({ code: 'contentDamaged' });
    expect(said.warnings.map(({ code: each }: { code: string }) => each)).toEqual(
      expect.arrayContaining(['contentDamaged', 'opaque']),
    );
  });
});

describe('cat', () => {
  test('prints a file byte for byte, over links and as an earlier layer had it', async () => {
    const { cli, reference, image } = await pushed();
    const binary = await cli.run(['cat', reference, '/tool'], { encoding: 'latin1' });
    expect(Buffer.from(binary.stdout, 'latin1').equals(BYTES)).toBe(true);
    expect(await cli.run(['cat', reference, 'etc/app.conf', '--layer', '0'])).toMatchObject({
      code: 0,
      stdout: 'a = 1\n',
    });
    const { stdout } = await cli.run(['cat', reference, 'tool', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      reference,
      digest: image.digest,
      path: 'bin/tool',
      layer: 0,
      size: 70_000,
      sha256: sha256(BYTES),
    });
  });

  test('fails for what is not there, what is no file, and bytes that are not those of the image', async () => {
    const { cli, reference, registry, image } = await pushed();
    const missing = await cli.failure(['cat', reference, 'etc/old']);
    expect(missing).toMatchObject({
      exit: 1,
      code: 'fileUnknown',
      words: expect.stringContaining('etc/old'),
    });
    expect(await cli.run(['cat', reference, 'etc'])).toMatchObject({ code: 2, stdout: '' });
    // The tree is known by now.
    registry.inject({
      kind: 'corrupt',
      when: { method: 'GET', path: new RegExp(image.blobs[1]?.digest ?? '') },
    });
    const { code, stderr } = await cli.run(['cat', reference, 'bin/tool'], { encoding: 'latin1' });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/digest|damaged/) });
  });
});
