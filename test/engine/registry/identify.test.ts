import { expect, test } from 'vitest';
import { clientReader } from '../../../src-main/engine/reading/reader.ts';
import { Identification } from '../../../src-main/engine/registry/registry.ts';
import { runDeleteStep } from '../../support/delete.ts';
import { makeImage } from '../../support/images.ts';
import { listRepositories, planDeletion, systemOf } from '../../support/registry.ts';
import { type Answer, clientOf, collect, failureOf, type Seen, startServer } from '../../support/server.ts';

const credentials = { kind: 'password', username: 'dev', password: 'Harbor12345' } as const;
const basic = `Basic ${Buffer.from('dev:Harbor12345').toString('base64')}`;

/** As Harbor does: Bearer everywhere but at the list, where only administrators get further than its Basic. */
const asksForToken = ({ headers }: Seen): Answer => ({
  status: 401,
  headers: {
    'docker-distribution-api-version': 'registry/2.0',
    'www-authenticate': `Bearer realm="http://${headers.host}/service/token",service="harbor-registry"`,
  },
});
const withToken =
  (answer: () => Answer) =>
  (seen: Seen): Answer =>
    seen.headers.authorization === 'Bearer t' ? answer() : asksForToken(seen);
const withPassword =
  (answer: () => Answer) =>
  (seen: Seen): Answer =>
    seen.headers.authorization === basic ? answer() : { status: 401 };

test('B2: /v2/ is asked once and without credentials before anything else, by however many at once', async () => {
  const registry = await startServer({
    'GET /v2/': withToken(() => ({ body: {} })),
    'GET /service/token': { body: { token: 't' } },
    'GET /api/v2.0/repositories': withPassword(() => ({ body: [{ name: 'team/web' }] })),
  });
  const client = clientOf(registry, { credentials });
  const lists = Array.from({ length: 5 }, () => collect(listRepositories(client)));
  expect(await Promise.all(lists)).toEqual(Array.from({ length: 5 }, () => ['team/web']));
  expect(registry.lines().filter((line) => line === 'GET /v2/')).toHaveLength(1);
  expect(registry.seen[0]).toMatchObject({ url: '/v2/' });
  expect(registry.seen[0]?.headers.authorization).toBeUndefined();
});

test('B2: Harbor is known before its list can ask for Basic: one tag goes alone, and no password goes to the protocol', async () => {
  const image = await makeImage();
  const repository = '/v2/team/web';
  const tagged = new Set(['1', 'latest']);
  const manifest = (tag: string) =>
    withToken(() =>
      tagged.has(tag)
        ? {
            headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
            body: Buffer.from(image.bytes),
          }
        : { status: 404 },
    );
  const artifacts = '/api/v2.0/projects/team/repositories/web/artifacts';
  const registry = await startServer({
    'GET /v2/': withToken(() => ({ body: {} })),
    'GET /service/token': { body: { token: 't' } },
    'GET /api/v2.0/repositories': withPassword(() => ({ body: [{ name: 'team/web' }] })),
    [`GET ${repository}/tags/list`]: withToken(() => ({ body: { tags: [...tagged] } })),
    [`HEAD ${repository}/manifests/1`]: manifest('1'),
    [`HEAD ${repository}/manifests/latest`]: manifest('latest'),
    [`GET ${repository}/manifests/${image.digest}`]: manifest('latest'),
    // Somebody with few rights may neither list artifacts nor see the project: the protocol answers as well.
    'GET /api/v2.0/projects/team': withPassword(() => ({ status: 403 })),
    [`GET ${artifacts}`]: withPassword(() => ({ status: 403 })),
    [`DELETE ${artifacts}/${image.digest}/tags/1`]: withPassword(() => {
      tagged.delete('1');
      return { status: 200 };
    }),
  });
  const client = clientOf(registry, { credentials });
  expect(await collect(listRepositories(client))).toEqual(['team/web']);
  const plan = await planDeletion(client, clientReader(client), 'team/web', { tags: ['1'] });
  expect(plan).toMatchObject({
    alsoRemoved: [],
    steps: [{ kind: 'deleteTag', tag: '1', siblings: ['latest'] }],
  });
  for (const step of plan.steps) expect(await runDeleteStep(client, 'team/web', step)).toBe('deleted');
  expect([...tagged]).toEqual(['latest']);
  const passwords = registry.seen.filter(({ headers }) => headers.authorization === basic);
  expect(passwords.filter(({ url }) => url.startsWith('/v2/'))).toEqual([]);
});

