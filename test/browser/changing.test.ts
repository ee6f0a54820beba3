import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { makeArtifact, makeImage, makeMultiPlatform, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { gone, openApp, rowOf, shown, typeName, type WorkBar, workOf } from './harness.ts';

const READING = ['GET /v2/**', 'HEAD /v2/**'] as const;

/** What was really removed; asking whether something could be is answered with 404. */
function removals(registry: GuardedRegistry): string[] {
  return registry.requests
    .filter(({ method, status }) => method === 'DELETE' && status !== 404)
    .map(({ path }) => path);
}

interface Opened {
  readonly registry: GuardedRegistry;
  readonly page: Page;
  readonly tags: Locator;
  readonly work: WorkBar;
  readonly api: Awaited<ReturnType<typeof openApp>>['api'];
  readonly accountId: string;
}

/** An app on the tags of `team/app` of a local registry. */
async function openTags(image: TestManifest, names: readonly string[]): Promise<Opened> {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', image, names);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const tags = page.getByRole('grid', { name: 'Tags of team/app' });
  await shown(tags);
  return { registry, page, tags, work: workOf(page), api, accountId: id };
}

async function choose(
  page: Page,
  tags: Locator,
  names: readonly string[],
  action: 'Delete…' | 'Retag…' | 'Copy to…',
) {
  for (const name of names) await tags.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: action, exact: true }).click();
  return page.getByRole('dialog');
}

/** Asks for the deletion of tags; the plan is a page of its own. */
async function chooseDeletion(page: Page, tags: Locator, names: readonly string[]): Promise<Locator> {
  await choose(page, tags, names, 'Delete…');
  await shown(page.getByTestId('plan'));
  return page.getByRole('main');
}

async function chooseTarget(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: 'Destination' }).click();
  await page.getByRole('option', { name }).click();
}

test('a tag that shares its digest is deleted alone: its siblings stay', async () => {
  const image = await makeImage();
  const { registry, page, tags, work } = await openTags(image, ['1.0', 'latest', 'stable']);
  const plan = await chooseDeletion(page, tags, ['1.0']);
  await shown(plan.getByText('1 tag will be deleted, its image stays'));
  await shown(plan.getByText(/latest.*stable/));
  const confirm = plan.getByRole('button', { name: 'Delete 1 tag' });
  // Enter out of habit must not delete.
  expect(await confirm.evaluate((button) => button === document.activeElement)).toBe(false);
  await confirm.click();

  await shown(work.ended('Deleted 1.0 from team/app on Harbour'));
  await gone(rowOf(tags, '1.0'));
  expect(removals(registry)).toEqual(['/v2/team/app/manifests/1.0']);
  expect(await tagsOf(registry, 'team/app')).toEqual({ latest: image.digest, stable: image.digest });
});

test('B8: deleting an image offers to delete its signature as well, and does so when chosen', async () => {
  const image = await makeImage();
  const { registry, page, tags, work } = await openTags(image, ['1.0', 'other']);
  const signature = makeArtifact({ subject: image, content: Buffer.from('signature') });
  await push(signature, registry, 'team/app');
  const plan = await chooseDeletion(page, tags, ['1.0', 'other']);
  const offer = plan.getByRole('checkbox', {
    name: 'Also delete attachments: 1 signature, SBOM or attestation',
  });
  await shown(offer);
  await expect.poll(() => offer.isChecked()).toBe(false);
  const first = page.url();
  await offer.click();
  // Another plan takes the place of the first, and its name is typed anew.
  await expect.poll(() => page.url()).not.toBe(first);
  await shown(plan.locator(`[data-digest="${signature.digest}"]`));
  await expect.poll(() => offer.isChecked()).toBe(true);
  await typeName(page, 'team/app');
  await plan.getByRole('button', { name: /^Delete 2 tags/ }).click();
  await shown(work.ended(/Deleted 2 tags from/));
  // What is attached goes before what it is attached to.
  expect(removals(registry)).toEqual(
    [signature, image].map(({ digest }) => `/v2/team/app/manifests/${digest}`),
  );
});

