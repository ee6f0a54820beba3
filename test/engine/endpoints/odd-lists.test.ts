import { expect, test } from 'vitest';
import { listReferrers, listTags } from '../../../src-main/engine/index.ts';
import { sha256 } from '../../support/images.ts';
import { listRepositories } from '../../support/registry.ts';
import {
  clientOf,
  collect,
  failureOf,
  type Routes,
  type Seen,
  startServer,
  type TestServer,
} from '../../support/server.ts';

const catalog = '/v2/_catalog';
const tags = '/v2/a/tags/list';
const query = ({ url }: Seen, name: string): string | null => new URL(url, 'http://x').searchParams.get(name);
/** A registry that is asked what it is before its catalogue is listed. */
const start = (routes: Routes) => startServer({ 'GET /v2/': { body: {} }, ...routes });
const asked = (registry: TestServer) => registry.lines().filter((line) => line !== 'GET /v2/');
const tooLarge = { status: 400, body: { errors: [{ code: 'PAGINATION_NUMBER_INVALID' }] } };

test('B1: errors that come with a good status are a failure with its words, and never an empty list', async () => {
  const errors = { errors: [{ code: 'DENIED', message: 'not for you' }] };
  const registry = await start({
    [`GET ${catalog}`]: { body: errors },
    [`GET ${tags}`]: { body: { errors: ['out of order'], tags: [] } },
    [`GET /v2/a/referrers/${sha256('x')}`]: { body: errors },
  });
  const client = clientOf(registry);
  const denied = { code: 'denied', status: 200, reason: 'not for you' };
  expect(await failureOf(collect(listRepositories(client)))).toMatchObject(denied);
  expect(await failureOf(collect(listTags(client, 'a')))).toMatchObject({ reason: 'out of order' });
  expect(await failureOf(listReferrers(client, 'a', sha256('x')))).toMatchObject(denied);
});

test.each(['{}', '{"name":"a"}', '{"tags":null}', '{"tags":[],"errors":[]}', '{"tags":[],"errors":null}'])(
  'B1: %s is a list without entries',
  async (body) => {
    const registry = await start({ [`GET ${tags}`]: { body } });
    expect(await collect(listTags(clientOf(registry), 'a'))).toEqual([]);
  },
);

test('B1: an odd entry costs itself only, and what is left out is reported', async () => {
  const body = { repositories: ['good', 'Upper/Case', 7, null, 'a..b', 'also/good'] };
  const registry = await start({ [`GET ${catalog}`]: { body } });
  const leftOut: string[] = [];
  const listing = listRepositories(clientOf(registry), { leftOut: (names) => leftOut.push(...names) });
  expect(await collect(listing)).toEqual(['good', 'also/good']);
  expect(leftOut).toEqual(['Upper/Case', '7', 'null', 'a..b']);
});

test('B1: what is listed twice is reported once, within a page and over pages', async () => {
  const registry = await start({
    [`GET ${tags}`]: (seen) =>
      query(seen, 'last')
        ? { body: { tags: ['b', 'c'] } }
        : { body: { tags: ['a', 'b', 'a'] }, headers: { link: `<${tags}?last=b>; rel="next"` } },
  });
  expect(await collect(listTags(clientOf(registry), 'a'))).toEqual(['a', 'b', 'c']);
});

test.each([100, 50, 0])('B2: a registry that takes pages of %i is asked for no larger ones', async (max) => {
  const registry = await start({
    [`GET ${tags}`]: (seen) => (Number(query(seen, 'n') ?? 0) > max ? tooLarge : { body: { tags: ['1'] } }),
    [`GET ${catalog}`]: (seen) =>
      Number(query(seen, 'n') ?? 0) > max ? tooLarge : { body: { repositories: ['a'] } },
  });
  const taken = max >= 100 ? [`${tags}?n=100`] : [`${tags}?n=100`, tags];
  expect(await collect(listTags(clientOf(registry), 'a'))).toEqual(['1']);
  expect(asked(registry)).toEqual([`${tags}?n=1000`, ...taken].map((line) => `GET ${line}`));
  // Kept in mind for the host, for other lists and other clients.
  expect(await collect(listRepositories(clientOf(registry)))).toEqual(['a']);
  expect(asked(registry).slice(1 + taken.length)).toEqual([`GET ${catalog}${max >= 100 ? '?n=100' : ''}`]);
});

test('B2: a 400 that names the repository is not about the page size', async () => {
  const unknown = { status: 400, body: { errors: [{ code: 'NAME_UNKNOWN' }] } };
  const registry = await start({ [`GET ${tags}`]: unknown });
  expect(await failureOf(collect(listTags(clientOf(registry), 'a')))).toMatchObject({ code: 'notFound' });
  expect(registry.seen).toHaveLength(1);
});

test('B2b: a full page without a link is asked on by the last name, odd names included', async () => {
  const names = ['a', 'B!', 'c', 'd', 'e'];
  const registry = await start({
    [`GET ${catalog}`]: (seen) => {
      const from = names.indexOf(query(seen, 'last') ?? '') + 1;
      return { body: { repositories: names.slice(from, from + Number(query(seen, 'n'))) } };
    },
  });
  expect(await collect(listRepositories(clientOf(registry), { pageSize: 2 }))).toEqual(['a', 'c', 'd', 'e']);
  expect(asked(registry).slice(1)).toEqual([`GET ${catalog}?n=2&last=B%21`, `GET ${catalog}?n=2&last=d`]);
});

test.each([
  ['gives the same page again', undefined],
  ['refuses it', { status: 405 }],
])('B2b: a registry that ignores `last` or %s has listed all', async (_, answer) => {
  const registry = await start({
    [`GET ${tags}`]: (seen) => (query(seen, 'last') && answer ? answer : { body: { tags: ['1', '2'] } }),
  });
  expect(await collect(listTags(clientOf(registry), 'a', { pageSize: 2 }))).toEqual(['1', '2']);
  expect(registry.seen).toHaveLength(2);
});

test('B2b: one that fails on the way is no end', async () => {
  const registry = await start({
    [`GET ${tags}`]: (seen) => (query(seen, 'last') ? { status: 403 } : { body: { tags: ['1', '2'] } }),
  });
  const listing = collect(listTags(clientOf(registry), 'a', { pageSize: 2 }));
  expect(await failureOf(listing)).toMatchObject({ code: 'denied' });
});

test('B2: referrers that fail after the first page are not taken for none', async () => {
  const digest = sha256('x');
  const api = `/v2/a/referrers/${digest}`;
  const registry = await start({
    [`GET ${api}`]: ({ url }) =>
      url === api
        ? { body: { manifests: [] }, headers: { link: `<${api}?p=2>; rel="next"` } }
        : { status: 404 },
  });
  expect(await failureOf(listReferrers(clientOf(registry), 'a', digest))).toMatchObject({ code: 'notFound' });
});

test('S8: a list of ever new pages ends at a cap that is said, in pages and in time', async () => {
  let count = 0;
  const registry = await start({
    [`GET ${tags}`]: () => ({
      body: { tags: [`t${count++}`] },
      headers: { link: `<${tags}?last=${count}>; rel="next"` },
    }),
  });
  const failure = await failureOf(collect(listTags(clientOf(registry), 'a', { maxWaiting: 100 })));
  expect(failure).toMatchObject({ code: 'endlessList', reason: expect.stringMatching(/\d+ pages with \d+/) });
});
