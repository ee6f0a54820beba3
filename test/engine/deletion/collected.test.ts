import { expect, test } from 'vitest';
import { collectedAmong, partsOf, RegistryError } from '../../../src-main/engine/index.ts';
import { makeImage, makeMultiPlatform, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { clientOf, failureOf, startServer } from '../../support/server.ts';

const trashed = (...manifests: readonly TestManifest[]) =>
  new Map(manifests.map((manifest) => [manifest.digest, partsOf(manifest)]));

test('B8: after a collection the images whose blobs are gone cannot be restored, nor can their index; the others can', async () => {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform();
  const kept = await makeImage({ name: 'kept', layers: { other: 1000 } });
  for (const manifest of [index, kept]) await push(manifest, registry, 'team/app', manifest.digest);
  const [first] = index.children;
  if (first === undefined) throw new Error('no platform');
  const [layer] = first.blobs.filter(({ digest }) => !kept.blobs.some((blob) => blob.digest === digest));
  const remove = async (path: string) =>
    expect((await plainRequest(registry, `/v2/team/app/${path}`, { method: 'DELETE' })).status).toBe(202);
  const manifests = trashed(...index.children, kept, index);
  const client = clientOf(registry);
  const nothing = { collected: new Map(), kept: new Map(), unasked: 0 };

  expect(await collectedAmong(client, 'team/app', manifests)).toMatchObject(nothing);
  for (const { digest } of [index, ...index.children, kept]) await remove(`manifests/${digest}`);
  expect(await collectedAmong(client, 'team/app', manifests)).toMatchObject(nothing);
  await remove(`blobs/${layer?.digest}`);
  const lost = index.children.filter(({ blobs }) => blobs.some(({ digest }) => digest === layer?.digest));
  const { collected, unasked } = await collectedAmong(client, 'team/app', manifests);
  expect(Object.fromEntries(collected)).toEqual({
    ...Object.fromEntries(
      lost.map(({ digest, blobs }) => [digest, { blobs: blobs.length, missing: 1, children: [] }]),
    ),
    [index.digest]: { blobs: 0, missing: 0, children: lost.map(({ digest }) => digest) },
  });
  expect(unasked).toBe(0);
  const isKept = async (digest: string) => digest === layer?.digest;
  expect(await collectedAmong(client, 'team/app', manifests, { isKept })).toMatchObject({
    collected: new Map(),
    kept: new Map([[layer?.digest, layer?.bytes.byteLength]]),
  });
});

test('B8: what is there itself is not collected, though its blobs are not found', async () => {
  const image = await makeImage();
  const registry = await startServer({
    [`HEAD /v2/a/manifests/${image.digest}`]: {
      headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
    },
    'HEAD *': { status: 404 },
  });
  const { collected } = await collectedAmong(clientOf(registry), 'a', trashed(image));
  expect(collected.size).toBe(0);
});

test('B8: each blob is asked for once, at most as many as allowed, and a refusal is no verdict', async () => {
  const images = await Promise.all(['one', 'two'].map((name) => makeImage({ name, layers: { base: 100 } })));
  const registry = await startServer({ 'HEAD *': { status: 403 } });
  const blobs = new Set(images.flatMap((image) => image.blobs.map(({ digest }) => digest)));
  expect(await collectedAmong(clientOf(registry), 'a', trashed(...images), { maxLooks: 2 })).toEqual({
    collected: new Map(),
    kept: new Map(),
    asked: 2,
    unasked: blobs.size - 2,
  });
  expect(new Set(registry.lines()).size).toBe(2);
});

test('B8: a registry that does not answer is a failure and no verdict', async () => {
  const image = await makeImage();
  const registry = await startServer({ 'HEAD *': { status: 500 } });
  const failure = await failureOf(
    collectedAmong(clientOf(registry, { retry: { tries: 1 } }), 'a', trashed(image)),
  );
  expect(failure).toBeInstanceOf(RegistryError);
});
