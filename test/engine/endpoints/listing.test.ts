import { expect, test } from 'vitest';
import { listReferrers, listTags } from '../../../src-main/engine/index.ts';
import { sha256 } from '../../support/images.ts';
import { listRepositories } from '../../support/registry.ts';
import { clientOf, collect, type Seen, startServer, type TestServer } from '../../support/server.ts';

const path = '/v2/_catalog';
const page = (names: readonly string[] | null, link?: string): object => ({
  body: { repositories: names },
  ...(link === undefined ? {} : { headers: { link: `<${link}>; rel="next"` } }),
});
/** Asked once, before anything that products answer differently. */
const PING = { 'GET /v2/': { body: {} } };
const asked = (registry: TestServer) => registry.lines().filter((line) => line !== 'GET /v2/');
const last = ({ url }: Seen): string | null => new URL(url, 'http://x').searchParams.get('last');

test('transfer-19: pages are yielded as they come, by a link relative or absolute, followed as it is', async () => {
  const registry = await startServer({
    ...PING,
    [`GET ${path}`]: (seen) => {
      const absolute = `http://${seen.headers.host}${path}?opaque=%2Fx%2B&last=b`;
      if (last(seen) === null) return page(['a'], `${path}?last=a&n=1`);
      return last(seen) === 'a' ? page(['b'], absolute) : page(['c']);
    },
  });
  const pages: (readonly string[])[] = [];
  for await (const names of listRepositories(clientOf(registry), { pageSize: 1 })) pages.push(names);
  expect(pages).toEqual([['a'], ['b'], ['c']]);
  expect(asked(registry)).toEqual([
    `GET ${path}?n=1`,
    `GET ${path}?last=a&n=1`,
    `GET ${path}?opaque=%2Fx%2B&last=b`,
  ]);
});

test('transfer-19: the first page is there before the second is asked for', async () => {
  const registry = await startServer({ ...PING, [`GET ${path}`]: page(['a'], `${path}?last=a`) });
  const pages = listRepositories(clientOf(registry));
  expect((await pages.next()).value).toEqual(['a']);
  expect(asked(registry)).toHaveLength(1);
  await pages.return(undefined);
});

test.each([
  ['another server', (other: string) => `${other}${path}?last=a&n=1`],
  ['a host that is known inside only', () => `https://registry.internal:5000${path}?last=a&n=1`],
  ['a private address', () => `http://169.254.169.254${path}?last=a&n=1`],
  ['a place without a path', () => `https://registry.internal?last=a&n=1`],
])(
  'B3: a link to %s goes on at the origin that is known, by its query, and nothing is sent there',
  async (_, linkOf) => {
    const other = await startServer({});
    const registry = await startServer({
      ...PING,
      [`GET ${path}`]: (seen) => (last(seen) === null ? page(['a'], linkOf(other.url)) : page(['b'])),
    });
    expect(await collect(listRepositories(clientOf(registry)))).toEqual(['a', 'b']);
    expect(registry.lines().at(-1)).toBe(`GET ${path}?last=a&n=1`);
    expect(other.seen).toEqual([]);
  },
);

test.each([
  '/v2/app/tags/list?last=1&n=1',
  '/app/tags/list?last=1&n=1',
  'tags/list?last=1&n=1',
  '/artifactory/api/docker/local/v2/app/tags/list?last=1&n=1',
  'http://inside/v2/app/tags/list?last=1&n=1',
  '?last=1&n=1',
])('B3: a link that lacks a part of the path, %s, goes on with the list', async (link) => {
  const list = '/v2/local/app/tags/list';
  const registry = await startServer({
    [`GET ${list}`]: (seen) =>
      last(seen) === null
        ? { body: { tags: ['1'] }, headers: { link: `<${link}>; rel="next"` } }
        : { body: { tags: ['2'] } },
  });
  expect(await collect(listTags(clientOf(registry), 'local/app'))).toEqual(['1', '2']);
  expect(registry.lines().at(-1)).toBe(`GET ${list}?last=1&n=1`);
});

test('B3: a link to a path of another kind is followed as it is', async () => {
  const registry = await startServer({
    ...PING,
    [`GET ${path}`]: page(['a'], '/cursor/7'),
    'GET /cursor/7': page(['b']),
  });
  expect(await collect(listRepositories(clientOf(registry)))).toEqual(['a', 'b']);
});

