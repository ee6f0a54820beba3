import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeImage, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { type Entry, fileOf, newForm, oldForm, savedForm, tarOf } from './archives.ts';
import { move, registryContent, sourceAt, targetAt } from './moving.ts';

const image = await makeImage();
const name = { repository: 'team/app', reference: '1.0' };
const tagged = { repository: '', reference: '1.0' };

const without = (entries: readonly Entry[], pattern: RegExp): Entry[] =>
  entries.filter(([file]) => !pattern.test(file));

const replaced = (entries: readonly Entry[], pattern: RegExp, content: Entry[1]): Entry[] =>
  entries.map(([file, before]) => [file, pattern.test(file) ? content : before]);

function changed(bytes: Buffer, at: number, by: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  by.copy(copy, at);
  return copy;
}

const whole = await tarOf(oldForm(image));
const lastBlock = whole.length - 1024;

const damages: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
  'cut in the middle': () => whole.subarray(0, whole.length / 2),
  'cut within a block': () => whole.subarray(0, 700),
  'without the mark of its end': () => whole.subarray(0, lastBlock),
  'with a broken header': () => changed(whole, 20, Buffer.from('X')),
  'with a size that is none': () => {
    const block = changed(whole.subarray(0, 512), 124, Buffer.from('9999999999 \0'));
    block.fill(0x20, 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return Buffer.concat([block, whole.subarray(512)]);
  },
  'with a name that leads out of it': () => tarOf([...oldForm(image), ['../../outside', 'x']]),
  'with a name from the root': () => tarOf([...oldForm(image), ['/etc/outside', 'x']]),
  'with a symbolic link that leads out of it': () =>
    tarOf([...oldForm(image), ['a/b', { link: '../../etc/passwd', type: 'symlink' }]]),
  'with a link to a file from the root': () =>
    tarOf([...oldForm(image), ['a', { link: '/etc/passwd', type: 'link' }]]),
  'with a layer that links to itself': () =>
    tarOf(replaced(oldForm(image), /layer\.tar$/, { link: 'layer.tar', type: 'symlink' })),
  'with a file twice': async () => tarOf([...oldForm(image), ...oldForm(image).slice(-1)]),
  'without a layer': () => tarOf(without(oldForm(image), /layer\.tar$/)),
  'without a config': () => tarOf(without(oldForm(image), /^[0-9a-f]{64}\.json$/)),
  'with another config': () => tarOf(replaced(oldForm(image), /^[0-9a-f]{64}\.json$/, '{"rootfs":{}}')),
  'with a list of images that is none': () => tarOf(replaced(oldForm(image), /^manifest\.json$/, '{')),
  'with a list of something else': () => tarOf(replaced(oldForm(image), /^manifest\.json$/, '[{"a":1}]')),
  'with a gigantic list': () =>
    tarOf(replaced(oldForm(image), /^manifest\.json$/, Buffer.alloc(9 * 1024 * 1024, 0x20))),
  'with too few layers': () => {
    const entries = oldForm(image);
    const list: [{ Layers: string[] }] = JSON.parse(String(entries.at(-2)?.[1]));
    list[0].Layers.pop();
    return tarOf(replaced(entries, /^manifest\.json$/, JSON.stringify(list)));
  },
  'with a compressed layer of another content': () =>
    tarOf(replaced(oldForm(image), /layer\.tar$/, gzipSync('another one'))),
  'with broken compression of a layer': () =>
    tarOf(replaced(oldForm(image), /layer\.tar$/, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6]))),
  'compressed and cut': () => gzipSync(whole).subarray(0, 2000),
  'with an index that is no JSON': () => tarOf(replaced(newForm(image), /^index\.json$/, 'x')),
};

test.each(Object.keys(damages))('an archive %s is refused as damaged', async (what) => {
  const bytes = await (damages[what] as () => Promise<Buffer> | Buffer)();
  const file = await fileOf(bytes);
  await expect(sourceAt({ kind: 'dockerArchive', path: file })).rejects.toMatchObject({
    code: 'contentDamaged',
  });
});

test.each(['dockerArchive', 'ociArchive', 'ociLayout'] as const)(
  '%s: what it is not is refused as that',
  async (kind) => {
    const file = await fileOf(await tarOf([['some.txt', 'x']]));
    const folder = await temporaryFolder();
    const at = kind === 'ociLayout' ? folder : file;
    await expect(sourceAt({ kind, path: at })).rejects.toMatchObject({ code: 'notContent' });
    const nowhere = path.join(folder, 'nowhere');
    await expect(sourceAt({ kind, path: nowhere })).rejects.toMatchObject({
      code: kind === 'ociLayout' ? 'notContent' : 'fileFailed',
    });
  },
);

test('a layer whose content is another one reaches no registry', async () => {
  const bytes = savedForm(image).layers[1] as Buffer;
  const file = await fileOf(await tarOf(replaced(oldForm(image), /layer\.tar$/, bytes)));
  const target = await startTestRegistry();
  const source = await sourceAt({ kind: 'dockerArchive', path: file });
  await expect(move(source, name, registryContent(target), name)).rejects.toMatchObject({
    code: 'digestMismatch',
    side: 'source',
  });
  expect((await plainRequest(target, '/v2/team/app/manifests/1.0')).status).toBe(404);
});

