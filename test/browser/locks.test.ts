import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { addAccount, places, store } from './fixtures.ts';
import { gone, openApp, openBrowser, rowOf, shown } from './harness.ts';

/** Our registry as distribution presents itself. */
function startLikeDistribution(): Promise<OddRegistry> {
  return startOddRegistry(async (_seen, ordinary) => {
    const answer = await ordinary();
    const { server: _server, ...headers } = answer.headers ?? {};
    return { ...answer, headers: { ...headers, 'docker-distribution-api-version': 'registry/2.0' } };
  });
}

test('locks are set in the registry’s details and hold: a protected tag stays, in a dry run nothing starts, in both languages', async () => {
  const registry = await startTestRegistry();
  for (const tag of ['v1', 'pr-1']) await store(registry, 'team/app', await makeImage({ name: tag }), [tag]);
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const { page: chinese } = await openBrowser(app, { locale: 'zh-CN' });
  await page.goto(app.origin + places.registry(id, { details: '1' }));
  const locks = page.getByTestId('locks');
  await locks.getByLabel('Protected tags').fill('v*');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await api.accounts.list())[0]?.protectedTags).toEqual(['v*']);

  await page.goto(app.origin + places.tags(id, 'team/app'));
  const grid = page.getByRole('grid');
  for (const tag of ['v1', 'pr-1']) await rowOf(grid, tag).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete…' }).click();
  await shown(page.getByText('v1 stays: it is protected'));

  await api.app.changeSettings({ dryRun: true });
  await page.reload();
  await shown(page.getByTestId('dry-run').getByText('plans can be made but not started'));
  const start = page.getByRole('button', { name: /^Delete 1 tag/ });
  await shown(start);
  await expect.poll(() => start.getAttribute('aria-disabled')).toBe('true');
  await chinese.goto(`${app.origin}/settings`);
  await shown(chinese.getByTestId('dry-run').getByText('可以生成计划，但不会启动。'));
  await chinese.getByRole('switch', { name: '整个应用试运行' }).click();
  await gone(chinese.getByTestId('dry-run'));
  expect((await api.app.settings()).dryRun).toBe(false);
});

test('the page of a garbage collection has the commands by version and form, and reads back what their dry run prints', async () => {
  const registry = await startLikeDistribution();
  const image = await makeImage({ name: 'kept', layers: { base: 40_000 } });
  await store(registry.behind, 'team/app', image, ['kept']);
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Distribution' });
  const { page: chinese } = await openBrowser(app, { locale: 'zh-CN' });
  await api.inventory.scan({ accountId: id, readManifests: true });
  await expect.poll(async () => (await api.storage.summary({ accountId: id })).manifests).toBe(1);

  await page.goto(`${app.origin}/registries/${id}/collection`);
  const commands = page.getByTestId('commands');
  await shown(
    commands.getByText(
      'docker exec registry registry garbage-collect --dry-run /etc/distribution/config.yml',
    ),
  );
  await commands.getByText('Version 2', { exact: true }).click();
  await shown(
    commands.getByText(
      'docker exec registry registry garbage-collect --dry-run /etc/docker/registry/config.yml',
    ),
  );
  await shown(
    page.getByTestId('how-freed').getByText(/it deletes the platforms of tagged multi-platform images/),
  );
  const [layer] = image.blobs.filter(({ bytes }) => bytes.length > 1_000);
  const printed = [
    'team/app',
    `blob eligible for deletion: ${layer?.digest}`,
    `blob eligible for deletion: sha256:${'0'.repeat(64)}`,
    '3 blobs marked, 2 blobs and 0 manifests eligible for deletion',
  ].join('\n');
  await page.getByRole('textbox', { name: 'Output of the dry run' }).fill(printed);
  await page.getByRole('button', { name: 'See what it would free' }).click();
  const weighed = page.getByTestId('weighed');
  await shown(weighed.getByText('of 1 blob'));
  await shown(weighed.getByText(/1 item in it is still needed by tags/));
  await chinese.goto(`${app.origin}/registries/${id}/collection`);
  await shown(chinese.getByTestId('commands').getByText('版本 3'));
  await chinese.getByRole('textbox', { name: '试运行的输出' }).fill('nothing');
  await chinese.getByRole('button', { name: '查看会释放多少' }).click();
  await shown(chinese.locator('[data-failure="invalidInput"]'));
});
