import { describe, expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { call, expectError, OCI_INDEX, pushImage, tagsOf } from './client.ts';

const empty = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] }));

async function seeded(repositories: readonly string[], tags: readonly string[] = ['latest']) {
  const registry = await startTestRegistry();
  await registry.storage.seed(
    repositories.map((repository) => ({ repository, mediaType: OCI_INDEX, bytes: empty, tags })),
  );
  return registry;
}

/** Follows Link to the end. */
async function pages(registry: { url: string }, path: string, key: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer = await call(registry, 'GET', next);
    expect(answer.status).toBe(200);
    found.push((answer.json() as Record<string, string[]>)[key] ?? []);
    const link = answer.headers.link;
    next = link === undefined ? undefined : /^<(.+)>; rel="next"$/.exec(String(link))?.[1];
  }
  return found;
}

describe('tags', () => {
  const tags = ['v10', 'v2', 'Beta', 'alpha', '_x', '1.0', 'v1'];
  const sorted = ['1.0', 'Beta', '_x', 'alpha', 'v1', 'v10', 'v2'];

  test('come all and in ASCII order without n', async () => {
    const registry = await seeded(['team/app'], tags);
    const answer = await call(registry, 'GET', '/v2/team/app/tags/list');
    expect(answer.json()).toEqual({ name: 'team/app', tags: sorted });
    expect(answer.headers.link).toBeUndefined();
  });

  test.each([
    [1, sorted.map((tag) => [tag])],
    [3, [sorted.slice(0, 3), sorted.slice(3, 6), sorted.slice(6)]],
    [7, [sorted]],
    [1000, [sorted]],
  ])('come %i at a time, led on by Link', async (n, expected) => {
    const registry = await seeded(['team/app'], tags);
    expect(await pages(registry, `/v2/team/app/tags/list?n=${n}`, 'tags')).toEqual(expected);
  });

  test('n=0 gives none', async () => {
    const registry = await seeded(['app'], tags);
    const answer = await call(registry, 'GET', '/v2/app/tags/list?n=0');
    expect(answer.json()).toEqual({ name: 'app', tags: [] });
    expect(answer.headers.link).toBeUndefined();
  });

  test('last need not exist, and works without n', async () => {
    const registry = await seeded(['app'], tags);
    const answer = await call(registry, 'GET', '/v2/app/tags/list?last=v1-deleted-meanwhile');
    expect(answer.json()).toEqual({ name: 'app', tags: ['v10', 'v2'] });
    const beyond = await call(registry, 'GET', '/v2/app/tags/list?last=zzz');
    expect(beyond.json()).toEqual({ name: 'app', tags: [] });
  });

  test.each(['-1', 'x', '1.5', '1e3', '99999999999999999999'])('refuses n=%s', async (n) => {
    const registry = await seeded(['app']);
    expectError(await call(registry, 'GET', `/v2/app/tags/list?n=${n}`), 400, 'PAGINATION_NUMBER_INVALID');
    expectError(await call(registry, 'GET', `/v2/_catalog?n=${n}`), 400, 'PAGINATION_NUMBER_INVALID');
  });

  test('of an unknown repository are NAME_UNKNOWN', async () => {
    const registry = await seeded(['team/app']);
    expectError(await call(registry, 'GET', '/v2/team/tags/list'), 404, 'NAME_UNKNOWN');
  });

  test('differing only in case are two', async () => {
    const registry = await startTestRegistry();
    const upper = await pushImage(registry, 'app', 'RC', 'upper');
    const lower = await pushImage(registry, 'app', 'rc', 'lower');
    expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: ['RC', 'rc'] });
    await registry.close();
    const again = await startTestRegistry({ folder: registry.storage.folder });
    for (const [tag, { digest }] of [['RC', upper] as const, ['rc', lower] as const]) {
      const head = await call(again, 'HEAD', `/v2/app/manifests/${tag}`);
      expect(head.headers['docker-content-digest']).toBe(digest);
    }
  });
});

describe('the catalog', () => {
  const names = ['b', 'a/b/c', 'a', 'a-b', 'a/b', 'con/aux.x', 'z0'];
  const sorted = ['a', 'a-b', 'a/b', 'a/b/c', 'b', 'con/aux.x', 'z0'];

  test('pages in ASCII order, led on by Link', async () => {
    const registry = await seeded(names);
    expect(await pages(registry, '/v2/_catalog', 'repositories')).toEqual([sorted]);
    expect(await pages(registry, '/v2/_catalog?n=3', 'repositories')).toEqual([
      sorted.slice(0, 3),
      sorted.slice(3, 6),
      sorted.slice(6),
    ]);
  });

  test('is read again from the folder at start', async () => {
    const before = await seeded(names);
    await before.close();
    const after = await startTestRegistry({ folder: before.storage.folder });
    expect(await pages(after, '/v2/_catalog', 'repositories')).toEqual([sorted]);
  });

  test('shows a repository once it has a manifest, not when it has blobs only', async () => {
    const registry = await startTestRegistry();
    await registry.storage.putBlob('started', Buffer.from('x'));
    await pushImage(registry, 'done', 'v1');
    expect(await pages(registry, '/v2/_catalog', 'repositories')).toEqual([['done']]);
  });
});

test('many repositories and tags are listed a page at a time, also after a restart', async () => {
  const before = await startTestRegistry();
  const repositories = Array.from({ length: 1_200 }, (_, i) => `team-${i % 7}/app-${i}`);
  const tags = Array.from({ length: 3_000 }, (_, i) => `v${i}`);
  await before.storage.seed([
    ...repositories.map((repository) => ({
      repository,
      mediaType: OCI_INDEX,
      bytes: empty,
      tags: ['latest'],
    })),
    { repository: 'large', mediaType: OCI_INDEX, bytes: empty, tags },
  ]);
  await before.close();
  const after = await startTestRegistry({ folder: before.storage.folder });
  const listed = await pages(after, '/v2/_catalog', 'repositories');
  expect(listed.map((page) => page.length)).toEqual([1_000, 201]);
  expect(listed.flat()).toEqual([...repositories, 'large'].sort());
  const paged = await pages(after, '/v2/large/tags/list?n=500', 'tags');
  expect(paged.map((page) => page.length)).toEqual(Array.from({ length: 6 }, () => 500));
  expect(paged.flat()).toEqual([...tags].sort());
});
