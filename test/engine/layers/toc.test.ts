import { execFileSync } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MergedTree } from '../../../src-main/engine/layers/merged.ts';
import { type LayerContents, readLayer } from '../../../src-main/engine/layers/read-layer.ts';
import { listedFile } from '../../../src-main/engine/layers/toc-file.ts';
import { blob, seededBytes, sha256 } from '../../support/images.ts';
import { opened, type RawEntry, rawTar } from '../../support/layers.ts';
import { estargz, type TocEntry, type TocLayer, zstdChunked } from '../../support/toc-layers.ts';

const BIG = seededBytes('big', 10_000_000);
const ENTRIES: readonly RawEntry[] = [
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/motd', content: 'hello {"entries": [{"name": "no"}]}\n', mode: 0o4640 },
  { name: 'etc/link "quoted"\\', type: '2', link: '../ünïcode' },
  { name: 'etc/empty' },
  { name: 'big', content: BIG },
  { name: 'same', type: '1', link: 'big' },
  { name: 'etc/.wh.gone' },
  { name: 'var/.wh..wh..opq' },
];

/** A blob that counts what is asked of it. */
function counting({ bytes, annotations }: TocLayer, { parts = true, annotated = true } = {}) {
  const asked = { requests: 0, bytes: 0, whole: 0 };
  const layer = {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    digest: sha256(bytes),
    size: bytes.length,
    ...(annotated ? { annotations } : {}),
  };
  return {
    asked,
    layer,
    blob: {
      open: (offset: number) => {
        asked.whole += 1;
        return opened(bytes)(offset);
      },
      part: async ({ start, length }: { start: number; length: number }) => {
        asked.requests += 1;
        asked.bytes += length;
        return parts ? bytes.subarray(start, start + length) : undefined;
      },
    },
  };
}

function shown({ tree }: LayerContents): string[] {
  const merged = new MergedTree([tree]);
  return [...merged.below(merged.root)].map(
    ({ path, type, link, node }) =>
      `${type} ${path} ${tree.columns.size[node]} ${tree.columns.mode[node]} ${tree.columns.modified[node]} ${link}`,
  );
}

const forms = { estargz, zstdChunked } as const;

describe.each(['estargz', 'zstdChunked'] as const)('%s', (form) => {
  test('is listed by its table of contents alone, the same as by its archive', async () => {
    const written = forms[form](ENTRIES);
    const { asked, layer, blob: source } = counting(written);
    const listed = await readLayer(source, layer);
    expect(listed).toMatchObject({ toc: form, entries: 8, warnings: [], bytes: BIG.length + 36 });
    expect(asked).toMatchObject({ requests: form === 'estargz' ? 2 : 1, whole: 0 });
    expect(asked.bytes).toBeLessThan(2000);
    const whole = await readLayer(source, layer, { whole: true });
    expect(whole.toc).toBeUndefined();
    expect(shown(listed)).toEqual(shown(whole).filter((line) => !line.includes('stargz.index.json')));
  });

  test('one that lies is not believed: the layer is read, with a warning', async () => {
    for (const written of [
      forms[form](ENTRIES, { wrongDigest: true }),
      forms[form](ENTRIES, { lie: (entries) => void delete entries[0]?.name }),
    ]) {
      const { asked, layer, blob: source } = counting(written);
      const read = await readLayer(source, layer);
      expect(read).toMatchObject({ warnings: ['tocRefused'] });
      expect(read.toc).toBeUndefined();
      expect(asked.whole).toBe(1);
      expect(new MergedTree([read.tree]).find('etc/motd')).toBeDefined();
    }
  });

  test('is read whole where the place gives no parts, without a word', async () => {
    const { layer, blob: source } = counting(forms[form](ENTRIES), { parts: false });
    expect(await readLayer(source, layer)).toMatchObject({ warnings: [] });
  });

  test('gives single files by their pieces, each verified', async () => {
    const written = forms[form](ENTRIES, { chunk: 3_000_000 });
    const { asked, layer, blob: source } = counting(written);
    for (const [path, content] of [
      ['big', BIG],
      ['etc/motd', Buffer.from(String(ENTRIES[1]?.content))],
      ['etc/empty', Buffer.alloc(0)],
    ] as const) {
      const chunks: Buffer[] = [];
      for await (const chunk of (await listedFile(source, layer, path, undefined)) ?? []) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(content)).toBe(true);
    }
    expect(asked.whole).toBe(0);

    const changed = Buffer.from(written.bytes);
    changed.writeUInt8(changed.readUInt8(5_000_000) ^ 1, 5_000_000);
    const other = counting({ ...written, bytes: changed });
    const pieces = await listedFile(other.blob, layer, 'big', undefined);
    const all = async () => {
      for await (const _ of pieces ?? []);
    };
    await expect(all()).rejects.toMatchObject({ code: 'contentDamaged' });
  });

  test('a table that does not say all of a file leaves it to be read with the layer', async () => {
    for (const lie of [
      (entries: { [key: string]: string | number }[]) => entries.splice(4, 1),
      (entries: { [key: string]: string | number }[]) =>
        entries.map((entry) => delete entry.chunkDigest && delete entry.digest),
      (entries: { [key: string]: string | number }[]) =>
        entries.map((entry) => (entry.chunkOffset = Number(entry.chunkOffset) * 2)),
    ]) {
      const { layer, blob: source } = counting(forms[form](ENTRIES, { chunk: 3_000_000, lie }));
      expect(await listedFile(source, layer, 'big', undefined)).toBeUndefined();
    }
  });

  test('without a digest it is looked for in large layers only, and said to be unverified', async () => {
    const small = counting(forms[form](ENTRIES), { annotated: false });
    expect(await readLayer(small.blob, small.layer)).toMatchObject({ warnings: [] });
    expect(small.asked).toMatchObject({ requests: 0, whole: 1 });
    const large = counting(
      forms[form]([...ENTRIES, { name: 'more', content: seededBytes('more', 10_000_000) }]),
      { annotated: false },
    );
    expect(await readLayer(large.blob, large.layer)).toMatchObject({
      toc: form,
      warnings: ['tocUnverified'],
    });
    expect(large.asked).toMatchObject({ requests: 2, whole: 0 });
    expect(await listedFile(large.blob, large.layer, 'big', undefined)).toBeUndefined();
  });
});

