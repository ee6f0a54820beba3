import { expect, test } from 'vitest';
import { headBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import { mountBlob } from '../../../src-main/engine/endpoints/upload-session.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { RegistryError } from '../../../src-main/engine/errors.ts';
import { Authenticator } from '../../../src-main/engine/http/auth.ts';
import { parseChallenges } from '../../../src-main/engine/http/challenge.ts';
import { HeldCredentials } from '../../../src-main/engine/http/held-credentials.ts';
import {
  type Credentials,
  deleteManifest,
  getManifest,
  headManifest,
  listReferrers,
  listTags,
  putManifest,
  type RegistryClient,
} from '../../../src-main/engine/index.ts';
import { makeImage, seededBytes, sha256 } from '../../support/images.ts';
import { listRepositories, ping } from '../../support/registry.ts';
import {
  clientOf,
  collect,
  failureOf,
  type Seen,
  startServer,
  type TestServer,
} from '../../support/server.ts';

const ann: Credentials = { kind: 'password', username: 'ann', password: 's:cret$ü' };
const BASIC = `Basic ${Buffer.from('ann:s:cret$ü').toString('base64')}`;
const TAGS = { body: { tags: ['1'] } };

interface TokenRegistry extends TestServer {
  tokenRequests(): readonly Seen[];
}

/** A registry with its token service on the same origin; `reply` is the service's answer, `challenge` adds to the 401's. */
async function startTokenRegistry({
  reply = () => ({ token: 'good', expires_in: 300 }),
  accept = (token) => token === 'Bearer good',
  scope = (seen) => `repository:${/^\/v2\/(.*?)\/(tags|manifests|blobs)/.exec(seen.url)?.[1]}:pull`,
  methods = ['GET', 'POST'],
}: {
  reply?: (seen: Seen) => object | { status: number };
  accept?: (authorization: string | undefined) => boolean;
  scope?: (seen: Seen) => string;
  methods?: readonly string[];
} = {}): Promise<TokenRegistry> {
  const holder: { url: string } = { url: '' };
  const guarded = (seen: Seen): object => {
    if (accept(seen.headers.authorization)) return TAGS;
    const challenge = `Bearer realm="${holder.url}/token",service="reg",scope="${scope(seen)}"`;
    return {
      status: 401,
      headers: { 'www-authenticate': challenge },
      body: { errors: [{ code: 'UNAUTHORIZED' }] },
    };
  };
  const token = (seen: Seen): object => {
    if (!methods.includes(seen.method)) return { status: 404 };
    const body = reply(seen);
    return 'status' in body ? body : { body };
  };
  const server = await startServer({
    'GET /v2/a/tags/list': guarded,
    'GET /v2/b/tags/list': guarded,
    'GET /token': token,
    'POST /token': token,
  });
  holder.url = server.url;
  return {
    ...server,
    seen: server.seen,
    tokenRequests: () => server.seen.filter(({ url }) => url.startsWith('/token')),
  };
}

const list = (client: RegistryClient, repository = 'a'): Promise<string[]> =>
  collect(listTags(client, repository));

test('Basic is sent once it is asked for, and before being asked from then on', async () => {
  const registry = await startServer({
    'GET /v2/a/tags/list': ({ headers }) =>
      headers.authorization === BASIC
        ? TAGS
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
  });
  const client = clientOf(registry, { credentials: ann });
  expect(client.authScheme()).toBe('anonymous');
  await list(client);
  await list(client);
  expect(registry.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, BASIC, BASIC]);
  expect(client.authScheme()).toBe('basic');
});

test('a wrong password is asked for once and reported without it', async () => {
  const registry = await startServer({
    'GET /v2/a/tags/list': ({ headers }) => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="r"' },
      body: { errors: [{ code: 'UNAUTHORIZED', message: `bad ${headers.authorization} s:cret$ü` }] },
    }),
  });
  const failure = await failureOf(list(clientOf(registry, { credentials: ann })));
  expect(failure).toMatchObject({ code: 'unauthorized', status: 401 });
  expect(JSON.stringify(failure) + String(failure)).not.toMatch(/s:cret|YW5uOn/);
  expect(registry.seen).toHaveLength(2);
});

