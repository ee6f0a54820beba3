import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import {
  makeArtifact,
  makeHelmChart,
  makeImage,
  makeMultiPlatform,
  sha256,
  type TestManifest,
} from './images.ts';
import { makeSchema1 } from './schema1.ts';

/** The digests of everything a manifest names, with the sizes it gives. */
function named(manifest: TestManifest): { digest: string; size: number }[] {
  const { config, layers = [], manifests = [] } = JSON.parse(manifest.bytes.toString());
  return [config, ...layers, ...manifests].filter((entry) => entry !== undefined);
}

function checkDescriptors(manifest: TestManifest): void {
  expect(sha256(manifest.bytes)).toBe(manifest.digest);
  const content = new Map(
    [...manifest.blobs, ...manifest.children].map((part) => [part.digest, part.bytes.length]),
  );
  for (const { digest, size } of named(manifest)) expect(content.get(digest)).toBe(size);
  for (const part of manifest.blobs) expect(sha256(part.bytes)).toBe(part.digest);
  for (const child of manifest.children) checkDescriptors(child);
}

test('every descriptor is right and a second making gives the same bytes', async () => {
  const makers = [
    () => makeImage(),
    () => makeImage({ family: 'docker' }),
    () => makeMultiPlatform(),
    () => makeArtifact(),
    () => makeArtifact({ content: Buffer.from('report') }),
    () => makeHelmChart(),
  ];
  for (const make of makers) {
    const manifest = await make();
    checkDescriptors(manifest);
    expect((await make()).digest).toBe(manifest.digest);
  }
});

test('layers are gzip tar archives with a file of the size asked, and diff IDs are theirs', async () => {
  const { blobs } = await makeImage({ layers: { one: 3000, two: 10 } });
  const [config, one, two] = blobs;
  if (config === undefined || one === undefined || two === undefined)
    throw new Error('three blobs were expected');
  const { rootfs, history } = JSON.parse(config.bytes.toString());
  expect(rootfs.diff_ids).toEqual([one, two].map((layer) => sha256(gunzipSync(layer.bytes))));
  expect(history).toHaveLength(2);
  const archive = extract();
  archive.end(gunzipSync(one.bytes));
  const entries: [string, number | undefined][] = [];
  for await (const entry of archive) {
    entries.push([entry.header.name, entry.header.size]);
    await text(entry);
  }
  expect(entries).toEqual([
    ['files/', 0],
    ['files/one', 3000],
  ]);
});

test('the digest of schema 1 leaves the signatures out', () => {
  const { bytes, digest } = makeSchema1('old/app', '1');
  expect(JSON.parse(bytes.toString())).toMatchObject({ schemaVersion: 1, name: 'old/app', tag: '1' });
  expect(sha256(bytes)).not.toBe(digest);
  expect(makeSchema1('old/app', '1').digest).toBe(digest);
});
