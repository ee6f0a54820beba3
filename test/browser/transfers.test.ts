import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeArtifact, makeImage, makeMultiPlatform } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { makeSchema1 } from '../support/schema1.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { gone, type OpenedApp, openApp, shown, workOf } from './harness.ts';

interface Harbours extends OpenedApp {
  source: GuardedRegistry;
  target: GuardedRegistry;
  sourceId: string;
  targetId: string;
}

/** An app that knows two registries; what is in them is the test's. */
async function openHarbours(): Promise<Harbours> {
  const [source, target, opened] = await Promise.all([startTestRegistry(), startTestRegistry(), openApp()]);
  const { id: sourceId } = await addAccount(opened.api, source, { name: 'North' });
  const { id: targetId } = await addAccount(opened.api, target, { name: 'South' });
  return { ...opened, source, target, sourceId, targetId };
}

async function choose(page: Page, label: string, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name }).click();
}

async function addPattern(page: Page, label: string, pattern: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true });
  await field.fill(pattern);
  await field.press('Enter');
}

/** The address of a plan from North to South. */
function planPath({ sourceId, targetId }: Harbours, search: Record<string, string>): string {
  return `/transfers/plan?${new URLSearchParams({ source: sourceId, target: targetId, ...search })}`;
}

function items(page: Page): Locator {
  const name = 'Tags of this transfer';
  return page.getByRole('grid', { name }).or(page.getByRole('treegrid', { name }));
}

async function start(page: Page): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Sync \d/ })
    .click();
}

function status(page: Page, state: string): Locator {
  return page.locator(`[data-testid="status"][data-status="${state}"]`);
}

/** The repositories of the source, to be ticked. */
function picker(page: Page): Locator {
  return page.getByRole('treegrid', { name: 'Repositories of the source' });
}

function tick(page: Page, name: string): Locator {
  return picker(page).getByRole('checkbox', { name: `Select ${name}`, exact: true });
}

test('a sync by mouse: repositories are ticked in a tree with live counts, then compared and started', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const [web, api, tool] = await Promise.all([
    makeImage({ name: 'web' }),
    makeImage({ name: 'api' }),
    makeImage({ name: 'tool' }),
  ]);
  await store(source, 'team/web', web, ['1.0.0', '1.1.0', '2.0.0-rc.1', 'latest']);
  await store(source, 'team/api', api, ['1.0.0']);
  await store(source, 'tools/backup', tool, ['1.0.0']);

  await page.goto(`${app.origin}/transfers`);
  await shown(page.getByRole('heading', { name: 'Move images between registries' }));
  await page.getByRole('link', { name: 'New sync' }).click();

  // What is missing is said, and the first field that needs something has the focus.
  await page.getByRole('button', { name: 'Compare' }).click();
  await shown(page.getByText('Choose a source').first());
  await choose(page, 'Source', /North/);
  await shown(page.getByRole('alert').getByText('Select at least one repository'));
  await choose(page, 'Destination', /South/);
  await tick(page, 'team').click();
  await shown(page.getByTestId('picked').getByText('2 repositories · 5 tags'));
  await shown(page.getByTestId('picked').getByText('2 repositories listed just now'));
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByRole('textbox', { name: 'Versions' }).fill('>=1 <2');
  await shown(page.getByTestId('picked').getByText('2 repositories · 3 tags'));
  await page.getByRole('textbox', { name: 'Name at the destination' }).fill('mirror/{repository}');
  await shown(picker(page).getByText('mirror/team/web'));
  await page.getByRole('button', { name: 'Compare' }).click();

  await shown(page.getByText('3 tags will be written'));
  await shown(page.getByTestId('plan').getByText('To send'));
  await shown(items(page).getByText('mirror/team/web', { exact: true }));
  await shown(items(page).getByText('1.1.0'));
  expect(
    await items(page)
      .getByText(/2\.0\.0|latest|tools/)
      .count(),
  ).toBe(0);
  expect(await tagsOf(target, 'mirror/team/web')).toEqual({});

  // Back leads to the form as it was left.
  await page.goBack();
  await expect.poll(() => page.getByRole('textbox', { name: 'Versions' }).inputValue()).toBe('>=1 <2');
  await expect.poll(() => tick(page, 'team').getAttribute('aria-checked')).toBe('true');
  await page.goForward();
  await start(page);
  await shown(status(page, 'done'));
  await shown(page.getByRole('heading', { name: 'Synced 3 tags from North to South' }));
  expect(await tagsOf(target, 'mirror/team/web')).toEqual({ '1.0.0': web.digest, '1.1.0': web.digest });
  expect(await tagsOf(target, 'mirror/team/api')).toEqual({ '1.0.0': api.digest });
  expect(await tagsOf(target, 'mirror/tools/backup')).toEqual({});

  // The list of copies and syncs leads to it, by keyboard too.
  await page.getByRole('main').getByRole('link', { name: 'Copy & sync' }).click();
  const list = page.getByRole('grid', { name: 'Transfers' });
  await shown(list.getByText('North → South'));
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shown(
    page.getByRole('grid', { name: 'Tags of this transfer' }).getByText('mirror/team/api:1.0.0').first(),
  );
});

