import { mkdtemp, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeImage, makeMultiPlatform } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { startServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { gone, openApp, shown, workOf } from './harness.ts';

test('an image is saved as an OCI archive and pushed from it, its digest kept; History has both', async () => {
  const registry = await startTestRegistry();
  const image = await makeMultiPlatform();
  await store(registry, 'team/app', image, ['1.0']);
  // No engine of this machine is asked.
  const folder = await temporaryFolder();
  const { app, page, api } = await openApp({ env: { DOCKER_HOST: `unix://${folder}/none.sock` } });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app', { selected: '1.0' }));
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog');

  await main.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Save the images as…' }).click();
  await dialog.getByText('A path', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(dialog.getByText('Enter a full path'));
  const file = path.join(folder, 'app.tar');
  await dialog.getByRole('textbox', { name: 'File' }).fill(file);
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByText('1 tag will be written'));
  await main.getByRole('button', { name: 'Save', exact: true }).click();
  await shown(workOf(page).ended(/to oci-archive:.*app\.tar/));
  expect((await stat(file)).size).toBeGreaterThan(0);

  // Without an engine that is said, and a file can be pushed all the same.
  await main.getByRole('button', { name: 'Push an image…' }).click();
  // That there is no engine is nothing that failed.
  await shown(dialog.getByRole('note').filter({ hasText: 'No container engine is responding' }));
  expect(await dialog.getByRole('alert').count()).toBe(0);
  await dialog.getByTestId('push-file').setInputFiles(file);
  await dialog.getByRole('textbox', { name: 'Repository' }).fill('team/copy');
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Tag' }).inputValue()).toBe('1.0');
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByText('1 tag will be written'));
  await main.getByRole('button', { name: 'Push', exact: true }).click();
  await expect.poll(() => tagsOf(registry, 'team/copy')).toEqual({ '1.0': image.digest });
  expect(await api.operations.history({ limit: 10 })).toHaveLength(2);
});

test('an image is saved as an archive for the browser, which downloads it once', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  await store(registry, 'team/app', image, ['1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app', { selected: '1.0' }));
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Save the images as…' }).click();
  const dialog = page.getByRole('dialog');
  // A folder is nothing to download, and has a path.
  await dialog.getByText('OCI layout (folder)').click();
  await shown(dialog.getByRole('textbox', { name: 'Folder' }));
  await gone(dialog.getByRole('radiogroup', { name: 'Save to' }));
  await dialog.getByText('OCI archive', { exact: true }).click();
  await shown(dialog.getByRole('radiogroup', { name: 'Save to' }));
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await shown(page.getByText('1 tag will be written'));
  await main.getByRole('button', { name: 'Save', exact: true }).click();

  // It stays until it was fetched, or closed.
  const toast = workOf(page).toast(/to oci-archive:app-1\.0\.tar/);
  const link = toast.getByRole('link', { name: /^Download/ });
  await shown(link);
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toBe('app-1.0.tar');
  expect(await api.content.recognise({ path: await download.path() })).toMatchObject({
    place: { kind: 'ociArchive' },
    names: [{ tag: '1.0' }],
  });
  await gone(link);
  expect(await api.content.downloads()).toEqual([]);
  expect(await api.operations.history({ limit: 10 })).toHaveLength(1);
});

test('a dropped file is offered to be pushed where it was dropped; one that is no archive says so', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const folder = await mkdtemp(path.join(await temporaryFolder(), 'engine-'));
  const { app, page, api } = await openApp({ env: { DOCKER_HOST: `unix://${folder}/none.sock` } });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await shown(page.getByRole('grid', { name: 'Tags of team/app' }));
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['no archive at all'], 'notes.tar'));
    const event = (type: string) =>
      new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event('dragenter'));
    document.body.dispatchEvent(event('drop'));
  });
  const dialog = page.getByRole('dialog', { name: 'Push an image' });
  await shown(dialog.locator('[data-failure="contentDamaged"]'));
  expect(Object.keys(await tagsOf(registry, 'team/app'))).toEqual(['1.0']);
});

test('the images of the container engine are listed and found; the one chosen brings its name along', async () => {
  const registry = await startTestRegistry();
  const digest = (character: string) => `sha256:${character.repeat(64)}`;
  const about = { Created: 1_700_000_000, Size: 3_200_000 };
  const engine = await startServer({
    'GET /images/json': {
      body: [
        { Id: digest('a'), RepoTags: ['quay.io/team/web:1.4.2', 'web:latest'], ...about },
        { Id: digest('b'), RepoTags: ['docker.io/library/alpine:3.20'], ...about },
        { Id: digest('c'), RepoTags: [], ...about },
      ],
    },
  });
  const { app, page, api } = await openApp({ env: { DOCKER_HOST: `tcp://${engine.host}` } });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.registry(id));
  await page.getByRole('main').getByRole('button', { name: 'Push an image…' }).click();
  const dialog = page.getByRole('dialog');
  const images = dialog.getByRole('grid', { name: 'Images of the container engine on this machine' });
  await shown(images.getByText('web:latest', { exact: true }));
  // What lost its name is there as well.
  await shown(images.getByText(digest('c')));
  await dialog.getByRole('textbox', { name: 'Filter images' }).fill('quay');
  await images.getByText('quay.io/team/web:1.4.2').click();
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Repository' }).inputValue()).toBe('team/web');
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Tag' }).inputValue()).toBe('1.4.2');
  await expect
    .poll(() => dialog.getByRole('combobox', { name: 'Destination' }).inputValue())
    .toMatch(/^Harbour/);
});