test('a file of more pieces than any writer makes is read with the layer, and those that are many are found', async () => {
  const inPieces = (count: number) => (entries: TocEntry[]) => {
    const at = entries.findIndex(({ name }) => name === 'etc/motd');
    const stated = { ...entries[at], size: count, chunkSize: 1 };
    const pieces = Array.from({ length: count }, (_, piece) => ({
      ...stated,
      ...(piece === 0 ? {} : { type: 'chunk' }),
      chunkOffset: piece,
    }));
    entries.splice(at, 1);
    // One by one: so many cannot be arguments.
    for (const piece of pieces) entries.push(piece);
  };
  const many = counting(zstdChunked(ENTRIES, { lie: inPieces(1_000) }));
  expect(await listedFile(many.blob, many.layer, 'etc/motd', undefined)).toBeDefined();
  const more = counting(zstdChunked(ENTRIES, { lie: inPieces(100_001) }));
  expect(await listedFile(more.blob, more.layer, 'etc/motd', undefined)).toBeUndefined();
});

test('a manifest that names a place that cannot be is not believed', async () => {
  const written = zstdChunked(ENTRIES);
  for (const position of ['1:99999999999:1:1', '-5:10:1:1', 'x', `${written.toc}:10:1:2`]) {
    const { layer, blob: source } = counting(written);
    const annotations = {
      ...written.annotations,
      'io.github.containers.zstd-chunked.manifest-position': position,
    };
    expect(await readLayer(source, { ...layer, annotations })).toMatchObject({ warnings: ['tocRefused'] });
  }
  const plain = blob('', gzipSync(rawTar(ENTRIES)));
  const { layer, blob: source } = counting({
    bytes: plain.bytes,
    annotations: estargz(ENTRIES).annotations,
    toc: 0,
  });
  expect(await readLayer(source, layer)).toMatchObject({ warnings: ['tocRefused'] });
});

test('the writer of these tests writes estargz as it is described', () => {
  const { bytes, toc } = estargz(ENTRIES, { chunk: 3_000_000 });
  const footer = bytes.subarray(-51);
  expect(footer.toString('latin1', 16, 38)).toBe(`${toc.toString(16).padStart(16, '0')}STARGZ`);
  expect(gunzipSync(footer)).toEqual(Buffer.alloc(0));
  const archive = gunzipSync(bytes);
  const names = execFileSync('tar', ['tf', '-', '--quoting-style=literal'], {
    input: archive,
    encoding: 'utf8',
  });
  // The list is the last entry, and its own member begins with its header.
  expect(names.trimEnd().split('\n').at(-1)).toBe('stargz.index.json');
  const list = gunzipSync(bytes.subarray(toc, -51));
  expect(list.toString('latin1', 0, 17)).toBe('stargz.index.json');
  const size = Number.parseInt(list.toString('latin1', 124, 135), 8);
  const { version, entries } = JSON.parse(list.toString('utf8', 512, 512 + size));
  expect(version).toBe(1);
  const pieces = entries.filter(({ offset }: { offset?: number }) => offset !== undefined);
  expect(pieces.map(({ type }: { type: string }) => type)).toEqual(['reg', 'reg', 'chunk', 'chunk', 'chunk']);
  for (const [at, { offset, chunkDigest }] of pieces.entries()) {
    expect(bytes.readUInt16BE(offset)).toBe(0x1f8b);
    const end = pieces[at + 1]?.offset ?? toc;
    const out = gunzipSync(bytes.subarray(offset, end));
    const length = pieces[at].chunkSize ?? (at === 0 ? pieces[at].size : BIG.length - pieces[at].chunkOffset);
    expect(sha256(out.subarray(0, length))).toBe(chunkDigest);
  }
});
