import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { type OpenedApp, openApp, shown, typeName, workOf } from './harness.ts';

const main = (page: Page) => page.getByRole('main');

/** What is to be undone: done in the window, and said in words. */
interface Scene {
  readonly opened: OpenedApp;
  readonly target: GuardedRegistry;
  readonly repositories: readonly string[];
  readonly words: RegExp;
  /** Something goes by undoing it: the plan says what, from wherever it is asked for. */
  readonly asks: boolean;
  /** Does it by the pages, as a user would. */
  run(): Promise<void>;
}

async function deleting(): Promise<Scene> {
  const target = await startTestRegistry();
  await store(target, 'team/app', await makeImage(), ['1.0', '2.0', 'latest']);
  const opened = await openApp();
  const { page, app, api } = opened;
  const { id } = await addAccount(api, target, { name: 'Harbour' });
  return {
    opened,
    target,
    repositories: ['team/app'],
    words: /Deleted 2 tags from/,
    asks: false,
    async run() {
      await page.goto(app.origin + places.tags(id, 'team/app'));
      for (const tag of ['1.0', '2.0'])
        await page.getByRole('checkbox', { name: `Select ${tag}`, exact: true }).click();
      await main(page).getByRole('button', { name: 'Delete…', exact: true }).click();
      await main(page).getByRole('button', { name: 'Delete 2 tags' }).click();
    },
  };
}

async function syncing(): Promise<Scene> {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [image, old] = [await makeImage(), await makeImage({ name: 'old' })];
  const repositories = ['team/a', 'team/b', 'team/c'];
  for (const repository of repositories) await store(source, repository, image, ['1.0']);
  await store(target, 'team/a', old, ['1.0']);
  const opened = await openApp();
  const { page, app, api } = opened;
  const { id: from } = await addAccount(api, source, { name: 'North' });
  const { id: to } = await addAccount(api, target, { name: 'South' });
  return {
    opened,
    target,
    repositories,
    words: /Synced 3 tags/,
    asks: true,
    async run() {
      const search = new URLSearchParams({ source: from, target: to, repository: 'team/*' });
      await page.goto(`${app.origin}/transfers/plan?${search}`);
      await main(page).getByRole('button', { name: 'Sync 3 tags' }).click();
    },
  };
}

const stateOf = async ({ target, repositories }: Scene) =>
  Object.fromEntries(
    await Promise.all(
      repositories.map(async (repository) => [repository, await tagsOf(target, repository)] as const),
    ),
  );

async function undoByToast({ opened: { page }, words, asks }: Scene): Promise<void> {
  await workOf(page).toast(words).getByRole('button', { name: /^Undo/ }).click();
  if (asks) await confirm(page);
}

async function undoByKey({ opened: { page }, words, asks }: Scene): Promise<void> {
  await shown(workOf(page).toast(words));
  await page.keyboard.press('Control+z');
  if (asks) await confirm(page);
}

async function confirm(page: Page): Promise<void> {
  await shown(page.getByTestId('plan').locator('[data-state="restore"]'));
  await main(page).getByRole('button', { name: 'Undo', exact: true }).click();
}

async function undoByHistory({ opened: { page, app, api }, words }: Scene): Promise<void> {
  await expect
    .poll(async () => (await api.operations.history({ limit: 1 })).map(({ status }) => status))
    .toEqual(['done']);
  await page.goto(`${app.origin}/activity`);
  await main(page).getByRole('grid').getByRole('row').filter({ hasText: words }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Undo: / })
    .click();
  await confirm(page);
}

test('the deletion of repositories is one operation, which is undone from its toast', async () => {
  const target = await startTestRegistry();
  for (const repository of ['team/a', 'team/b'])
    await store(target, repository, await makeImage(), ['1.0', '2.0']);
  const { page, app, api } = await openApp();
  const { id } = await addAccount(api, target, { name: 'Harbour' });
  const now = async () => [await tagsOf(target, 'team/a'), await tagsOf(target, 'team/b')];
  const before = await now();
  await page.goto(app.origin + places.registry(id));
  await main(page).getByRole('checkbox', { name: 'Select team/', exact: true }).click();
  await main(page).getByRole('button', { name: 'Delete…', exact: true }).click();
  await typeName(page, new URL(target.url).host);
  await main(page).getByRole('button', { name: 'Delete 4 tags' }).click();
  await expect.poll(now).toEqual([{}, {}]);
  const toast = workOf(page).toast(/^Deleted 4 tags/);
  // It waits as long as it is pointed at.
  await toast.hover();
  await toast.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(now).toEqual(before);
});

test.each([
  ['a deletion', 'its toast', deleting, undoByToast],
  ['a deletion', 'the keyboard', deleting, undoByKey],
  ['a deletion', 'History', deleting, undoByHistory],
  ['a synchronisation', 'its toast', syncing, undoByToast],
  ['a synchronisation', 'the keyboard', syncing, undoByKey],
  ['a synchronisation', 'History', syncing, undoByHistory],
] as const)('%s is undone from %s', async (_what, _from, begin, undo) => {
  const scene = await begin();
  const before = await stateOf(scene);
  await scene.run();
  await expect.poll(() => stateOf(scene)).not.toEqual(before);
  await undo(scene);
  await expect.poll(() => stateOf(scene)).toEqual(before);
});
