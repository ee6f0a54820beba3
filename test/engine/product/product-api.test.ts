import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { RegistryClient, RegistryOptions } from '../../../src-main/engine/index.ts';
import {
  type ApiSignIn,
  type CredentialSource,
  passwordSource,
  TokenSource,
} from '../../../src-main/engine/product/credential-source.ts';
import { ProductApi, type SignInRequest } from '../../../src-main/engine/product/product-api.ts';
import {
  type Answer,
  clientOf,
  failureOf,
  type Routes,
  type Seen,
  startServer,
} from '../../support/server.ts';

const PASSWORD = 'correct-horse';
const credentials = { kind: 'password', username: 'ann', password: PASSWORD } as const;
const token = z.object({ token: z.string() });
const page = z.object({ names: z.array(z.string()) });
const ONE_KIB = { maxBytes: 1024 };

/** Signs in as Docker Hub does: name and password for a token. */
const byLogin = (signIn: SignInRequest): CredentialSource =>
  new TokenSource(async () => {
    const body = JSON.stringify({ username: 'ann', password: PASSWORD });
    const reply = await signIn({ method: 'POST', url: '/login', body, expect: [200] });
    return (await reply.json(token, 1024)).token;
  });

/** A registry that must not be asked anything, and its product's API on another port. */
async function setUp(routes: Routes, options: Partial<RegistryOptions> = {}) {
  const registry = await startServer({});
  const server = await startServer(routes);
  const client = clientOf(registry, { credentials, ...options });
  const apiBy = (source: (signIn: SignInRequest) => CredentialSource) =>
    new ProductApi(client, new URL(server.url), source);
  return { registry, server, client, apiBy };
}

/** Logins that give `token-1`, `token-2` …; the last one given is good as long as `isGood`. */
function tokens(isGood: () => boolean) {
  let given = 0;
  const login: Answer | ((seen: Seen) => Answer) = ({ body }) => {
    if (!body.toString().includes(PASSWORD)) return { status: 401 };
    given += 1;
    return { body: { token: `token-${given}` } };
  };
  const guarded =
    (answer: (seen: Seen) => Answer) =>
    (seen: Seen): Answer =>
      seen.headers.authorization === `Bearer token-${given}` && isGood()
        ? answer(seen)
        : { status: 401, body: { message: `no: ${seen.headers.authorization}, ${PASSWORD}` } };
  return { login, guarded, given: () => given };
}

test('an API on another port is signed in to by itself, and a token that ends in the middle is renewed once for all', async () => {
  let ended = false;
  const { login, guarded, given } = tokens(() => !ended || given() > 1);
  const { registry, server, apiBy } = await setUp({
    'POST /login': login,
    'GET /names': guarded(({ url }) => ({ body: { names: [url] } })),
  });
  const api = apiBy(byLogin);
  const read = (number: number) => api.json({ method: 'GET', url: `/names?page=${number}` }, page, ONE_KIB);
  expect(await read(1)).toEqual({ names: ['/names?page=1'] });
  ended = true;
  const rest = await Promise.all([2, 3, 4, 5, 6, 7].map(read));
  expect(rest.map(({ names }) => names[0])).toEqual(
    [2, 3, 4, 5, 6, 7].map((number) => `/names?page=${number}`),
  );
  expect(server.lines().filter((line) => line === 'POST /login')).toHaveLength(2);
  // What signs in carries nothing, and the registry itself is not asked.
  expect(server.seen.filter(({ url, headers }) => url === '/login' && headers.authorization)).toEqual([]);
  expect(registry.seen).toEqual([]);
});

test('a sign-in that is refused for good is renewed once, and its error holds no secret', async () => {
  const { login, guarded } = tokens(() => false);
  const { server, apiBy } = await setUp({ 'POST /login': login, 'GET /names': guarded(() => ({})) });
  const failure = await failureOf(apiBy(byLogin).json({ method: 'GET', url: '/names' }, page, ONE_KIB));
  expect(failure).toMatchObject({
    code: 'unauthorized',
    status: 401,
    reason: expect.stringContaining('no:'),
  });
  const words = inspect(failure, { depth: 10 });
  for (const secret of ['token-1', 'token-2', PASSWORD]) expect(words).not.toContain(secret);
  expect(server.lines()).toEqual(['POST /login', 'GET /names', 'POST /login', 'GET /names']);
});