test('a sync by keyboard alone: one repository of a namespace is left out, and a tag of the plan', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target, sourceId, targetId } = harbours;
  const image = await makeImage();
  for (const repository of ['team/api', 'team/web', 'tools/lint'])
    await store(source, repository, image, ['1.0', '2.0']);
  await page.goto(
    `${app.origin}/transfers/new?${new URLSearchParams({ source: sourceId, target: targetId })}`,
  );
  await shown(picker(page).getByText('lint'));
  await picker(page).focus();
  // The namespace, then its second repository.
  await page.keyboard.press(' ');
  await shown(page.getByTestId('picked').getByText('2 repositories · 4 tags'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await shown(page.getByTestId('picked').getByText('1 repository · 2 tags'));
  await expect.poll(() => tick(page, 'team').getAttribute('aria-checked')).toBe('mixed');
  // Closed, and open again.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await gone(picker(page).getByText('web', { exact: true }));
  await page.keyboard.press('ArrowRight');
  await shown(picker(page).getByText('web', { exact: true }));
  await page.getByRole('button', { name: 'Compare' }).press('Enter');

  await shown(page.getByText('2 tags will be written'));
  await items(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await shown(page.getByText('1 tag left out'));
  await page.getByRole('button', { name: 'Sync 1 tag' }).press('Enter');
  await shown(status(page, 'done'));
  expect(await tagsOf(target, 'team/api')).toEqual({ '1.0': image.digest });
  expect(await tagsOf(target, 'team/web')).toEqual({});
});

test('a plan is grouped by repository: one is left out whole, the rest is filtered and sorted', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const [small, large] = await Promise.all([
    makeImage({ name: 'small' }),
    makeImage({ name: 'large', layers: { much: 300_000 } }),
  ]);
  await store(source, 'team/api', small, ['1.0', '2.0']);
  await store(source, 'team/web', large, ['1.0']);
  await page.goto(app.origin + planPath(harbours, { repository: 'team/*' }));
  await shown(page.getByText('3 tags will be written'));
  const plan = page.getByRole('treegrid', { name: 'Tags of this transfer' });
  const rows = plan.locator('[role="row"][aria-level]');
  await expect.poll(() => rows.count()).toBe(5);
  await plan.getByRole('button', { name: 'To send' }).click();
  await plan.getByRole('button', { name: 'To send' }).click();
  await expect.poll(() => rows.first().textContent()).toContain('team/web');
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('api');
  await expect.poll(() => rows.count()).toBe(3);
  await plan.getByRole('checkbox', { name: 'Select team/api', exact: true }).click();
  await shown(page.getByText('2 tags left out'));
  await page.getByRole('button', { name: 'Sync 1 tag' }).click();
  await shown(status(page, 'done'));
  expect(await tagsOf(target, 'team/api')).toEqual({});
  expect(await tagsOf(target, 'team/web')).toEqual({ '1.0': large.digest });
});

test('a transfer under way shows its layers, is paused and goes on', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const image = await makeImage({ layers: { large: 3_000_000 } });
  await store(source, 'team/web', image, ['1.0']);
  const restore = source.inject({
    kind: 'slow',
    bytesPerSecond: 100_000,
    when: { method: 'GET', path: /\/blobs\// },
  });
  await page.goto(app.origin + planPath(harbours, { repository: 'team/web' }));
  await start(page);

  await shown(status(page, 'running'));
  const layer = page.locator('[data-digest]').filter({ hasText: / of 3\.00\sMB/ });
  await shown(layer.getByRole('progressbar'));
  await shown(page.getByTestId('progress').getByText(/\/s$/));
  await shown(items(page).getByText('Waiting'));
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Pause: / })
    .click();
  await shown(status(page, 'paused'));
  await gone(layer);
  expect(await tagsOf(target, 'team/web')).toEqual({});

  // The status bar has it as what waits for a decision, and goes on with it.
  restore();
  const work = workOf(page);
  await shown(work.bar.getByText('1 paused'));
  await work.open();
  const paused = work.row('Sync 1 tag from North to South', 'paused');
  await shown(paused.getByRole('button', { name: /^Cancel: / }));
  await paused.getByRole('button', { name: /^Resume: / }).click();
  await shown(status(page, 'done'));
  expect(await tagsOf(target, 'team/web')).toEqual({ '1.0': image.digest });
  await shown(items(page).getByText('Done'));
});

