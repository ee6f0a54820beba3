import { expect, test } from 'vitest';
import { headBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import {
  clientReader,
  deleteManifest,
  getManifest,
  headManifest,
  listReferrers,
  listTags,
  putManifest,
} from '../../../src-main/engine/index.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { planCopy, runCopy } from '../../support/copy.ts';
import { makeArtifact, makeImage, seededBytes, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { startOddRegistry } from '../../support/odd-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { listRepositories, ping } from '../../support/registry.ts';
import { type Answer, clientOf, collect, failureOf, type Seen, startServer } from '../../support/server.ts';

const credentials = { kind: 'password', username: 'ann', password: 'the-password' } as const;
const BASIC = `Basic ${Buffer.from('ann:the-password').toString('base64')}`;

/** Sends every request on to another path of its own. */
function startMovedRegistry(status: number) {
  return startOddRegistry(async (seen, ordinary) => {
    if (!seen.url.startsWith('/moved/')) return { status, headers: { location: `/moved${seen.url}` } };
    const { authorization } = seen.headers;
    if (seen.url.startsWith('/moved/token'))
      return authorization === BASIC ? { body: { token: 'good' } } : { status: 401 };
    if (authorization !== 'Bearer good')
      return {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="http://${seen.headers.host}/token"` },
      };
    return await ordinary(seen.url.replace('/moved', ''));
  });
}

test.each([301, 302, 307, 308])(
  'B3: %i on the same origin is followed by every kind of request, with its method and its sign-in',
  async (status) => {
    const registry = await startMovedRegistry(status);
    const image = await makeImage();
    const signature = makeArtifact({ subject: image });
    await push(image, registry.behind, 'a', '1');
    await push(signature, registry.behind, 'a', signature.digest);
    const client = clientOf(registry, { credentials });
    await ping(client);
    expect(await collect(listRepositories(client))).toEqual(['a']);
    expect(await collect(listTags(client, 'a'))).toEqual(['1']);
    expect((await listReferrers(client, 'a', image.digest)).map(({ digest }) => digest)).toEqual([
      signature.digest,
    ]);
    expect(await headManifest(client, 'a', '1')).toMatchObject({ digest: image.digest });
    const { bytes, mediaType, digest } = await getManifest(client, 'a', '1');
    await putManifest(client, 'a', '2', { bytes, mediaType, digest });
    expect(await headBlob(client, 'a', image.blobs[0]?.digest ?? '')).toBeDefined();
    expect(await headBlob(client, 'a', sha256('not there'))).toBeUndefined();
    const side = { client, reader: clientReader(client) };
    const plan = { ...side, repository: 'a', reference: '1' };
    await runCopy(await planCopy(plan, { ...side, repository: 'b', tag: '1' }, true), {});
    expect((await plainRequest(registry.behind, '/v2/b/manifests/1')).body.equals(image.bytes)).toBe(true);
    await deleteManifest(client, 'a', image.digest);
    expect((await plainRequest(registry.behind, '/v2/a/manifests/2')).status).toBe(404);
  },
);

test('B3: a streamed upload goes to where the registry sends it, whole or in chunks', async () => {
  const registry = await startMovedRegistry(307);
  const client = clientOf(registry, { credentials });
  for (const chunk of [undefined, 1000]) {
    const bytes = seededBytes(`moved ${chunk}`, 2500);
    const content = { digest: sha256(bytes), size: bytes.length };
    let counted = 0;
    const onBytes = (count: number) => {
      counted += count;
    };
    const sent = await uploadBlob(
      client,
      'a',
      content,
      async function* (offset) {
        yield bytes.subarray(offset);
      },
      { ...(chunk === undefined ? {} : { chunk }), onBytes },
    );
    expect([sent, counted]).toEqual(['sent', bytes.length]);
    const stored = await plainRequest(registry.behind, `/v2/a/blobs/${content.digest}`);
    expect(stored.body.equals(bytes)).toBe(true);
  }
});

test('B3: a streamed upload is redirected to no other origin', async () => {
  const other = await startServer({});
  const bytes = Buffer.from('content');
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: '/session' } },
    'PUT /session': { status: 307, headers: { location: `${other.url}/session` } },
    'DELETE /session': { status: 204 },
  });
  const client = clientOf(registry, { approvedHosts: [other.host] });
  const upload = uploadBlob(client, 'a', { digest: sha256(bytes), size: bytes.length }, async function* () {
    yield bytes;
  });
  await expect(upload).rejects.toMatchObject({ code: 'invalidResponse', status: 307 });
  expect(other.seen).toEqual([]);
});

test('B3: a write is sent to no other origin, whatever a redirect says', async () => {
  const other = await startServer({});
  const registry = await startServer({
    'PUT /v2/a/manifests/1': { status: 307, headers: { location: `${other.url}/v2/a/manifests/1` } },
  });
  const { bytes, mediaType, digest } = await makeImage();
  const client = clientOf(registry, { approvedHosts: [other.host] });
  const failure = await failureOf(putManifest(client, 'a', '1', { bytes, mediaType, digest }));
  expect(failure).toMatchObject({ code: 'invalidResponse', status: 307 });
  expect(other.seen).toEqual([]);
});

test('B3: 303 answers a write and is not followed; a redirect in circles ends', async () => {
  const { bytes, mediaType, digest } = await makeImage();
  const registry = await startServer({
    'PUT /v2/a/manifests/1': { status: 303, headers: { location: '/elsewhere' } },
    'GET /v2/a/tags/list': { status: 307, headers: { location: '/v2/a/tags/list' } },
  });
  const client = clientOf(registry);
  const failure = await failureOf(putManifest(client, 'a', '1', { bytes, mediaType, digest }));
  expect(failure).toMatchObject({ code: 'invalidResponse', status: 303 });
  await expect(collect(listTags(client, 'a'))).rejects.toMatchObject({ code: 'invalidResponse' });
  expect(registry.seen.length).toBeLessThan(10);
});

test('B3: a list is followed to another host that the user approved, without credentials', async () => {
  const mirror = await startServer({ 'GET /list': { body: { tags: ['1'] } } });
  const registry = await startServer({
    'GET /v2/': needsBasic({ body: {} }),
    'GET /v2/a/tags/list': needsBasic({ status: 307, headers: { location: `${mirror.url}/list` } }),
  });
  const approved = clientOf(registry, { credentials, approvedHosts: [mirror.host] });
  await ping(approved);
  expect(await collect(listTags(approved, 'a'))).toEqual(['1']);
  expect(mirror.seen[0]?.headers).not.toHaveProperty('authorization');
  // Without the user's word nothing is sent to a private address at all.
  await expect(collect(listTags(clientOf(registry, { credentials }), 'a'))).rejects.toMatchObject({
    code: 'addressRefused',
  });
  expect(mirror.seen).toHaveLength(1);
});

function needsBasic(answer: Answer): (seen: Seen) => Answer {
  return ({ headers }) =>
    headers.authorization === BASIC
      ? answer
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
}

test.each([
  ['with its port', (host: string) => `http://${host}/token`],
  ['in a path of its own', (host: string) => `http://${host}/service/token?x=1`],
])('B3: an http realm of the https host itself is asked by https, %s', async (_, realmOf) => {
  const { authority, server } = await makeCertificates();
  const token = ({ headers }: Seen): Answer =>
    headers.authorization === BASIC ? { body: { token: 'good' } } : { status: 401 };
  const registry = await startServer(
    {
      'GET /token': token,
      'GET /service/token': token,
      'GET /v2/a/tags/list': ({ headers }) =>
        headers.authorization === 'Bearer good'
          ? { body: { tags: ['1'] } }
          : {
              status: 401,
              headers: { 'www-authenticate': `Bearer realm="${realmOf(headers.host ?? '')}",service="s"` },
            },
    },
    { tls: server },
  );
  const client = clientOf(registry, { credentials, tls: { verify: true, authorities: authority } });
  expect(await collect(listTags(client, 'a'))).toEqual(['1']);
});

/** A front that holds nothing, and the registry that it sends everyone to. */
async function startFront(second: (seen: Seen) => Answer) {
  const image = await makeImage();
  const behind = await startTestRegistry();
  await push(image, behind, 'a', '1');
  const upstream = await startOddRegistry(async (seen, ordinary) => {
    if (seen.url.startsWith('/auth')) return { body: { token: 'guest' } };
    return seen.headers.authorization === 'Bearer guest' ? await ordinary() : second(seen);
  });
  await push(image, upstream.behind, 'a', '1');
  const sendOn = (seen: Seen): Answer => ({
    status: 307,
    headers: { location: `${upstream.url}${seen.url}` },
  });
  const front = await startServer({
    'GET /v2/': needsBasic({ body: {} }),
    'GET *': (seen) => (needsBasic({})(seen).status === 401 ? needsBasic({})(seen) : sendOn(seen)),
    'HEAD *': (seen) => (needsBasic({})(seen).status === 401 ? needsBasic({})(seen) : sendOn(seen)),
  });
  return { image, upstream, front };
}

test('B3: a second registry is asked with an anonymous token of its own service, never with our credentials', async () => {
  const { image, upstream, front } = await startFront(({ headers }) => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="http://${headers.host}/auth",service="up"` },
  }));
  const client = clientOf(front, { credentials, approvedHosts: [upstream.host] });
  expect(Buffer.from((await getManifest(client, 'a', '1')).bytes)).toEqual(image.bytes);
  expect(await headManifest(client, 'a', '1')).toMatchObject({ digest: image.digest });
  expect(await collect(listTags(client, 'a'))).toEqual(['1']);
  const tokens = upstream.seen.filter(({ url }) => url.startsWith('/auth'));
  expect(tokens.map(({ method, headers }) => [method, headers.authorization])).toEqual([['GET', undefined]]);
  for (const { headers, url } of upstream.seen) {
    expect([undefined, 'Bearer guest']).toContain(headers.authorization);
    expect(url).not.toContain('the-password');
  }
  for (const { headers } of front.seen) expect([undefined, BASIC]).toContain(headers.authorization);
});

test('B3: a second registry that wants a sign-in is named, and the first is not blamed', async () => {
  const { upstream, front } = await startFront(() => ({
    status: 401,
    headers: { 'www-authenticate': 'Basic realm="second"' },
  }));
  const client = clientOf(front, { credentials, approvedHosts: [upstream.host] });
  const failure = await failureOf(getManifest(client, 'a', '1'));
  expect(failure).toMatchObject({
    code: 'unauthorized',
    reason: `${upstream.host}, to which the registry sends us, asks for a sign-in of its own.`,
  });
  expect(upstream.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});
