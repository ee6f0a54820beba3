import { expect, test } from 'vitest';
import type { CountedTags, TagRules } from '../../src-main/common/transfer.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';

const RULES: TagRules = { tags: ['*'], excludeTags: ['*-rc*'], versions: '>=1' };

async function setUp() {
  const registry = await startTestRegistry();
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const image = await makeImage();
  const signature = `${image.digest.replace(':', '-')}.sig`;
  for (const tag of ['0.9', '1.0', '1.1-rc.1', 'latest', signature])
    await push(image, registry, 'team/app', tag);
  const handle = await core.accounts.handle(id);
  const count = async (repositories: string[], rules = RULES) => {
    const counted: CountedTags[] = [];
    for await (const each of core.transfers.countTags(handle, repositories, rules)) counted.push(each);
    return counted.toSorted((a, b) => (a.repository < b.repository ? -1 : 1));
  };
  return { registry, core, count };
}

test('tags that are not known are listed once, and then known', async () => {
  const { registry, count } = await setUp();
  const expected = { repository: 'team/app', tags: 4, matching: 1 };
  expect(await count(['team/app'])).toEqual([{ ...expected, from: 'registry' }]);
  const asked = registry.requests.length;
  const [known]: CountedTags[] = await count(['team/app']);
  expect(known).toEqual({ ...expected, from: 'inventory', seen: expect.any(String) });
  expect(await count(['team/app'], { tags: ['l*'], excludeTags: [], versions: '' })).toMatchObject([
    { tags: 4, matching: 1 },
  ]);
  expect(registry.requests.length).toBe(asked);
});

test('a repository whose tags cannot be listed says why, and the others are counted', async () => {
  const { count } = await setUp();
  expect(await count(['team/app', 'team/gone'])).toMatchObject([
    { repository: 'team/app', matching: 1 },
    { repository: 'team/gone', failure: { code: 'notFound' } },
  ]);
  await expect(count(['team/app'], { ...RULES, versions: 'newest' })).rejects.toMatchObject({
    code: 'invalidInput',
  });
});