test('a token is asked for by GET with Basic, service and scope, and used again', async () => {
  const registry = await startTokenRegistry();
  const client = clientOf(registry, { credentials: ann });
  for (let round = 0; round < 3; round++) expect(await list(client)).toEqual(['1']);
  const [only, ...others] = registry.tokenRequests();
  expect(others).toEqual([]);
  expect(only).toMatchObject({ method: 'GET', url: '/token?service=reg&scope=repository%3Aa%3Apull' });
  expect(only?.headers.authorization).toBe(BASIC);
  expect(client.authScheme()).toBe('token');
});

test('an access_token counts as well, and anonymous gets one without credentials', async () => {
  const registry = await startTokenRegistry({ reply: () => ({ access_token: 'good' }) });
  const client = clientOf(registry);
  await list(client);
  expect(registry.tokenRequests()[0]?.headers.authorization).toBeUndefined();
  expect(client.authScheme()).toBe('anonymous');
});

test.each<[string, object, number]>([
  ['an empty access_token, as Harbor sends it', { token: 'good', access_token: '', expires_in: 1800 }, 1],
  ['an empty token', { token: '', access_token: 'good' }, 1],
  ['a null token', { token: null, access_token: 'good' }, 1],
  ['a null access_token', { token: 'good', access_token: null }, 1],
  ['a blank token', { token: ' ', access_token: 'good' }, 1],
  ['a token that is no text', { token: 7, access_token: 'good' }, 1],
  ['a token that cannot be sent', { token: 'a b', access_token: 'good' }, 1],
  ['an access_token that is an object', { token: 'good', access_token: {} }, 1],
  ['a token with a line end', { token: 'good\n' }, 1],
  ['a lifetime as text', { token: 'good', expires_in: '300' }, 1],
  ['a lifetime of no seconds as text', { token: 'good', expires_in: '0' }, 2],
  ['a byte-order mark', { status: 200, body: '\ufeff{"token":"good"}' }, 1],
  ['a negative lifetime', { token: 'good', expires_in: -1 }, 1],
  ['a lifetime in words', { token: 'good', expires_in: 'soon' }, 1],
  ['a null lifetime', { token: 'good', expires_in: null }, 1],
  ['a lifetime that is an object', { token: 'good', expires_in: {} }, 1],
])('B1: a token reply with %s is read for what it has', async (_, reply, tokensForTwo) => {
  const registry = await startTokenRegistry({ reply: () => reply });
  const client = clientOf(registry, { credentials: ann });
  expect(await list(client)).toEqual(['1']);
  expect(await list(client)).toEqual(['1']);
  expect(registry.tokenRequests()).toHaveLength(tokensForTwo);
});

test('a service that knows only POST is asked by a form', async () => {
  const registry = await startTokenRegistry({ methods: ['POST'] });
  await list(clientOf(registry, { credentials: ann }));
  const [, form] = registry.tokenRequests();
  expect(Object.fromEntries(new URLSearchParams(form?.body.toString()))).toEqual({
    grant_type: 'password',
    client_id: 'wharfinger',
    service: 'reg',
    scope: 'repository:a:pull',
    username: 'ann',
    password: 's:cret$ü',
  });
});

test('an identity token goes by POST, and by GET where POST is not known', async () => {
  const credentials: Credentials = { kind: 'identityToken', token: 'refresh-me' };
  const posted = await startTokenRegistry();
  await list(clientOf(posted, { credentials }));
  expect(new URLSearchParams(posted.tokenRequests()[0]?.body.toString()).get('refresh_token')).toBe(
    'refresh-me',
  );
  const got = await startTokenRegistry({ methods: ['GET'] });
  await list(clientOf(got, { credentials }));
  expect(got.tokenRequests().map(({ method }) => method)).toEqual(['POST', 'GET']);
});

test('transfer-24: many requests at once share one token request for each set of scopes', async () => {
  const registry = await startTokenRegistry();
  const client = clientOf(registry, { credentials: ann });
  await Promise.all([
    ...Array.from({ length: 6 }, () => list(client)),
    ...Array.from({ length: 6 }, () => list(client, 'b')),
  ]);
  expect(
    registry
      .tokenRequests()
      .map(({ url }) => url)
      .toSorted(),
  ).toEqual([
    '/token?service=reg&scope=repository%3Aa%3Apull',
    '/token?service=reg&scope=repository%3Ab%3Apull',
  ]);
});

