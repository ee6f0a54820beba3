import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';

// Many steps, each of which waits for a page.
vi.setConfig({ testTimeout: 240_000 });

const WORDS = {
  en: {
    select: 'Select 1.0',
    delete: 'Delete…',
    keep: 'Keep the layers too',
    confirm: 'Delete 1 tag',
    undo: 'Undo',
    sends: /Sends .+ from the kept layers/,
    show: 'Show contents',
    deleted: /Deleted 1\.0 from/,
    emptyLayers: 'Remove kept layers…',
    emptyLayersDo: 'Remove kept layers',
    folder: 'Keep layers in',
    use: 'Use this folder',
    overwritten: 'Keep what is overwritten, with its layers',
    copy: 'Copy',
  },
  'zh-CN': {
    select: '选择 1.0',
    delete: '删除…',
    keep: '同时留存镜像层',
    confirm: '删除 1 个标签',
    undo: '撤销',
    sends: /将从留存的层上传 .+，镜像仓库中已没有这些内容/,
    show: '查看内容',
    deleted: /1\.0/,
    emptyLayers: '移除留存的层…',
    emptyLayersDo: '移除留存的层',
    folder: '留存层的位置',
    use: '使用此文件夹',
    overwritten: '留存被覆盖的镜像及其层',
    copy: '复制',
  },
} as const;

test('layers that were kept are sent again by an undo after a collection; what is kept is seen in the settings and can be removed', async () => {
  const registry = await startTestRegistry({ settlesMs: 0 });
  const { app, api, page: first } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const { page: second } = await openBrowser(app, { locale: 'zh-CN' });
  const collect = async () => {
    const { manifests } = await registry.collector.plan({ untagged: true });
    await registry.collector.collect({ untagged: manifests });
  };
  for (const [locale, page] of [['en', first] as const, ['zh-CN', second] as const]) {
    const words = WORDS[locale];
    const main = page.getByRole('main');
    const repository = `team/${locale.toLowerCase()}`;
    const image = await makeImage({ name: locale, layers: { [locale]: 50_000 } });
    await store(registry, repository, image, ['1.0']);
    const before = await tagsOf(registry, repository);
    await page.goto(app.origin + places.tags(id, repository));
    await page.getByRole('checkbox', { name: words.select, exact: true }).click();
    await main.getByRole('button', { name: words.delete, exact: true }).click();
    const keep = main.getByRole('checkbox', { name: words.keep });
    await expect.poll(() => keep.isChecked()).toBe(false);
    await keep.check();
    // Emptying a repository asks for its name.
    await main.getByRole('textbox').fill(repository);
    await main.getByRole('button', { name: words.confirm }).click();
    await expect.poll(() => tagsOf(registry, repository)).not.toEqual(before);
    await expect.poll(async () => (await api.operations.history({ limit: 1 }))[0]?.status).toBe('done');
    await collect();

    await page.goto(`${app.origin}/settings`);
    const trash = page.getByTestId('trash');
    await trash.getByRole('button', { name: words.show }).click();
    await trash.getByTestId('trash-entries').getByRole('link', { name: words.deleted }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: words.undo }).first().click();
    await shown(page.getByTestId('plan').getByText(words.sends));
    await main.getByRole('button', { name: words.undo, exact: true }).click();
    await expect.poll(() => tagsOf(registry, repository)).toEqual(before);

    await page.goto(`${app.origin}/settings`);
    await trash.getByRole('button', { name: words.emptyLayers }).click();
    await page.getByRole('dialog').getByRole('button', { name: words.emptyLayersDo, exact: true }).click();
    await shown(trash.getByRole('button', { name: words.emptyLayers }));
    await expect.poll(async () => (await api.trash.usage()).content.bytes).toBe(0);
  }
});

test('what a copy overwrites is kept in the folder that the settings name, and is sent again by an undo', async () => {
  const registry = await startTestRegistry({ settlesMs: 0 });
  const kept = await temporaryFolder();
  const { app, api, page: first } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const { page: second } = await openBrowser(app, { locale: 'zh-CN' });
  for (const [locale, page] of [['en', first] as const, ['zh-CN', second] as const]) {
    const words = WORDS[locale];
    const main = page.getByRole('main');
    const repository = `team/${locale.toLowerCase()}`;
    for (const at of ['team/source', repository]) {
      const name = `${locale} ${at}`;
      await store(registry, at, await makeImage({ name, layers: { [name]: 50_000 } }), ['latest']);
    }
    const before = await tagsOf(registry, repository);

    await page.goto(`${app.origin}/settings`);
    const folder = main.getByRole('textbox', { name: words.folder });
    const use = main.getByRole('button', { name: words.use });
    await folder.fill('not from the root');
    await use.click();
    await shown(main.getByRole('alert'));
    expect((await api.app.settings()).keptFolder).not.toBe('not from the root');
    const own = path.join(kept, locale);
    await folder.fill(own);
    await folder.press('Enter');
    await expect.poll(async () => (await api.app.settings()).keptFolder).toBe(own);

    const copy = {
      source: { repository: 'team/source', reference: 'latest' },
      target: { repository, tag: 'latest' },
    };
    const plan = await api.transfers.planCopies({ source: id, target: id, copies: [copy] });
    await page.goto(`${app.origin}/plans/${plan.id}`);
    const keep = main.getByRole('checkbox', { name: words.overwritten });
    await expect.poll(() => keep.isChecked()).toBe(false);
    await keep.press('Space');
    await main.getByRole('button', { name: words.copy, exact: true }).last().press('Enter');
    await expect.poll(() => tagsOf(registry, repository)).not.toEqual(before);
    await expect.poll(async () => (await api.operations.history({ limit: 1 }))[0]?.status).toBe('done');
    expect(await blobsIn(own)).toBeGreaterThan(0);

    const { manifests } = await registry.collector.plan({ untagged: true });
    await registry.collector.collect({ untagged: manifests });
    await page.goto(`${app.origin}/activity`);
    await main.getByRole('grid').locator('[aria-rowindex="2"]').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${words.undo}`) })
      .click();
    await shown(page.getByTestId('plan').getByText(words.sends));
    await main.getByRole('button', { name: words.undo, exact: true }).click();
    await expect.poll(() => tagsOf(registry, repository)).toEqual(before);
    await api.trash.empty({ what: 'content' });
  }
});

/** Files below a folder. */
async function blobsIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