test('what is refused and what fails are distinguished, with reasons; failed tags are tried again', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const image = await makeImage();
  await store(source, 'team/web', image, ['good', 'bad']);
  await store(source, 'team/web', makeSchema1('team/web', 'old'), ['old']);
  const restore = target.inject({
    kind: 'status',
    status: 403,
    body: JSON.stringify({ errors: [{ code: 'DENIED', message: 'this tag is immutable' }] }),
    when: { method: 'PUT', path: /\/manifests\/bad$/ },
  });
  await page.goto(app.origin + planPath(harbours, { repository: 'team/web' }));
  await shown(page.getByTestId('refused').getByText('1 tag cannot be transferred'));
  await page.getByRole('button', { name: /^Refused/ }).click();
  await shown(items(page).getByText(/^Refused: /));
  expect(await items(page).getByText('team/web:good').count()).toBe(0);
  expect(page.url()).toContain('state=refused');

  await start(page);
  await shown(status(page, 'failed'));
  expect(await tagsOf(target, 'team/web')).toEqual({ good: image.digest });
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Failed/ })
    .click();
  const row = items(page).getByRole('row').filter({ hasText: 'The tag is protected from changes' });
  await row.getByText('The tag is protected from changes').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Details' }).click();
  await shown(dialog.getByText('this tag is immutable'));
  await page.keyboard.press('Escape');

  restore();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Retry failed: / })
    .click();
  await shown(status(page, 'done'));
  expect(await tagsOf(target, 'team/web')).toEqual({ bad: image.digest, good: image.digest });
});

test('a saved transfer is planned and run again: the second time all is the same', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target, sourceId, targetId } = harbours;
  const image = await makeImage();
  await store(source, 'team/web', image, ['1.0', 'latest']);
  const search = new URLSearchParams({ source: sourceId, target: targetId, repository: 'team/web' });
  await page.goto(`${app.origin}/transfers/new?${search}`);
  await page.getByRole('button', { name: 'Save…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Nightly mirror');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await gone(page.getByRole('dialog'));

  const openSaved = async () => {
    await page.getByRole('main').getByRole('link', { name: 'Copy & sync' }).click();
    await page.getByRole('tab', { name: 'Saved 1' }).click();
  };
  const saved = page.getByRole('grid', { name: 'Saved syncs' });
  await openSaved();
  await shown(saved.getByText('North → South'));
  await shown(saved.getByText('Not run yet'));
  await saved.getByRole('link', { name: 'Run: Nightly mirror' }).click();
  await shown(page.getByText('2 tags will be written'));
  await start(page);
  await shown(status(page, 'done'));
  expect(await tagsOf(target, 'team/web')).toEqual({ '1.0': image.digest, latest: image.digest });

  await openSaved();
  await shown(saved.getByRole('link', { name: /Done/ }));
  await saved.getByRole('link', { name: 'Run: Nightly mirror' }).click();
  await shown(page.getByText('Nothing to transfer'));
  await expect.poll(() => items(page).getByText('Same').count()).toBe(2);
  const button = page.getByRole('main').getByRole('button', { name: 'Sync', exact: true });
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');

  // Edited, and removed.
  await openSaved();
  await saved.getByRole('link', { name: 'Edit: Nightly mirror' }).click();
  await page.getByRole('button', { name: 'Advanced' }).click();
  await addPattern(page, 'Repositories', 'team/*');
  await page.getByRole('button', { name: 'Save…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
  await gone(page.getByRole('dialog'));
  await openSaved();
  await shown(saved.getByText('team/web, team/*'));
  await saved.getByRole('button', { name: 'Remove: Nightly mirror' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await shown(page.getByText('No saved syncs'));
});

test('tags that only the target has are listed, and deleted by their own plan after the transfer', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const image = await makeImage();
  const old = await makeImage({ name: 'old' });
  await store(source, 'team/web', image, ['2.0']);
  await store(target, 'team/web', old, ['0.9', '1.0']);
  await page.goto(app.origin + planPath(harbours, { repository: 'team/web', prune: '1' }));
  const only = page.getByTestId('only-at-target');
  await shown(only.getByText('2 tags only at the destination'));
  const remove = only.getByRole('button', { name: 'Delete 2 tags…' });
  await expect.poll(() => remove.getAttribute('aria-disabled')).toBe('true');
  await start(page);
  await shown(status(page, 'done'));
  expect(Object.keys(await tagsOf(target, 'team/web'))).toEqual(['0.9', '1.0', '2.0']);
  await remove.click();
  await shown(page.getByRole('main').getByText('1 image will be deleted'));
  await page.getByRole('main').getByRole('button', { name: 'Delete 2 tags', exact: true }).click();
  await shown(workOf(page).ended(/Deleted 2 tags/));
  expect(await tagsOf(target, 'team/web')).toEqual({ '2.0': image.digest });
});

test('B8: of tags only at the target, one stays whose deletion would take a tag of the transfer along', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const image = await makeImage();
  await store(source, 'team/web', image, ['2.0']);
  await store(target, 'team/web', image, ['2.0', 'old-name']);
  target.setLimits({ deleteByTag: false });
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT' } });
  target.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  await page.goto(app.origin + planPath(harbours, { repository: 'team/web', prune: '1' }));
  await page.getByTestId('only-at-target').getByRole('button', { name: 'Delete 1 tag…' }).click();
  await shown(page.getByText('old-name stays: deleting it would also delete or break 2.0'));
  const remove = page.getByRole('button', { name: 'Delete 0 tags' });
  await expect.poll(() => remove.getAttribute('aria-disabled')).toBe('true');
});

test('a plan that was started already, or is too old, is made again', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target, api } = harbours;
  const image = await makeImage();
  await store(source, 'team/web', image, ['1.0']);
  await page.goto(app.origin + planPath(harbours, { repository: 'team/web' }));
  await shown(page.getByText('1 tag will be written'));
  const planId = /\/plans\/([^?]+)/.exec(page.url())?.[1] ?? '';
  await api.plans.start({ planId });
  await expect.poll(() => tagsOf(target, 'team/web')).toEqual({ '1.0': image.digest });
  await start(page);
  await shown(page.getByText('Something has changed since the plan was made.'));
  await shown(page.getByText('Nothing to transfer'));
});

