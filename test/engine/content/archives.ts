import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { TestManifest } from '../../support/images.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A file, or where a link leads. */
export type Entry = readonly [
  name: string,
  content: Buffer | string | { link: string; type: 'link' | 'symlink' },
];

export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of entries) {
    if (typeof content === 'string' || Buffer.isBuffer(content)) archive.entry({ name }, content);
    else archive.entry({ name, type: content.type, linkname: content.link });
  }
  archive.finalize();
  return await buffer(archive);
}

export async function fileOf(bytes: Buffer): Promise<string> {
  const file = path.join(await temporaryFolder(), 'archive.tar');
  await writeFile(file, bytes);
  return file;
}

const hex = (digest: string): string => digest.replace('sha256:', '');

export interface Saved {
  config: Buffer;
  /** Without their compression. */
  layers: readonly Buffer[];
  diffIds: readonly string[];
}

export function savedForm(image: TestManifest): Saved {
  const [config, ...layers] = image.blobs;
  if (!config) throw new Error('An image has a config.');
  const document: { rootfs: { diff_ids: string[] } } = JSON.parse(config.bytes.toString());
  return {
    config: config.bytes,
    layers: layers.map(({ bytes }) => gunzipSync(bytes)),
    diffIds: document.rootfs.diff_ids,
  };
}

/** What `docker save` writes up to version 24: a folder a layer, and the lists of names. */
export function oldForm(image: TestManifest, name = 'team/app:1.0'): Entry[] {
  const { config, layers, diffIds } = savedForm(image);
  const file = `${hex(image.blobs[0]?.digest ?? '')}.json`;
  const folders = diffIds.map(hex);
  const [repository = '', tag = ''] = name.split(':');
  return [
    [file, config],
    ...layers.flatMap((bytes, at): Entry[] => [
      [`${folders[at]}/VERSION`, '1.0'],
      [`${folders[at]}/json`, JSON.stringify({ id: folders[at] })],
      [`${folders[at]}/layer.tar`, bytes],
    ]),
    [
      'manifest.json',
      JSON.stringify([
        { Config: file, RepoTags: [name], Layers: folders.map((folder) => `${folder}/layer.tar`) },
      ]),
    ],
    ['repositories', JSON.stringify({ [repository]: { [tag]: folders.at(-1) } })],
  ];
}

/** What `docker save` writes from version 25 on: an OCI layout, and the list of names beside it. */
export function newForm(image: TestManifest, name = 'team/app:1.0'): Entry[] {
  const file = (digest: string): string => `blobs/sha256/${hex(digest)}`;
  const [config, ...layers] = image.blobs.map(({ digest }) => file(digest));
  const entry = { mediaType: image.mediaType, digest: image.digest, size: image.bytes.length };
  return [
    ['oci-layout', '{"imageLayoutVersion":"1.0.0"}'],
    ['index.json', JSON.stringify({ schemaVersion: 2, manifests: [entry] })],
    ...[image, ...image.blobs].map(({ digest, bytes }): Entry => [file(digest), bytes]),
    ['manifest.json', JSON.stringify([{ Config: config, RepoTags: [name], Layers: layers }])],
  ];
}
