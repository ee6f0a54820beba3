import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { push } from '../support/push.ts';
import { places } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';

const WORDS = {
  en: {
    withUntagged: 'Include untagged manifests',
    show: 'Show what would be collected…',
    untagged: 'Untagged manifest',
    noUndo: 'This cannot be undone: nothing goes to the trash.',
    collect: 'Collect',
    nothing: 'Nothing to collect: everything is in use',
    before: 'On disk before',
  },
  'zh-CN': {
    withUntagged: '同时回收无标签清单',
    show: '查看将回收的内容…',
    untagged: '无标签清单',
    noUndo: '此操作无法撤销：回收的内容不进回收站。',
    collect: '回收',
    nothing: '没有可回收的内容：所有内容都在使用中',
    before: '回收前磁盘占用',
  },
} as const;

function allocated(folder: string): string {
  return execFileSync('du', ['-s', '-B1', folder], { encoding: 'utf8' }).split('\t')[0] ?? '';
}

test('the local registry shows its disk use; what would go is seen before it goes, and the disk shows that it went', async () => {
  const { app, api, page: first } = await openApp();
  const { account, state } = await api.localRegistry.start({ samples: false });
  const { url = '' } = state;
  const { page: second } = await openBrowser(app, { locale: 'zh-CN' });
  const image = (name: string) => makeImage({ name, layers: { base: 50_000, [name]: 90_000 } });
  for (const [locale, page] of [['en', first] as const, ['zh-CN', second] as const]) {
    const words = WORDS[locale];
    await push(await image('kept'), { url }, 'team/app', 'kept');
    await push(await image(locale), { url }, 'team/app', 'lost');
    await fetch(`${url}/v2/team/app/manifests/lost`, { method: 'DELETE' });
    // Else a collection waits for a while: another push may share what was pushed just now.
    await api.localRegistry.stop();
    await api.localRegistry.start({ samples: false });
    const card = page.getByTestId('disk-use');
    const onDisk = card.getByTestId('on-disk');
    // The folder can be looked at before any scan.
    await page.goto(app.origin + places.storage(account.id));
    await shown(onDisk);
    await page.goto(app.origin + places.registry(account.id, { details: '1' }));
    await shown(onDisk);
    await expect.poll(() => onDisk.getAttribute('data-bytes')).toBe(allocated(state.folder));

    // Without the manifests there is nothing.
    await card.getByRole('button', { name: words.show }).click();
    await shown(page.getByText(words.nothing).first());
    await page.goBack();
    await card.getByRole('checkbox', { name: words.withUntagged }).check();
    await card.getByRole('button', { name: words.show }).click();
    await shown(page.getByRole('grid').getByText(words.untagged).first());
    await shown(page.getByText(words.noUndo));
    const before = Number(allocated(state.folder));
    await page.getByRole('button', { name: words.collect, exact: true }).click();

    await shown(onDisk);
    await expect.poll(() => Number(allocated(state.folder))).toBeLessThan(before - 90_000);
    await expect.poll(() => onDisk.getAttribute('data-bytes')).toBe(allocated(state.folder));
    await page.goto(`${app.origin}/activity`);
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await shown(page.getByTestId('collected').getByText(words.before));
  }
});