test('a copy is one step: what it would do is said where it is asked for, and it starts there', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target, sourceId, targetId } = harbours;
  const [image, old] = await Promise.all([makeImage({ name: 'new' }), makeImage({ name: 'old' })]);
  await store(source, 'team/web', image, ['1.0', '2.0']);
  const signature = makeArtifact({ subject: image, content: Buffer.from('signature') });
  await store(source, 'team/web', signature);
  await store(target, 'mirror/web', old, ['1.0']);
  await page.goto(app.origin + places.tags(sourceId, 'team/web', { selected: '2.0' }));
  const dialog = page.getByRole('dialog');
  const open = () =>
    page
      .getByRole('main')
      .getByRole('button', { name: /^Copy to/ })
      .click();
  await open();
  // The other registry and the same name are there already: nothing has to be typed.
  await shown(dialog.locator('[data-check="new"]').getByText('New at the destination.'));
  await shown(dialog.locator('[data-check="new"]').getByText(/to send/));
  await shown(dialog.getByText('1 signature, SBOM or attestation found: include it'));
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await gone(dialog);
  await page.getByRole('link', { name: 'Open destination' }).click();
  await shown(page.getByRole('grid', { name: 'Tags of team/web' }).getByText('2.0'));
  expect(page.url()).toContain(targetId);
  expect(await tagsOf(target, 'team/web')).toEqual({ '2.0': image.digest });

  // By keyboard, over a tag that is there: it says so first.
  await page.goto(app.origin + places.tags(sourceId, 'team/web', { selected: '1.0' }));
  await open();
  await dialog.getByRole('combobox', { name: 'Repository' }).fill('mirror/web');
  await page.keyboard.press('Enter');
  await shown(dialog.locator('[data-check="overwrites"]').getByText(/exist.* will be overwritten/));
  expect(await tagsOf(target, 'mirror/web')).toEqual({ '1.0': old.digest });
  await dialog.getByRole('button', { name: 'Copy and overwrite' }).press('Enter');
  await gone(dialog);
  await expect.poll(() => tagsOf(target, 'mirror/web')).toEqual({ '1.0': image.digest });

  // Where it was copied last is suggested, and there it is already.
  await open();
  await expect
    .poll(() => dialog.getByRole('combobox', { name: 'Repository' }).inputValue())
    .toBe('mirror/web');
  await shown(
    dialog.locator('[data-check="nothing"]').getByText('The destination already has the same content.'),
  );
  await expect.poll(() => dialog.getByRole('button', { name: 'Copy', exact: true }).isDisabled()).toBe(true);
});