test('B2: a Basic challenge for want of a right is no way to sign in: the password is not sent, now and later', async () => {
  const image = await makeImage();
  const path = `/v2/team/web/manifests/${image.digest}`;
  const manifest = { 'content-type': image.mediaType, 'docker-content-digest': image.digest };
  const registry = await startServer({
    'GET /v2/': withToken(() => ({ body: {} })),
    'GET /service/token': { body: { token: 't' } },
    'GET /v2/team/web/tags/list': withToken(() => ({ body: { name: 'team/web', tags: [] } })),
    [`DELETE ${path}`]: { status: 401, headers: { 'www-authenticate': 'Basic realm="harbor"' } },
    [`HEAD ${path}`]: withToken(() => ({ headers: manifest, body: Buffer.from(image.bytes) })),
  });
  const client = clientOf(registry, { credentials });
  const step = { kind: 'deleteManifest', digest: image.digest, tags: [] } as const;
  await failureOf(runDeleteStep(client, 'team/web', step));
  expect(await clientReader(client).head('team/web', image.digest)).toMatchObject({ digest: image.digest });
  const passwords = registry.seen.filter(({ headers }) => headers.authorization === basic);
  expect(passwords.filter(({ url }) => url.startsWith('/v2/'))).toEqual([]);
});

test('B2: a registry of an unknown product deletes nothing, and the words say why', async () => {
  const image = await makeImage();
  const odd = await startServer({ 'GET /v2/': { headers: { 'content-type': 'text/html' }, body: '<html>' } });
  const client = clientOf(odd);
  const step = { kind: 'deleteManifest', digest: image.digest, tags: ['1'] } as const;
  expect(await failureOf(runDeleteStep(client, 'a', step))).toMatchObject({
    code: 'notARegistry',
    reason: expect.stringContaining('not a registry'),
  });
  expect(await failureOf(planDeletion(client, clientReader(client), 'a', { tags: ['1'] }))).toMatchObject({
    code: 'notARegistry',
  });
  expect(new Set(odd.lines())).toEqual(new Set(['GET /v2/']));
});

test('B2: what could not be identified is asked again the next time', async () => {
  let down = true;
  const registry = await startServer({
    'GET /v2/': () =>
      down ? { status: 403 } : { headers: { 'docker-distribution-api-version': 'registry/2.0' }, body: {} },
  });
  const client = clientOf(registry);
  const identification = new Identification(client);
  expect(await identification.registry()).toMatchObject({
    product: { id: 'generic' },
    doubt: { code: 'denied' },
  });
  down = false;
  const found = await identification.registry();
  expect(found).toMatchObject({ product: { id: 'distribution' }, by: 'protocol' });
  expect(found.doubt).toBeUndefined();
});

const EXTENSIONS = { extensions: [{ name: '_zot', endpoints: ['/v2/_zot/ext/search'] }] };
const CORS = 'access-control-allow-headers';
/** Where zot says its version, if search is on. */
const UNSAID = { 'GET /v2/_zot/ext/mgmt': { status: 404 } };

test.each<[string, Record<string, Answer>, string]>([
  [
    'its header',
    { ...UNSAID, 'GET /v2/': { headers: { [CORS]: 'Authorization,content-type,X-ZOT-API-CLIENT' } } },
    'zot',
  ],
  [
    'its extensions',
    {
      'GET /v2/': { headers: { [CORS]: 'Authorization,content-type' } },
      'GET /v2/_oci/ext/discover': { body: EXTENSIONS },
      ...UNSAID,
    },
    'zot',
  ],
  [
    'neither, behind a proxy for browsers',
    {
      'GET /v2/': { headers: { [CORS]: '*', 'docker-distribution-api-version': 'registry/2.0' } },
      'GET /v2/_oci/ext/discover': { status: 404 },
    },
    'distribution',
  ],
])('B2b: zot is identified by %s', async (_, routes, system) => {
  expect(await systemOf(clientOf(await startServer(routes)))).toBe(system);
});

test('B2b: a zot that reports nothing to strangers is known once signed in', async () => {
  const zot = await startServer({
    ...UNSAID,
    'GET /v2/': ({ headers }) =>
      headers.authorization === basic
        ? { headers: { [CORS]: 'Authorization,content-type,X-ZOT-API-CLIENT' } }
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="zot"' } },
  });
  expect(await systemOf(clientOf(zot, { credentials }))).toBe('zot');
  expect(await systemOf(clientOf(zot))).toBe('generic');
});
