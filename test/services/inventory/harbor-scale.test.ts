import { expect, test } from 'vitest';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { type LargeHarborOptions, startLargeHarbor } from '../../support/large-harbor.ts';
import { settingsFor, testCore } from '../support/core.ts';
import { inventoryOf } from '../support/inventory.ts';

async function scanned(options: Partial<LargeHarborOptions> = {}) {
  const harbor = await startLargeHarbor({ projects: 2, repositories: 12, artifacts: 5, ...options });
  const core = await testCore();
  const settings = settingsFor(harbor.url, { signIn: { kind: 'password', username: 'admin' } });
  const account = await core.accounts.add(settings, { password: 'Harbor12345' });
  const handle = await core.accounts.handle(account.id);
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  const scan = await core.inventory.finished(scanId);
  const { tags } = await inventoryOf(core).candidates(account.id, 'p0001/app-0011');
  const lists = harbor.lines().filter((line) => line.includes('/artifacts?'));
  return { scan, lists, tags: tags.map(({ name }) => name) };
}

const ALL = {
  status: 'done',
  repositories: { done: 24, total: 24 },
  tags: { done: 120, total: 120 },
  unread: 0,
};
const TAGS = ['1.0000', '1.0001', '1.0002', '1.0003', '1.0004'];

describeWithHarbor('a scan of many repositories in few projects, made of what was recorded', () => {
  test('asks for the list of each project, and for no repository by itself', async () => {
    const { scan, lists, tags } = await scanned();
    // One page of repositories, and one of each project's artifacts.
    expect(scan).toMatchObject({ ...ALL, requests: 3 });
    expect(lists).toHaveLength(2);
    expect(tags).toEqual(TAGS);
  });

  test.each([
    ['an older version has none', 'project-not-found'],
    ['it is given to nobody', 'project-repositories-anonymous-private'],
  ] as const)('asks for each repository where there is no list of a project: %s', async (_why, refusal) => {
    const { scan, lists, tags } = await scanned({ refusal });
    expect(scan).toMatchObject(ALL);
    expect(lists.filter((line) => line.includes('/repositories/'))).toHaveLength(24);
    expect(tags).toEqual(TAGS);
  });
});