test('what cannot be looked at says why in the dialog, and nothing is started', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target, sourceId } = harbours;
  await store(source, 'team/web', await makeImage(), ['1.0']);
  await page.goto(app.origin + places.tags(sourceId, 'team/web', { selected: '1.0' }));
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Copy to/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Tag' }).fill('.no');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await shown(dialog.getByText(/not beginning with/));
  await store(source, 'team/web', makeSchema1('team/web', 'old'), ['1.0']);
  await dialog.getByRole('textbox', { name: 'Tag' }).fill('1.1');
  await shown(dialog.getByRole('alert'));
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(await tagsOf(target, 'team/web')).toEqual({});
});

test('of the platforms of an image some are chosen, and the plan says that the digest changes', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target, sourceId } = harbours;
  const image = await makeMultiPlatform();
  await store(source, 'team/web', image, ['1.0']);
  await page.goto(app.origin + places.tags(sourceId, 'team/web', { selected: '1.0' }));
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Copy to/ })
    .click();
  const dialog = page.getByRole('dialog');
  const platform = (name: RegExp) => dialog.getByRole('checkbox', { name });
  await expect.poll(() => platform(/^linux\/arm64/).isChecked()).toBe(true);
  await platform(/^linux\/arm64/).uncheck();
  await shown(dialog.getByText(/Its digest changes, so signatures/));
  // The last one stays.
  await expect.poll(() => platform(/^linux\/amd64/).isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByTestId('digest-changes'));
  await page.getByRole('main').getByRole('button', { name: 'Copy', exact: true }).click();
  await shown(workOf(page).ended(/^Copied/));
  const { '1.0': digest } = await tagsOf(target, 'team/web');
  expect(digest).not.toBe(image.digest);
});

test('Sync… on a repository’s page begins with that repository, and asks where it goes', async () => {
  const { app, page, source, target, sourceId } = await openHarbours();
  const image = await makeImage();
  for (const repository of ['team/web', 'team/other']) await store(source, repository, image, ['1.0']);
  await page.goto(app.origin + places.tags(sourceId, 'team/web'));
  await page.getByRole('main').getByRole('link', { name: 'Sync…', exact: true }).click();
  await expect.poll(() => tick(page, 'team/web').getAttribute('aria-checked')).toBe('true');
  await expect.poll(() => tick(page, 'team/other').getAttribute('aria-checked')).toBe('false');
  await choose(page, 'Destination', /^South/);
  await page.getByRole('button', { name: 'Compare' }).click();
  await start(page);
  await expect.poll(() => tagsOf(target, 'team/web')).toEqual({ '1.0': image.digest });
  expect(await tagsOf(target, 'team/other')).toEqual({});
});

test('tags are dragged from the bar of what is chosen, and from their rows, onto a registry, and copied there', async () => {
  const { app, page, source, target, sourceId } = await openHarbours();
  const image = await makeImage();
  await store(source, 'team/web', image, ['1.0', '2.0', '3.0']);
  await page.goto(app.origin + places.tags(sourceId, 'team/web', { selected: '1.0' }));
  // What moves the page between a press and the first move ends a drag before it begins: the bar has all its words, and a registry its state.
  await shown(page.getByText('shared with 2 other tags'));
  const south = page.getByRole('navigation').getByRole('link', { name: 'South', exact: true });
  await expect.poll(() => south.getAttribute('aria-description')).toMatch(/Reachable/);
  const dialog = page.getByRole('dialog');
  const drop = async (dragged: Locator, title: string) => {
    await dragged.dragTo(south, { steps: 20 });
    await shown(dialog.getByRole('heading', { name: title }));
    await expect
      .poll(() => dialog.getByRole('combobox', { name: 'Destination' }).inputValue())
      .toMatch(/^South/);
  };
  await drop(page.getByTestId('selected'), 'Copy 1.0');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await gone(dialog);
  await expect.poll(() => tagsOf(target, 'team/web')).toEqual({ '1.0': image.digest });

  // One that is not chosen goes alone, one that is with all of them.
  const chip = (name: string) => page.locator(`[data-tag="${name}"]:not([data-apart])`);
  await drop(chip('2.0'), 'Copy 2.0');
  await page.keyboard.press('Escape');
  await gone(dialog);
  await page.getByRole('checkbox', { name: 'Select 3.0', exact: true }).click();
  await drop(chip('3.0'), 'Copy 2 tags');
});
