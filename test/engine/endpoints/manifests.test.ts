import { expect, test } from 'vitest';
import { deleteTag, getManifest, headManifest, putManifest } from '../../../src-main/engine/index.ts';
import { makeImage, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { makeSchema1 } from '../../support/schema1.ts';
import { clientOf, startServer } from '../../support/server.ts';

const image = await makeImage();
const served = {
  headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
  body: image.bytes,
};

test('a HEAD without a digest, or with a reply that says nothing, is asked again by GET', async () => {
  const whole = { digest: image.digest, mediaType: image.mediaType, size: image.bytes.length };
  for (const head of [
    { headers: { 'content-type': image.mediaType }, body: image.bytes },
    { headers: { 'docker-content-digest': 'junk', 'content-type': image.mediaType }, body: image.bytes },
    { headers: { 'docker-content-digest': image.digest }, body: image.bytes },
    { status: 405 },
  ]) {
    const registry = await startServer({ 'HEAD /v2/a/manifests/1': head, 'GET /v2/a/manifests/1': served });
    expect(await headManifest(clientOf(registry), 'a', '1')).toEqual(whole);
    expect(registry.lines()).toEqual(['HEAD /v2/a/manifests/1', 'GET /v2/a/manifests/1']);
  }
});

test('CVE-2025-24882: a pinned digest is checked, in HEAD and GET', async () => {
  const pinned = sha256('something else');
  const path = `/v2/a/manifests/${pinned}`;
  const lying = await startServer({ [`HEAD ${path}`]: served, [`GET ${path}`]: served });
  await expect(headManifest(clientOf(lying), 'a', pinned)).rejects.toMatchObject({ code: 'digestMismatch' });
  await expect(getManifest(clientOf(lying), 'a', pinned)).rejects.toMatchObject({ code: 'digestMismatch' });
  // A header that agrees with what was asked for makes wrong content no better.
  const agreeing = { ...served, headers: { ...served.headers, 'docker-content-digest': pinned } };
  const liar = await startServer({ [`GET ${path}`]: agreeing });
  await expect(getManifest(clientOf(liar), 'a', pinned)).rejects.toMatchObject({ code: 'digestMismatch' });
});

test('a tag whose content differs from the digest reported for it', async () => {
  const registry = await startTestRegistry();
  await push(image, registry, 'a', '1');
  registry.inject({ kind: 'wrongDigestHeader', when: { method: 'GET', path: /manifests/ } });
  await expect(getManifest(clientOf(registry), 'a', '1')).rejects.toMatchObject({ code: 'digestMismatch' });
  registry.clearFaults();
  registry.inject({ kind: 'corrupt', when: { method: 'GET', path: /manifests/ } });
  await expect(getManifest(clientOf(registry), 'a', '1')).rejects.toMatchObject({ code: 'digestMismatch' });
});

test('CVE-2020-1702: a manifest over 8 MiB is refused, declared or sent', async () => {
  const large = Buffer.alloc(9 * 1024 * 1024, 0x20);
  const declared = await startServer({ 'GET /v2/a/manifests/1': { ...served, body: large } });
  await expect(getManifest(clientOf(declared), 'a', '1')).rejects.toMatchObject({ code: 'tooLarge' });
  const chunked = await startServer({
    'GET /v2/a/manifests/1': (_, response) => {
      response.writeHead(200, { 'content-type': image.mediaType });
      response.end(large);
      return undefined;
    },
  });
  await expect(getManifest(clientOf(chunked), 'a', '1')).rejects.toMatchObject({ code: 'tooLarge' });
  const raw = {
    digest: sha256(large),
    mediaType: image.mediaType,
    bytes: large.subarray(0, 5 * 1024 * 1024),
  };
  await expect(putManifest(clientOf(chunked), 'a', '1', raw)).rejects.toMatchObject({
    code: 'tooLargeToSend',
  });
});

test('S1: a signed schema 1 manifest whose payload is not what it shows is refused, by tag and by digest', async () => {
  const old = makeSchema1('a', '1');
  const real = old.bytes.toString();
  const forged = Buffer.from(real.replace('"signatures"', '"name": "evil", "signatures"'));
  const headers = { 'content-type': old.mediaType, 'docker-content-digest': old.digest };
  const serve = (body: Buffer) =>
    startServer({
      'GET /v2/a/manifests/1': { headers, body },
      [`GET /v2/a/manifests/${old.digest}`]: { headers, body },
    });
  const [honest, forging] = [await serve(old.bytes), await serve(forged)];
  for (const reference of ['1', old.digest]) {
    expect((await getManifest(clientOf(honest), 'a', reference)).digest).toBe(old.digest);
    await expect(getManifest(clientOf(forging), 'a', reference)).rejects.toMatchObject({
      code: 'digestMismatch',
    });
  }
});

test('S1: bytes that are not those of the digest are never sent', async () => {
  const registry = await startServer({});
  const changed = Buffer.from(image.bytes);
  changed[changed.length - 3] = 0x20;
  const { digest, mediaType } = image;
  await expect(
    putManifest(clientOf(registry), 'a', '1', { digest, mediaType, bytes: changed }),
  ).rejects.toMatchObject({ code: 'digestMismatch', reason: expect.stringContaining(digest) });
  expect(registry.seen).toEqual([]);
});

test("B1: what storage calls everything is no media type: the manifest's own counts", async () => {
  const answer = (type: string) => ({
    headers: { 'content-type': type, 'docker-content-digest': image.digest },
    body: image.bytes,
  });
  for (const type of ['binary/octet-stream', 'application/octet-stream', 'text/plain; charset=utf-8']) {
    const registry = await startServer({
      'HEAD /v2/a/manifests/1': answer(type),
      'GET /v2/a/manifests/1': answer(type),
    });
    expect(await getManifest(clientOf(registry), 'a', '1')).toMatchObject({ mediaType: image.mediaType });
    expect(await headManifest(clientOf(registry), 'a', '1')).toMatchObject({ mediaType: image.mediaType });
  }
});

test('a web page is no manifest', async () => {
  const site = await startServer({
    'GET /v2/a/manifests/1': { headers: { 'content-type': 'text/html' }, body: '<html>' },
  });
  await expect(getManifest(clientOf(site), 'a', '1')).rejects.toMatchObject({ code: 'invalidResponse' });
});

test('a manifest is written with the bytes it was read with', async () => {
  const told = { 'docker-content-digest': image.digest };
  const registry = await startServer({ 'PUT /v2/a/manifests/2': { status: 201, headers: told } });
  await putManifest(clientOf(registry), 'a', '2', image);
  expect(registry.seen[0]?.headers['content-type']).toBe(image.mediaType);
  expect(registry.seen[0]?.body.equals(image.bytes)).toBe(true);
  const changed = {
    'content-type': image.mediaType,
    'content-length': '2',
    'docker-content-digest': sha256('changed'),
  };
  const changing = await startServer({
    'PUT /v2/a/manifests/2': { status: 201, headers: changed },
    'HEAD /v2/a/manifests/2': { headers: changed },
  });
  await expect(putManifest(clientOf(changing), 'a', '2', image)).rejects.toMatchObject({
    code: 'digestMismatch',
  });
});

test('transfer-23: references are checked before anything is sent', async () => {
  const registry = await startServer({});
  const client = clientOf(registry);
  await expect(headManifest(client, 'a', '../x')).rejects.toMatchObject({ code: 'invalidReference' });
  await expect(headManifest(client, 'a', 'sha256:../x')).rejects.toMatchObject({ code: 'invalidDigest' });
  await expect(headManifest(client, 'a?x', '1')).rejects.toMatchObject({ code: 'invalidReference' });
  await expect(deleteTag(client, 'a', `sha256:${'a'.repeat(64)}`)).rejects.toMatchObject({
    code: 'invalidReference',
  });
});