test('a login that fails is the failure of what needed it, and is tried again the next time', async () => {
  let down = true;
  const { login, guarded } = tokens(() => true);
  const { apiBy } = await setUp({
    'POST /login': (seen) => (down ? { status: 403, body: { message: 'locked' } } : login(seen)),
    'GET /names': guarded(() => ({ body: { names: [] } })),
  });
  const api = apiBy(byLogin);
  const read = () => api.json({ method: 'GET', url: '/names' }, page, ONE_KIB);
  expect(await failureOf(read())).toMatchObject({
    code: 'denied',
    reason: expect.stringContaining('locked'),
  });
  down = false;
  expect(await read()).toEqual({ names: [] });
});

test.each(['link', 'redirect'])(
  'a %s to another origin is not followed, and nothing is sent there',
  async (way) => {
    const elsewhere = await startServer({});
    const { login, guarded } = tokens(() => true);
    const { apiBy } = await setUp({
      'POST /login': login,
      'GET /names': guarded(() => ({ status: 302, headers: { location: `${elsewhere.url}/names` } })),
    });
    const url = way === 'link' ? `${elsewhere.url}/names?page=2` : '/names';
    const failure = await failureOf(apiBy(byLogin).request({ method: 'GET', url, expect: [200] }));
    expect(failure).toMatchObject({ code: way === 'link' ? 'addressRefused' : 'invalidResponse' });
    expect(elsewhere.seen).toEqual([]);
  },
);

test('the guards of the registry hold: another host on this machine is refused, unless it was approved', async () => {
  const server = await startServer({ 'GET /names': { body: { names: [] } } });
  const origin = new URL(server.url);
  origin.hostname = 'localhost';
  const read = async (options: Partial<RegistryOptions>) => {
    const client = clientOf(await startServer({}), options);
    const api = new ProductApi(client, origin, () => passwordSource(client));
    return await api.json({ method: 'GET', url: '/names' }, page, ONE_KIB);
  };
  expect(await failureOf(read({}))).toMatchObject({ code: 'addressRefused' });
  expect(server.seen).toEqual([]);
  expect(await read({ approvedHosts: [origin.host] })).toEqual({ names: [] });
});

test('an API is not reached by plain http where the registry is by https', () => {
  const client = clientOf({ url: 'https://registry.example.com' });
  const open = () => new ProductApi(client, new URL('http://api.example.com'), () => passwordSource(client));
  expect(open).toThrow(expect.objectContaining({ code: 'addressRefused' }));
});

test('caps, deadlines, retries and closing are those of the registry', async () => {
  const seen: string[] = [];
  const { client, apiBy } = await setUp(
    {
      'GET /large': { body: { names: ['x'.repeat(2000)] } },
      'GET /silent': () => {
        seen.push('silent');
        return new Promise(() => {});
      },
      'GET /busy': () => {
        seen.push('busy');
        return seen.length === 1 ? { status: 503 } : { body: { names: ['later'] } };
      },
    },
    { timeouts: { headers: 300 }, retry: { tries: 2 } },
  );
  const api = apiBy(() => passwordSource(client));
  const read = (url: string, tries?: number) =>
    api.json({ method: 'GET', url, ...(tries === undefined ? {} : { tries }) }, page, ONE_KIB);
  expect(await read('/busy')).toEqual({ names: ['later'] });
  expect(await failureOf(read('/large'))).toMatchObject({ code: 'tooLarge' });
  expect(await failureOf(read('/silent', 1))).toMatchObject({ code: 'timeout' });
  await client.close();
  expect(await failureOf(read('/large'))).toMatchObject({ code: 'cancelled' });
});

test('a sign-in may sign each request by its method, address and body', async () => {
  const signIn: ApiSignIn = {
    sign: ({ method, url, body }) => ({
      authorization: `Signed ${method} ${url.pathname}${url.search} ${String(body ?? '-')}`,
    }),
    secrets: [],
  };
  const { server, apiBy } = await setUp({ 'POST /names': { status: 201 }, 'GET /names': {} });
  const api = apiBy(() => ({ current: async () => signIn, renew: async () => undefined }));
  await (await api.request({ method: 'POST', url: '/names', body: 'one', expect: [201] })).dump();
  await (await api.request({ method: 'GET', url: '/names?n=1', expect: [200] })).dump();
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    'Signed POST /names one',
    'Signed GET /names?n=1 -',
  ]);
});

test('one who is not signed in is reported as that', async () => {
  const server = await startServer({ 'GET /names': { status: 401 } });
  const client: RegistryClient = clientOf(server);
  const api = new ProductApi(client, client.url, () => passwordSource(client));
  expect(await failureOf(api.json({ method: 'GET', url: '/names' }, page, ONE_KIB))).toMatchObject({
    code: 'unauthorized',
    signInAt: server.host,
  });
});