test.each(['whole', 'compressed'])(
  'the old form of docker save is read, %s, the same each time',
  async (how) => {
    const file = await fileOf(how === 'whole' ? whole : gzipSync(whole));
    const source = await sourceAt({ kind: 'dockerArchive', path: file });
    expect(source.names).toEqual([{ repository: 'docker.io/team/app', tag: '1.0' }]);
    const { bytes, digest } = await source.get('docker.io/team/app', '1.0');
    expect(digest).toBe(source.onlyDigest());
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
      config: { digest: image.blobs[0]?.digest },
      layers: savedForm(image).diffIds.map((each) => ({ digest: each })),
    });
    const target = await startTestRegistry();
    const item = await move(source, name, registryContent(target), name);
    expect(item.root?.digest).toBe(digest);
  },
);

test('layers that are links to others, and layers that are compressed, are read', async () => {
  const entries = oldForm(image);
  const [first = '', second = ''] = savedForm(image).diffIds.map((each) => `${each.slice(7)}/layer.tar`);
  const linked = entries.map(([file, content]): Entry => {
    if (file === first) return [file, { link: '../shared.tar', type: 'symlink' }];
    if (file === second) return [file, gzipSync(savedForm(image).layers[1] as Buffer)];
    return [file, content];
  });
  const file = await fileOf(await tarOf([['shared.tar', savedForm(image).layers[0] as Buffer], ...linked]));
  const source = await sourceAt({ kind: 'dockerArchive', path: file });
  const target = await startTestRegistry();
  await move(source, name, registryContent(target), name);
  const { body } = await plainRequest(target, '/v2/team/app/manifests/1.0');
  const layers: { digest: string; mediaType: string }[] = JSON.parse(body.toString()).layers;
  expect(layers.map(({ mediaType }) => mediaType)).toEqual([
    'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+gzip',
  ]);
});

test('the new form of docker save keeps the digest', async () => {
  const file = await fileOf(await tarOf(newForm(image)));
  const source = await sourceAt({ kind: 'dockerArchive', path: file });
  expect((await source.get('team/app', '1.0')).digest).toBe(image.digest);
  const target = await startTestRegistry();
  expect((await move(source, name, registryContent(target), name)).root?.digest).toBe(image.digest);
});

test.each(['blob', 'manifest'])('a layout whose %s is another one or missing is refused', async (what) => {
  const part = what === 'blob' ? image.blobs[1] : image;
  const pattern = new RegExp(part?.digest.slice(7) ?? '');
  for (const entries of [replaced(newForm(image), pattern, 'another'), without(newForm(image), pattern)]) {
    const file = await fileOf(await tarOf(entries));
    const source = await sourceAt({ kind: 'ociArchive', path: file });
    const moving = move(
      source,
      { repository: '', reference: image.digest },
      registryContent(await startTestRegistry()),
      name,
    );
    await expect(moving).rejects.toMatchObject({ side: 'source' });
    await expect(moving).rejects.toSatisfy(({ code }) => ['digestMismatch', 'contentDamaged'].includes(code));
  }
});

test('a name of two images is no name: one is chosen by its digest', async () => {
  const other = await makeImage({ name: 'other' });
  const named = (digest: string) => ({
    mediaType: image.mediaType,
    digest,
    size: 1,
    annotations: { 'org.opencontainers.image.ref.name': '1.0' },
  });
  const index = JSON.stringify({ schemaVersion: 2, manifests: [named(image.digest), named(other.digest)] });
  const file = await fileOf(await tarOf(replaced(newForm(image), /^index\.json$/, index)));
  const source = await sourceAt({ kind: 'ociArchive', path: file });
  await expect(source.head('', '1.0')).rejects.toMatchObject({ code: 'contentDamaged' });
  expect(() => source.onlyDigest()).toThrow('2 images');
  expect((await source.get('', image.digest)).digest).toBe(image.digest);
});

test("a folder of something else is not made a layout, and another program's lock is kept", async () => {
  const registry = await startTestRegistry();
  await push(image, registry, 'team/app', '1.0');
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'letter.txt'), 'Dear …');
  const into = async (at: string) =>
    move(registryContent(registry), name, await targetAt({ kind: 'ociLayout', path: at }), tagged);
  await expect(into(folder)).rejects.toMatchObject({ code: 'notContent', side: 'target' });
  expect(await readdir(folder)).toEqual(['letter.txt']);
  const locked = path.join(folder, 'locked');
  await mkdir(locked);
  const lock = path.join(locked, '.wharfinger-lock');
  await writeFile(lock, JSON.stringify({ host: 'elsewhere', pid: 1 }));
  await expect(into(locked)).rejects.toMatchObject({ code: 'contentBusy', side: 'target' });
  expect(await readdir(locked)).toEqual(['.wharfinger-lock']);
});

test('what a killed program left behind is in nobody’s way', async () => {
  const registry = await startTestRegistry();
  await push(image, registry, 'team/app', '1.0');
  const { hostname } = await import('node:os');
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, '.wharfinger-parts'));
  await writeFile(path.join(folder, '.wharfinger-parts/0'), 'half');
  // Higher than any process has.
  await writeFile(path.join(folder, '.wharfinger-lock'), JSON.stringify({ host: hostname(), pid: 2 ** 30 }));
  await move(registryContent(registry), name, await targetAt({ kind: 'ociLayout', path: folder }), tagged);
  expect((await readdir(folder)).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  const manifest = await readFile(path.join(folder, 'blobs/sha256', image.digest.slice(7)));
  expect(sha256(manifest)).toBe(image.digest);
});