test.each([
  '<http://[bad>; rel="next"',
  '/v2/_catalog?last=a; rel="next"',
  '</v2/_catalog?last=a; rel=next',
  '<https://registry.internal/v2/_catalog>; rel="next"',
  '<data:text/plain,x>; rel="next"',
])('B3: the link %s cannot be read: what came is given, and that it is not all is reported', async (link) => {
  const digest = sha256('x');
  const registry = await startServer({
    ...PING,
    [`GET ${path}`]: { body: { repositories: ['a'] }, headers: { link } },
    [`GET /v2/a/referrers/${digest}`]: { body: { manifests: [] }, headers: { link } },
  });
  const got: string[] = [];
  const listing = async () => {
    for await (const names of listRepositories(clientOf(registry))) got.push(...names);
  };
  const told = { code: 'invalidResponse', reason: expect.stringContaining('not complete') };
  await expect(listing()).rejects.toMatchObject(told);
  expect(got).toEqual(['a']);
  await expect(listReferrers(clientOf(registry), 'a', digest)).rejects.toMatchObject(told);
});

test('transfer-19: other links and junk are no next page', async () => {
  const links = ['</v2/_catalog?last=a>; rel="prev"', 'junk', '</x>; rel="nextdoor"'];
  const registry = await startServer({
    ...PING,
    [`GET ${path}`]: { body: { repositories: ['a'] }, headers: { link: links } },
  });
  expect(await collect(listRepositories(clientOf(registry)))).toEqual(['a']);
});

test('transfer-19: a list that leads back to itself, or repeats its page, is endless', async () => {
  const loop = await startServer({
    ...PING,
    [`GET ${path}`]: (seen) =>
      page([`r${last(seen) ?? ''}`], `${path}?last=${last(seen) === 'a' ? 'b' : 'a'}`),
  });
  await expect(collect(listRepositories(clientOf(loop)))).rejects.toMatchObject({ code: 'endlessList' });
  expect(asked(loop).length).toBeLessThanOrEqual(3);
  let next = 0;
  const same = await startServer({ ...PING, [`GET ${path}`]: () => page(['a'], `${path}?last=${next++}`) });
  await expect(collect(listRepositories(clientOf(same)))).rejects.toMatchObject({ code: 'endlessList' });
  expect(asked(same).length).toBeLessThanOrEqual(3);
});

test('transfer-19: a list of ever new names ends at the cap, one of ever new empty pages soon', async () => {
  let count = 0;
  const endless = await startServer({
    ...PING,
    [`GET ${path}`]: () => page([`r${count++}`], `${path}?last=${count}`),
  });
  await expect(collect(listRepositories(clientOf(endless), { maxItems: 50 }))).rejects.toMatchObject({
    code: 'endlessList',
  });
  expect(asked(endless)).toHaveLength(51);
  const empty = await startServer({ ...PING, [`GET ${path}`]: () => page([], `${path}?last=${count++}`) });
  await expect(collect(listRepositories(clientOf(empty)))).rejects.toMatchObject({ code: 'endlessList' });
  expect(asked(empty).length).toBeLessThanOrEqual(25);
});

test('transfer-19: null means none, and names against the grammar are left out', async () => {
  const registry = await startServer({
    ...PING,
    [`GET ${path}`]: page(['good/name', 'Bad', '../etc', 'a//b', '']),
    'GET /v2/a/tags/list': { body: { name: 'a', tags: null } },
    'GET /v2/b/tags/list': { body: { tags: ['1', `sha256:${'a'.repeat(64)}`, 'b/c', '-x'] } },
  });
  const client = clientOf(registry);
  expect(await collect(listRepositories(client))).toEqual(['good/name']);
  expect(await collect(listTags(client, 'a'))).toEqual([]);
  expect(await collect(listTags(client, 'b'))).toEqual(['1']);
});

test.each([
  [403, 'denied'],
  [404, 'notFound'],
  [405, 'unsupported'],
])('a catalog that answers %i is reported as %s', async (status, code) => {
  const registry = await startServer({ ...PING, [`GET ${path}`]: { status } });
  await expect(collect(listRepositories(clientOf(registry)))).rejects.toMatchObject({ code, status });
});

test('transfer-23: a malformed repository is refused before any request', async () => {
  const registry = await startServer({});
  expect(() => listTags(clientOf(registry), '../admin')).toThrow(
    expect.objectContaining({ code: 'invalidReference' }),
  );
});

test('transfer-19: referrers that never end, and a web page in their place', async () => {
  const digest = sha256('x');
  const api = `/v2/a/referrers/${digest}`;
  const endless = await startServer({
    [`GET ${api}`]: { body: { manifests: [] }, headers: { link: `<${api}>; rel="next"` } },
  });
  await expect(listReferrers(clientOf(endless), 'a', digest)).rejects.toMatchObject({ code: 'endlessList' });
  const page404 = { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } };
  const site = await startServer({
    [`GET ${api}`]: { headers: { 'content-type': 'text/html' }, body: '<html>' },
    [`GET /v2/a/manifests/${digest.replace(':', '-')}`]: page404,
  });
  expect(await listReferrers(clientOf(site), 'a', digest)).toEqual([]);
});