test('deleting the last tags of an image names it and its bytes; Undo restores all of it', async () => {
  const image = await makeMultiPlatform();
  const { registry, page, tags, work } = await openTags(image, ['1.0', 'latest']);
  const plan = await chooseDeletion(page, tags, ['1.0', 'latest']);
  await shown(plan.getByText('1 image will be deleted'));
  await shown(plan.getByText(/^Frees \d/));
  await typeName(page, 'team/app');
  await plan.getByRole('button', { name: 'Delete 2 tags' }).click();
  const toast = work.toast('Deleted 2 tags from team/app on Harbour');
  // It does not leave while the pointer is on it.
  await toast.hover();
  expect(await tagsOf(registry, 'team/app')).toEqual({});
  await shown(page.getByText('This repository has no tags').or(page.getByText('No tags here')));
  await toast.getByRole('button', { name: /^Undo/ }).click();
  await shown(work.ended(/Restored 2 tags/));
  expect(await tagsOf(registry, 'team/app')).toEqual({ '1.0': image.digest, latest: image.digest });
  await shown(rowOf(tags, 'latest'));
});

test('a tag’s own menu works by keys: Escape gives the focus back, and Delete asks for that tag alone', async () => {
  const { page, tags } = await openTags(await makeImage(), ['1.0', 'latest']);
  const button = tags.getByRole('button', { name: 'Actions for 1.0', exact: true });
  await button.click();
  await expect
    .poll(() => page.getByRole('menu').evaluate((menu) => menu.contains(document.activeElement)))
    .toBe(true);
  await page.keyboard.press('Escape');
  await gone(page.getByRole('menu'));
  await expect.poll(() => button.evaluate((each) => each === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await shown(page.getByRole('heading', { name: 'Delete 1 tag' }));
});

test('Cancel while the plan of a deletion is made ends the looking, and nothing is planned', async () => {
  const { registry, page, tags, api } = await openTags(await makeImage(), ['1.0', 'latest']);
  await shown(tags.getByText('amd64').first());
  const restore = registry.inject({ kind: 'latency', ms: 5_000, when: { path: /tags\/list/ } });
  const dialog = await choose(page, tags, ['1.0'], 'Delete…');
  await shown(dialog.getByText('Nothing has been changed yet.'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await gone(dialog);
  restore();
  const asked = page.getByRole('main').getByRole('button', { name: 'Delete…', exact: true });
  await expect.poll(() => asked.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(new URL(page.url()).pathname).toMatch(/\/tags$/);
  expect(await api.operations.history({ limit: 1 })).toEqual([]);
  expect(removals(registry)).toEqual([]);
});

test('a deletion that is not confirmed changes nothing', async () => {
  const { registry, page, tags } = await openTags(await makeImage(), ['1.0']);
  const plan = await chooseDeletion(page, tags, ['1.0']);
  await shown(plan.getByText('1 image will be deleted'));
  // The focus is on the button that keeps everything.
  const focused = page.locator(':focus');
  await expect.poll(() => focused.textContent()).toBe('Cancel');
  await page.reload();
  await shown(plan.getByText('1 image will be deleted'));
  await plan.getByRole('button', { name: 'Cancel' }).click();
  // What was chosen is still chosen.
  await shown(page.getByTestId('selected'));
  expect(removals(registry)).toEqual([]);
  expect(Object.keys(await tagsOf(registry, 'team/app'))).toEqual(['1.0']);
});

test('a tag that moved after the plan was made stops the deletion and shows the new plan', async () => {
  const { registry, page, tags } = await openTags(await makeImage(), ['1.0', 'latest']);
  const plan = await chooseDeletion(page, tags, ['1.0']);
  await shown(plan.getByText('1 tag will be deleted, its image stays'));
  const other = await makeImage({ name: 'other' });
  await store(registry, 'team/app', other, ['1.0']);
  await plan.getByRole('button', { name: 'Delete 1 tag' }).click();
  await shown(plan.getByText('Something has changed since the plan was made.'));
  await shown(plan.getByText('1 image will be deleted'));
  expect((await tagsOf(registry, 'team/app'))['1.0']).toBe(other.digest);
});

test('retag: the plan says what the tag pointed at, the new one has the same digest, and no blob moves', async () => {
  const image = await makeImage();
  const { registry, page, tags, work } = await openTags(image, ['2.0']);
  const old = await makeImage({ name: 'old' });
  await store(registry, 'team/app', old, ['latest']);
  registry.expectOnly(...READING, 'PUT /v2/team/app/manifests/latest');
  const dialog = await choose(page, tags, ['2.0'], 'Retag…');
  await dialog.getByRole('textbox', { name: 'New tag' }).fill('latest');
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByText('1 tag exists at the destination and will be overwritten.'));
  await page.getByRole('button', { name: 'Move the tag' }).click();
  await shown(work.ended('Tagged 2.0 as latest in team/app on Harbour'));
  expect(await tagsOf(registry, 'team/app')).toEqual({ '2.0': image.digest, latest: image.digest });
  await shown(rowOf(tags, 'latest'));
});

test('copy to another repository mounts, to another registry sends; digest and platforms stay', async () => {
  const image = await makeMultiPlatform();
  const { registry, page, tags, work, api } = await openTags(image, ['1.0']);
  const other = await startTestRegistry();
  await addAccount(api, other, { name: 'Other harbour' });
  await page.reload();

  const dialog = await choose(page, tags, ['1.0'], 'Copy to…');
  await chooseTarget(page, /^Harbour/);
  await dialog.getByLabel('Repository').fill('team/copy');
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByTestId('plan').getByText('Mounted'));
  await page.getByRole('main').getByRole('button', { name: 'Copy', exact: true }).click();
  await shown(work.ended('Copied team/app:1.0 to team/copy:1.0 on Harbour'));
  expect(await tagsOf(registry, 'team/copy')).toEqual({ '1.0': image.digest });
  expect(registry.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);

  await page.reload();
  await choose(page, tags, ['1.0'], 'Copy to…');
  await chooseTarget(page, /^Other harbour/);
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByTestId('plan').getByText('To send'));
  await page.getByRole('main').getByRole('button', { name: 'Copy', exact: true }).click();
  await shown(work.ended('Copied team/app:1.0 from Harbour to Other harbour'));
  expect(await tagsOf(other, 'team/app')).toEqual({ '1.0': image.digest });

  // Recorded, with what it did.
  await page.getByRole('link', { name: 'History' }).click();
  await shown(
    page
      .getByRole('main')
      .getByText(/team\/copy:1\.0/)
      .first(),
  );
});

test('a slow copy shows how far it is and is cancelled; run again, it ends where it should', async () => {
  const image = await makeImage({ layers: { large: 3_000_000 } });
  const { registry, page, tags, work, api } = await openTags(image, ['1.0']);
  const other = await startTestRegistry();
  await addAccount(api, other, { name: 'Other harbour' });
  const restore = registry.inject({
    kind: 'slow',
    bytesPerSecond: 100_000,
    when: { method: 'GET', path: /\/blobs\// },
  });
  await page.reload();
  const dialog = await choose(page, tags, ['1.0'], 'Copy to…');
  await chooseTarget(page, /^Other harbour/);
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Copy', exact: true }).click();

  await shown(work.bar.getByText(/^1 transfer running · \d+%/));
  await work.open();
  const running = work.row('Copy team/app:1.0 from Harbour to Other harbour', 'running');
  await shown(running.getByRole('progressbar'));
  await shown(running.getByText(/ of 3\.00\sMB/));
  await running.getByRole('button', { name: /^Cancel/ }).click();
  await shown(work.ended(/^Cancelled: Copy/));
  expect(await tagsOf(other, 'team/app')).toEqual({});

  restore();
  await page.getByRole('link', { name: 'History' }).first().click();
  const entry = page
    .getByRole('grid', { name: 'Changes made' })
    .getByRole('row')
    .filter({ hasText: 'Cancelled' });
  await entry.getByRole('button', { name: /^Run again/ }).click();
  await shown(work.ended(/^Copied team\/app:1\.0/));
  expect(await tagsOf(other, 'team/app')).toEqual({ '1.0': image.digest });
});

describeWithPeer('docker-registry', 'on docker-registry 2.8, which deletes by digest only', (programs) => {
  test('B8: one tag of several goes by a placeholder, the plan says so, and the others stay without any consent', async () => {
    const registry = await startDockerRegistry('open', programs);
    const image = await makeImage();
    const other = await makeImage({ name: 'other' });
    for (const tag of ['1.0', 'latest', 'stable']) await push(image, registry.target, 'team/app', tag);
    await push(other, registry.target, 'team/app', '2.0');
    const { app, page, api } = await openApp();
    const { id } = await addAccount(api, registry, { name: 'Debian' });
    await page.goto(app.origin + places.tags(id, 'team/app'));
    const tags = page.getByRole('grid', { name: 'Tags of team/app' });
    const plan = await chooseDeletion(page, tags, ['1.0']);
    await shown(plan.getByText(/each tag is pointed at a placeholder/));
    await shown(plan.getByText(/stays as latest, stable/));
    await plan.getByRole('button', { name: /^Delete/ }).click();
    await shown(workOf(page).ended(/^Deleted/));
    expect(await tagsOf(registry.target, 'team/app')).toEqual({
      '2.0': other.digest,
      latest: image.digest,
      stable: image.digest,
    });
  });
});
