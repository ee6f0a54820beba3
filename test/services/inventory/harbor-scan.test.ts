import { expect, test, vi } from 'vitest';
import { credentialsOf, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { amd64, arm64, makeImage, makeIndex } from '../../support/images.ts';
import { all, settingsFor, testCore } from '../support/core.ts';
import { bytesOf, inventoryOf } from '../support/inventory.ts';

async function setUp() {
  const harbor = await startHarbor();
  const image = await makeImage({ name: 'one' });
  const [first, second] = [await makeImage({ platform: amd64 }), await makeImage({ platform: arm64 })];
  const index = makeIndex([
    { manifest: first, platform: amd64 },
    { manifest: second, platform: arm64 },
  ]);
  harbor.content.push(image, '1.0', 'latest');
  harbor.content.push(index, '2.0');
  const core = await testCore();
  const { username, password } = credentialsOf('developer') ?? { username: '', password: '' };
  const settings = settingsFor(harbor.url, { signIn: { kind: 'password', username } });
  const account = await core.accounts.add(settings, { password });
  const handle = await core.accounts.handle(account.id);
  const scanned = async (readManifests: boolean) => {
    const { scanId } = await core.inventory.scan(handle, {
      repository: 'team/web',
      readManifests,
      dates: true,
    });
    return await core.inventory.finished(scanId);
  };
  return { harbor, core, account, image, index, scanned, inventory: inventoryOf(core) };
}

describeWithHarbor('a scan of Harbor, replayed', () => {
  test('takes tags and sizes from its pages: no HEAD, no pull; it says what reading manifests would cost', async () => {
    const { harbor, account, scanned, inventory } = await setUp();
    const scan = await scanned(false);
    expect(scan).toMatchObject({ status: 'done', tags: { done: 3, total: 3 }, unread: 0, costsPulls: 4 });
    expect(harbor.seen.filter(({ url }) => url.includes('/manifests/'))).toEqual([]);
    expect(await inventory.summaries(account.id, 'team/web', ['1.0', '2.0'])).toMatchObject([
      { kind: 'image', estimated: true, platforms: [amd64] },
      { kind: 'index', estimated: true, platforms: [amd64, arm64] },
    ]);
  });

  test('keeps when images were pushed and pulled, and that one never was', async () => {
    const { harbor, account, scanned, inventory, image, index } = await setUp();
    harbor.content.unpulled.add(image.digest);
    await scanned(false);
    const { tags } = await inventory.candidates(account.id, 'team/web');
    const times = new Map(tags.map(({ name, pushed, pulled }) => [name, { pushed, pulled }]));
    const instant = expect.stringMatching(/^2026-11-25T19:/);
    expect(times.get('1.0')).toEqual({ pushed: instant, pulled: null });
    expect(times.get('2.0')).toEqual({ pushed: instant, pulled: instant });
    expect(tags.map(({ digest }) => digest)).toEqual([image.digest, index.digest, image.digest]);
    expect(await inventory.summaries(account.id, 'team/web', ['1.0'])).toMatchObject([{ pushed: instant }]);
  });

  test('the list of tags feeds sizes and dates as well, and costs no pull', async () => {
    const { harbor, core, account, inventory } = await setUp();
    const handle = await core.accounts.handle(account.id);
    await all(core.catalog.tagDetails(handle, 'team/web', ['1.0', '2.0']));
    await vi.waitFor(
      async () =>
        expect(await inventory.summaries(account.id, 'team/web', ['1.0', '2.0'])).toMatchObject([
          { kind: 'image', estimated: true, created: expect.any(String) },
          { kind: 'index', estimated: true },
        ]),
      { timeout: 20_000, interval: 20 },
    );
    expect(harbor.pulls()).toBe(0);
  });

  test('reads manifests when asked to, each once, and then knows what is shared', async () => {
    const { harbor, account, scanned, inventory, image, index } = await setUp();
    const { costsPulls } = await scanned(false);
    const scan = await scanned(true);
    expect(scan).toMatchObject({ status: 'done', unread: 0 });
    expect(scan).not.toHaveProperty('costsPulls');
    expect(harbor.pulls()).toBe(costsPulls);
    expect(await inventory.ask('summary', { registry: account.id, repository: 'team/web' })).toMatchObject({
      uniqueBytes: bytesOf(image, index),
      known: { complete: true, unread: 0 },
    });
    await scanned(true);
    expect(harbor.pulls()).toBe(costsPulls);
  });
});
