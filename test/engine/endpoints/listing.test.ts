import { expect, test } from 'vitest';
import { listReferrers, listRepositories, listTags } from '../../../src-main/engine/index.ts';
import { sha256 } from '../../support/images.ts';
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

test('transfer-19: pages are yielded as they come, by a link relative or absolute, followed as it stands', async () => {
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

test('transfer-19: a link to another server is refused, and nothing is sent there', async () => {
  const other = await startServer({});
  const registry = await startServer({ ...PING, [`GET ${path}`]: page(['a'], `${other.url}${path}?last=a`) });
  await expect(collect(listRepositories(clientOf(registry)))).rejects.toMatchObject({
    code: 'invalidResponse',
  });
  expect(other.seen).toEqual([]);
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
])('a catalog that answers %i is told as %s', async (status, code) => {
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
