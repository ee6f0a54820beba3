import { expect, test, vi } from 'vitest';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { addAccount } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';

// Two browsers, one after the other.
vi.setConfig({ testTimeout: 240_000 });

const WORDS = {
  'en-US': {
    menu: 'Hand over to Harbor…',
    here: 'Hand over a saved sync…',
    saved: 'Saved sync',
    none: 'No saved sync copies from or to this registry',
    weekly: 'What the rule does differently from “Weekly”',
    trigger: 'When it runs',
    scheduled: 'On a schedule',
    name: 'Name of the rule',
    gives: 'Send it the user and password of Mirror',
    submit: 'Show the plan…',
    differs: 'What the rule does differently from “Nightly”',
    versions: 'It does not know version ranges (>=1.0.0)',
    start: 'Apply',
  },
  'zh-CN': {
    menu: '移交给 Harbor…',
    here: '移交已保存的同步…',
    saved: '已保存的同步',
    none: '没有从此镜像仓库复制或复制到此镜像仓库的已保存同步',
    weekly: '与“Weekly”的差异',
    trigger: '运行时机',
    scheduled: '定时',
    name: '规则名称',
    gives: '将 Mirror 的用户名和密码发送给它',
    submit: '显示计划…',
    differs: '与“Nightly”的差异',
    versions: '不支持版本范围（>=1.0.0）',
    start: '应用',
  },
} as const;

const PASSWORD = 'correct horse battery staple';

describeWithHarbor('replication of Harbor, replayed', () => {
  test('a saved sync is handed over in both languages: what the rule does otherwise is named, its password shown nowhere', async () => {
    const harbor = await startHarbor();
    const { app, api } = await openApp();
    const { id: source } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    const { id: target } = await addAccount(
      api,
      { url: 'https://mirror.invalid' },
      { name: 'Mirror' },
      { username: 'copier', password: PASSWORD },
    );
    const definition = { source, target, repositories: ['team/web'], versions: '>=1.0.0' };
    await api.transfers.save({ name: 'Nightly', definition });
    // Which product it is shows at the first look at it.
    await api.products.managed({ accountId: source });
    for (const locale of ['en-US', 'zh-CN'] as const) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale, viewport: { width: 1024, height: 640 } });
      await page.goto(`${app.origin}/transfers?tab=saved`);
      const row = page.getByRole('row').filter({ hasText: 'Nightly' });
      await shown(row);
      await row.click({ button: 'right' });
      await page.getByRole('menuitem', { name: words.menu }).click();
      const form = page.getByRole('dialog');
      await form.getByLabel(words.name, { exact: true }).fill(`nightly ${locale}`);
      await form.getByLabel(words.trigger, { exact: true }).first().press('Enter');
      await page.getByRole('option', { name: words.scheduled }).click();
      if (locale === 'en-US') await form.getByLabel(words.gives).press('Space');
      await form.getByRole('button', { name: words.submit }).press('Enter');
      const plan = page.getByTestId('plan');
      const differs = plan.getByRole('region', { name: words.differs });
      await shown(differs.getByText(words.versions));
      await expect.poll(() => page.content()).not.toContain(PASSWORD);
      await page.getByRole('button', { name: words.start, exact: true }).press('Enter');
      await shown(row);
    }
    const made = harbor.seen
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body.toString()));
    expect(made).toMatchObject([
      { name: 'mirror.invalid', credential: { access_key: 'copier', access_secret: PASSWORD } },
      { name: 'nightly-en-us', trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 3 * * *' } } },
      { name: 'nightly-zh-cn', filters: [{ type: 'name', value: 'team/web' }] },
    ]);
    expect(JSON.stringify(await api.operations.history({ limit: 10 }))).not.toContain(PASSWORD);
  });

  test('where its rules are, a saved sync is chosen that this registry can run: in both languages', async () => {
    const harbor = await startHarbor();
    const { app, api } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    const others = await Promise.all(
      ['Mirror', 'Archive'].map((name) =>
        addAccount(api, { url: `https://${name.toLowerCase()}.invalid` }, { name }),
      ),
    );
    const [mirror = '', archive = ''] = others.map((other) => other.id);
    await api.products.managed({ accountId: id });
    const rules = `${app.origin}/registries/${id}/administration?section=replicationRule`;
    const save = (name: string, source: string, target: string) =>
      api.transfers.save({
        name,
        definition: { source, target, repositories: ['team/web'], versions: '>=1.0.0' },
      });
    await save('Elsewhere', mirror, archive);
    for (const locale of ['en-US', 'zh-CN'] as const) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale, viewport: { width: 1024, height: 640 } });
      await page.goto(rules);
      const hand = page.getByRole('button', { name: words.here, exact: true });
      if (locale === 'en-US') {
        await expect.poll(() => hand.getAttribute('aria-description')).toBe(words.none);
        await save('Nightly', id, mirror);
        await save('Weekly', archive, id);
        await page.reload();
      }
      await expect.poll(() => hand.getAttribute('aria-description')).toBeNull();
      await expect.poll(() => hand.getAttribute('data-loading')).toBeNull();
      await hand.press('Enter');
      const form = page.getByRole('dialog');
      const choice = form.getByRole('combobox', { name: words.saved, exact: true });
      await expect.poll(() => choice.inputValue()).toBe('Nightly');
      // The dialog moves the focus there once it is open, which would close the list of choices.
      await shown(form.getByLabel(words.name, { exact: true }).and(page.locator(':focus')));
      await choice.click();
      expect(await page.getByRole('option', { name: 'Elsewhere' }).count()).toBe(0);
      await page.getByRole('option', { name: 'Weekly', exact: true }).click();
      await expect.poll(() => form.getByLabel(words.name, { exact: true }).inputValue()).toBe('Weekly');
      await form.getByRole('button', { name: words.submit }).press('Enter');
      const differs = page.getByTestId('plan').getByRole('region', { name: words.weekly });
      await shown(differs.getByText(words.versions));
    }
  });
});