test('transfer-24: one waiter that is cancelled does not fail the others', async () => {
  const released = Promise.withResolvers<void>();
  const registry = await startServer({
    'GET /v2/a/tags/list': ({ headers }) =>
      headers.authorization === 'Bearer good'
        ? TAGS
        : { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${headers.host}/token"` } },
    'GET /token': async () => {
      await released.promise;
      return { body: { token: 'good' } };
    },
  });
  const client = clientOf(registry);
  const controller = new AbortController();
  const cancelled = collect(listTags(client, 'a', { signal: controller.signal }));
  const kept = list(client);
  await expect.poll(() => registry.lines().filter((line) => line.includes('/token')).length).toBe(1);
  await expect.poll(() => registry.lines().filter((line) => line.includes('/tags/')).length).toBe(2);
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  released.resolve();
  expect(await kept).toEqual(['1']);
});

test('transfer-24: a token request that fails when no one waits for it any more is no uncaught error', async () => {
  const failure = new RegistryError('cancelled', '');
  const authenticator = new Authenticator({
    origin: new URL('http://registry.example'),
    credentials: new HeldCredentials(undefined),
    trustOf: () => 'own',
    exchange: () => Promise.reject(failure),
  });
  const challenges = parseChallenges(['Bearer realm="http://registry.example/token"']);
  // As where a client is closed between a reply and its answer. An uncaught rejection would fail the run.
  const answer = authenticator.answer(
    challenges,
    { url: new URL('http://registry.example/v2/'), scopes: [] },
    undefined,
    0,
    AbortSignal.abort(),
  );
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  await new Promise((resolve) => setImmediate(resolve));
});

test('transfer-24: a token without life is fetched for each request; one refused is fetched anew', async () => {
  const dead = await startTokenRegistry({ reply: () => ({ token: 'good', expires_in: 0 }) });
  const client = clientOf(dead, { credentials: ann });
  await list(client);
  await list(client);
  expect(dead.tokenRequests()).toHaveLength(2);

  let current = 0;
  const revoking = await startTokenRegistry({
    reply: () => ({ token: `t${++current}`, expires_in: 300 }),
    accept: (header) => current > 0 && header === `Bearer t${current}`,
  });
  const other = clientOf(revoking, { credentials: ann });
  await list(other);
  current = 41; // What we hold is worth nothing from here on.
  expect(await list(other)).toEqual(['1']);
  expect(revoking.tokenRequests()).toHaveLength(2);
});

test('transfer-24: tokens that run out in the middle of a transfer cost nothing but new tokens', async () => {
  const blobs = Array.from({ length: 12 }, (_, at) => seededBytes(`token ${at}`, 1000));
  let tokens = 0;
  let uses = 0;
  const stored = new Set<string>();
  const holder = { url: '' };
  // Each token is good for three requests; a PUT that is refused is refused before its body is read.
  const guarded =
    (answer: (seen: Seen) => object) =>
    (seen: Seen): object => {
      if (seen.headers.authorization === `Bearer t${tokens}` && ++uses <= 3) return answer(seen);
      return {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="${holder.url}/token",scope="repository:a:pull,push"` },
      };
    };
  const registry = await startServer({
    'GET /token': () => {
      tokens += 1;
      uses = 0;
      return { body: { token: `t${tokens}`, expires_in: 300 } };
    },
    'HEAD *': guarded(() => ({ status: 404 })),
    'POST /v2/a/blobs/uploads/': guarded(() => ({
      status: 202,
      headers: { location: '/v2/a/blobs/uploads/1' },
    })),
    'PUT /v2/a/blobs/uploads/1': guarded(({ url }) => {
      stored.add(new URL(url, 'http://x').searchParams.get('digest') ?? '');
      return { status: 201 };
    }),
    'GET /v2/a/blobs/uploads/1': { status: 404 },
    'DELETE *': { status: 204 },
  });
  holder.url = registry.url;
  const client = clientOf(registry, { credentials: ann });
  for (const bytes of blobs) {
    await uploadBlob(client, 'a', { digest: sha256(bytes), size: bytes.length }, async function* () {
      yield bytes;
    });
  }
  expect(stored).toEqual(new Set(blobs.map(sha256)));
  expect(tokens).toBeGreaterThan(4);
});

test('a scope that the registry asks for beyond ours is asked for first, and remembered', async () => {
  const registry = await startTokenRegistry({ scope: () => 'repository:a:metadata_read' });
  const client = clientOf(registry, { credentials: ann });
  await list(client);
  const [first] = registry.tokenRequests();
  expect(new URL(String(first?.url), 'http://x').searchParams.getAll('scope')).toEqual([
    'repository:a:metadata_read,pull',
  ]);
  await list(client);
  expect(registry.tokenRequests()).toHaveLength(1);
});

test('transfer-24: 403 insufficient_scope is a challenge as well; for a signed-in user its end is denied', async () => {
  let rights = 'none';
  const registry = await startServer({
    'GET /v2/a/tags/list': ({ headers }) =>
      headers.authorization === 'Bearer pull'
        ? TAGS
        : {
            status: 403,
            headers: {
              'www-authenticate': `Bearer realm="http://${headers.host}/token",scope="repository:a:pull",error="insufficient_scope"`,
            },
          },
    'GET /token': () => ({ body: { token: rights } }),
  });
  await expect(list(clientOf(registry, { credentials: ann }))).rejects.toMatchObject({ code: 'denied' });
  rights = 'pull';
  expect(await list(clientOf(registry, { credentials: ann }))).toEqual(['1']);
});

test.each([
  ['not JSON', '<html>', 'invalidResponse'],
  ['no token', '{}', 'invalidResponse'],
  ['two empty tokens', '{"token":"","access_token":""}', 'invalidResponse'],
  ['a token that breaks out of its header', '{"token":"a\\r\\nx-evil: 1"}', 'invalidResponse'],
  ['more than 64 KiB', JSON.stringify({ token: 'x'.repeat(70_000) }), 'tooLarge'],
])('transfer-23: a token reply that is %s is refused', async (_, body, code) => {
  const registry = await startTokenRegistry({ reply: () => ({ status: 200, body }) });
  await expect(list(clientOf(registry, { credentials: ann }))).rejects.toMatchObject({ code });
});

test.each([
  [401, 'unauthorized'],
  [400, 'refused'],
  [403, 'denied'],
  [503, 'registryFailed'],
])('a token service that answers %i', async (status, code) => {
  const registry = await startTokenRegistry({ reply: () => ({ status, body: { details: 'no such user' } }) });
  await expect(list(clientOf(registry, { credentials: ann }))).rejects.toMatchObject({
    code,
    status,
    reason: 'no such user',
    request: `GET ${registry.url}/token`,
  });
});

test('transfer-24: every endpoint answers a challenge of its own', async () => {
  const image = await makeImage();
  const digest = sha256('x');
  const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
  const manifest = {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
    body: image.bytes,
  };
  const answers: Record<string, object> = {
    'GET /v2/': { body: {} },
    'GET /v2/_catalog': { body: { repositories: ['a'] } },
    'GET /v2/a/tags/list': TAGS,
    'GET /v2/a/manifests/1': manifest,
    'HEAD /v2/a/manifests/1': manifest,
    'PUT /v2/a/manifests/1': { status: 201, headers: { 'docker-content-digest': image.digest } },
    [`DELETE /v2/a/manifests/${digest}`]: { status: 202 },
    [`HEAD /v2/a/blobs/${digest}`]: { status: 200 },
    'POST /v2/a/blobs/uploads/': { status: 201 },
    [`GET /v2/a/referrers/${digest}`]: { body: { manifests: [] } },
  };
  const registry = await startServer(
    Object.fromEntries(
      Object.entries(answers).map(([route, answer]) => [
        route,
        ({ headers }: Seen) => (headers.authorization === BASIC ? answer : challenge),
      ]),
    ),
  );
  const raw = { digest: image.digest, mediaType: image.mediaType, bytes: image.bytes };
  const calls: ((client: RegistryClient) => Promise<unknown>)[] = [
    (client) => ping(client),
    (client) => collect(listRepositories(client)),
    (client) => list(client),
    (client) => getManifest(client, 'a', '1'),
    (client) => headManifest(client, 'a', '1'),
    (client) => putManifest(client, 'a', '1', raw),
    (client) => deleteManifest(client, 'a', digest),
    (client) => headBlob(client, 'a', digest),
    (client) => mountBlob(client, 'a', digest, 'b'),
    (client) => listReferrers(client, 'a', digest),
  ];
  expect(calls).toHaveLength(Object.keys(answers).length);
  for (const call of calls) {
    await call(clientOf(registry, { credentials: ann }));
    const anonymous = call(clientOf(registry)).then(
      (value) => value,
      (error: unknown) => error,
    );
    // A mount that is refused is not a failure: the content is sent instead.
    expect([undefined, 'unauthorized']).toContain((((await anonymous) ?? {}) as { code?: string }).code);
  }
});
