import { expect, test } from 'vitest';
import { clientReader, deleteManifest, getManifest, listTags } from '../../../src-main/engine/index.ts';
import { planCopy, runCopy } from '../../support/copy.ts';
import { makeImage, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { type OddRegistry, startOddRegistry } from '../../support/odd-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { listRepositories, ping } from '../../support/registry.ts';
import { type Answer, clientOf, collect, failureOf, type Seen, startServer } from '../../support/server.ts';

const credentials = { kind: 'password', username: 'ann', password: 'p' } as const;
const digest = sha256('x');

const scopesOf = ({ url }: Seen): string[] => new URL(url, 'http://x').searchParams.getAll('scope');
const isToken = ({ url }: Seen): boolean => url.startsWith('/token');

/** 401 with the scope that the registry itself asks for. */
const challenge = ({ headers }: Seen, scope?: string): Answer => ({
  status: 401,
  headers: {
    'www-authenticate': `Bearer realm="http://${headers.host}/token",service="s"${scope ? `,scope="${scope}"` : ''}`,
  },
  body: { errors: [{ code: 'UNAUTHORIZED' }] },
});

/** As Quay's: knows pull, push and `*`; what else is named it answers with 400. A token says what it is good for. */
const pushAndPullOnly = (seen: Seen): Answer =>
  scopesOf(seen).every((scope) => /^repository:[^:]+:(?:(?:push|pull|\*),?)+$/.test(scope))
    ? { body: { token: scopesOf(seen).some((scope) => scope.includes('push')) ? 'push' : 'pull' } }
    : { status: 400, body: { errors: [{ code: 'INVALID_REQUEST', message: 'scope not understood' }] } };

const needs =
  (token: string, scope: string | undefined, answer: Answer) =>
  (seen: Seen): Answer =>
    ['Bearer push', `Bearer ${token}`].includes(seen.headers.authorization ?? '')
      ? answer
      : challenge(seen, scope);

const startQuay = () =>
  startServer({
    'GET /token': pushAndPullOnly,
    'GET /v2/': needs('pull', undefined, { body: {} }),
    'GET /v2/_catalog': needs('pull', undefined, { body: { repositories: ['a'] } }),
    'GET /v2/a/tags/list': needs('pull', 'repository:a:pull', { body: { tags: ['1'] } }),
    [`DELETE /v2/a/manifests/${digest}`]: needs('push', 'repository:a:pull,push', { status: 202 }),
  });

test('B2: a scope of ours that the token service refuses gives way to what the registry asks for', async () => {
  const registry = await startQuay();
  await deleteManifest(clientOf(registry, { credentials }), 'a', digest);
  expect(registry.seen.filter(isToken).map(scopesOf)).toEqual([
    ['repository:a:pull,push,delete'],
    ['repository:a:pull,push'],
  ]);
  expect(await collect(listRepositories(clientOf(registry, { credentials })))).toEqual(['a']);
});

test('B2: so it does where the client has a token already, and what was found is remembered', async () => {
  const registry = await startQuay();
  const client = clientOf(registry, { credentials });
  await ping(client);
  await collect(listTags(client, 'a'));
  await deleteManifest(client, 'a', digest);
  expect(await collect(listRepositories(client))).toEqual(['a']);
  const before = registry.seen.length;
  await deleteManifest(client, 'a', digest);
  await collect(listRepositories(client));
  expect(registry.lines().slice(before)).toEqual([
    `DELETE /v2/a/manifests/${digest}`,
    'GET /v2/_catalog?n=1000',
  ]);
});

test('B2: a service that refuses whatever is asked for is reported with its own words, asked for each set once', async () => {
  const registry = await startServer({
    'GET /token': { status: 403, body: { errors: [{ code: 'DENIED', message: 'not for you' }] } },
    [`DELETE /v2/a/manifests/${digest}`]: (seen) => challenge(seen),
  });
  const failure = await failureOf(deleteManifest(clientOf(registry, { credentials }), 'a', digest));
  expect(failure).toMatchObject({ code: 'denied', reason: 'not for you' });
  expect(registry.seen.filter(isToken).map(scopesOf)).toEqual([['repository:a:pull,delete'], []]);
});

test('B2: a wrong password is asked for once, whatever the scopes', async () => {
  const registry = await startServer({
    'GET /token': { status: 401, body: { errors: [{ code: 'UNAUTHORIZED' }] } },
    [`DELETE /v2/a/manifests/${digest}`]: (seen) => challenge(seen),
  });
  const failure = await failureOf(deleteManifest(clientOf(registry, { credentials }), 'a', digest));
  expect(failure).toMatchObject({ code: 'unauthorized' });
  expect(registry.seen.filter(isToken)).toHaveLength(1);
});

/** Gives tokens for nothing where an action is named that it does not know. */
const allOrNothing = (seen: Seen): Answer => ({
  body: { token: scopesOf(seen).some((scope) => scope.includes('delete')) ? 'nothing' : 'push' },
});

test.each([
  ['401', (seen: Seen) => challenge(seen, 'repository:a:push')],
  ['403 without a challenge', () => ({ status: 403, body: { errors: [{ code: 'DENIED' }] } })],
])('B2: a token for a scope of ours that the registry answers with %s', async (_, refuse) => {
  const registry = await startServer({
    'GET /token': allOrNothing,
    'GET /v2/': needs('nothing', undefined, { body: {} }),
    [`DELETE /v2/a/manifests/${digest}`]: (seen) => {
      if (seen.headers.authorization === 'Bearer push') return { status: 202 };
      return seen.headers.authorization ? refuse(seen) : challenge(seen, 'repository:a:push');
    },
  });
  // Without and with a token from before.
  await deleteManifest(clientOf(registry, { credentials }), 'a', digest);
  const client = clientOf(registry, { credentials });
  await ping(client);
  await deleteManifest(client, 'a', digest);
});

test('B2: a right that is missing stays a refusal, in the words of the first', async () => {
  const registry = await startServer({
    'GET /token': { body: { token: 'weak' } },
    'GET /v2/': needs('weak', undefined, { body: {} }),
    [`DELETE /v2/a/manifests/${digest}`]: (seen) =>
      seen.headers.authorization
        ? { status: 403, body: { errors: [{ code: 'DENIED', message: 'not for readers' }] } }
        : challenge(seen, 'repository:a:push'),
  });
  const client = clientOf(registry, { credentials });
  await ping(client);
  const failure = await failureOf(deleteManifest(client, 'a', digest));
  expect(failure).toMatchObject({ code: 'denied', status: 403, reason: 'not for readers' });
});

/** Lets no one look into a repository that does not exist, but with a token to push. */
async function startReluctantRegistry(): Promise<OddRegistry> {
  let written = false;
  return await startOddRegistry(async (seen, ordinary) => {
    if (isToken(seen)) return pushAndPullOnly(seen);
    const { authorization } = seen.headers;
    const reads = seen.method === 'GET' || seen.method === 'HEAD';
    if (!authorization || (authorization === 'Bearer pull' && !written))
      return challenge(seen, `repository:to:${reads ? 'pull' : 'pull,push'}`);
    if (seen.method === 'PUT') written = true;
    return await ordinary();
  });
}

test('B2: a repository that the first push creates is looked at with a token to push', async () => {
  const image = await makeImage();
  const source = await startTestRegistry();
  await push(image, source, 'from', '1');
  const target = await startReluctantRegistry();
  const [from, to] = [clientOf(source), clientOf(target, { credentials })];
  const plan = await planCopy(
    { client: from, reader: clientReader(from), repository: 'from', reference: '1' },
    { client: to, reader: clientReader(to), repository: 'to', tag: '1' },
    false,
  );
  await runCopy(plan, {});
  expect((await plainRequest(target.behind, '/v2/to/manifests/1')).body.equals(image.bytes)).toBe(true);
  expect(target.seen.filter(isToken)).toHaveLength(1);
});

test('B2: what the catalogue asks for says nothing of the rest', async () => {
  const basic = `Basic ${Buffer.from('ann:p').toString('base64')}`;
  const image = await makeImage();
  const registry = await startOddRegistry(async (seen, ordinary) => {
    if (isToken(seen)) return { body: { token: 'good' } };
    const { authorization } = seen.headers;
    if (seen.url.startsWith('/v2/_catalog') && authorization !== basic)
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="harbor"' } };
    if (!seen.url.startsWith('/v2/_catalog') && authorization !== 'Bearer good') return challenge(seen);
    return await ordinary();
  });
  await push(image, registry.behind, 'a', '1');
  const client = clientOf(registry, { credentials });
  for (let round = 0; round < 2; round++) {
    expect(await collect(listRepositories(client))).toEqual(['a']);
    await ping(client);
    await getManifest(client, 'a', '1');
    expect(client.authScheme()).toBe('token');
  }
  const used = (path: string) => registry.seen.filter(({ url }) => url.startsWith(path));
  expect(used('/v2/_catalog').map(({ headers }) => headers.authorization)).toEqual([
    'Bearer good',
    basic,
    basic,
  ]);
  expect(used('/v2/a/').every(({ headers }) => headers.authorization !== basic)).toBe(true);
});
