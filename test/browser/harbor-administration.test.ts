import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { violationsOf } from './axe.ts';
import { addAccount } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';
import { buttonsOutOfReach } from './layout-checks.ts';

// Two browsers, one after the other.
vi.setConfig({ testTimeout: 240_000 });

const SMALL = { width: 1024, height: 640 };

const WORDS = {
  'en-US': {
    source: 'Through the Harbor API',
    projects: 'Projects',
    create: 'New…',
    name: 'Name',
    public: 'Public',
    preview: 'Show the plan…',
    start: 'Apply',
    robots: 'Robot accounts',
    permissions: 'Permissions',
    show: 'Show the secret once',
    once: 'Copy it now: it will not be shown again.',
    about: 'About this registry',
    healthy: 'Healthy',
    why: 'For registry administrators only',
    project: 'Project',
    log: 'Registry log',
    who: 'Who',
  },
  'zh-CN': {
    source: '通过 Harbor 的 API',
    projects: '项目',
    create: '新建…',
    name: '名称',
    public: '公开',
    preview: '显示计划…',
    start: '应用',
    robots: '机器人账号',
    permissions: '权限',
    show: '显示密钥（仅一次）',
    once: '请立即复制：不会再次显示。',
    about: '关于此镜像仓库',
    healthy: '正常',
    why: '仅限镜像仓库管理员',
    project: '项目',
    log: '镜像仓库日志',
    who: '用户',
  },
} as const;

/** Enter on a button, once what it does is known to be allowed: until then it shows that it waits. */
async function pressReady(button: Locator): Promise<void> {
  await expect.poll(() => button.getAttribute('data-loading')).toBeNull();
  await button.press('Enter');
}

describeWithHarbor('Harbor, replayed', () => {
  test('its administration: a project and a robot are made by a plan, by the keyboard in both languages', async () => {
    const harbor = await startHarbor();
    const { app, api } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    for (const locale of ['en-US', 'zh-CN'] as const) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale, viewport: SMALL });
      const at = (section: string) => `/registries/${id}/administration?section=${section}`;
      await page.goto(`${app.origin}${at('project')}`);
      await shown(page.getByText(words.source, { exact: false }));
      const grid = page.getByRole('grid', { name: words.projects, exact: true });
      await shown(grid.getByRole('row').filter({ hasText: 'library' }));
      await expect.poll(() => buttonsOutOfReach(page)).toEqual([]);

      const name = `made-in-${locale.slice(0, 2)}`;
      await pressReady(page.getByRole('button', { name: words.create }));
      const form = page.getByRole('dialog');
      await form.getByLabel(words.name, { exact: true }).fill(name);
      await form.getByLabel(words.public, { exact: true }).press('Space');
      await form.getByRole('button', { name: words.preview }).press('Enter');
      const plan = page.getByTestId('plan');
      await shown(plan.getByRole('row').filter({ hasText: words.public }));
      await page.getByRole('button', { name: words.start, exact: true }).press('Enter');
      await shown(grid.getByRole('row').filter({ hasText: name }));
      expect(harbor.managed.projects.get(name)?.metadata).toMatchObject({ public: 'true' });

      await page.goto(`${app.origin}${at('robot')}&project=team`);
      await shown(page.getByRole('grid', { name: words.robots, exact: true }));
      await pressReady(page.getByRole('button', { name: words.create }));
      await form.getByLabel(words.name, { exact: true }).fill(`ci-${locale.slice(0, 2)}`);
      const permissions = form.getByLabel(words.permissions, { exact: true }).first();
      await permissions.fill('team/repository:pull');
      await permissions.press('Enter');
      await form.getByRole('button', { name: words.preview }).press('Enter');
      await shown(plan.getByText('team/repository:pull'));
      await page.getByRole('button', { name: words.start, exact: true }).press('Enter');
      const outcome = page.getByTestId('secret');
      await outcome.getByRole('button', { name: words.show }).press('Enter');
      await shown(outcome.getByText(words.once));

      await page.goto(`${app.origin}${at('about')}`);
      await shown(page.getByTestId('about-registry').getByText(words.healthy).first());
      // What is drawn is the same in both; words differ, and the way to say them does not.
      const section = locale === 'en-US' ? 'project' : 'audit';
      const view = { name: section, path: at(section), ready: '[role="tabpanel"] [role="grid"]' };
      expect(await violationsOf(page, app.origin, view)).toEqual([]);
    }
    const history = await api.operations.history({ limit: 10 });
    expect(history.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    expect(JSON.stringify(history)).not.toContain('secret"');
  });

  test('what one may not do there is not offered, and says why', async () => {
    const harbor = await startHarbor();
    const { app, api, page } = await openApp({ locale: 'en-US' });
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('developer'));
    await page.goto(`${app.origin}/registries/${id}/administration?section=label`);
    const create = page.getByRole('button', { name: WORDS['en-US'].create });
    await expect.poll(() => create.getAttribute('aria-description')).toBe(WORDS['en-US'].why);
  });

  test('the log of a project is for who may not see that of the registry: chosen there, in both languages', async () => {
    const harbor = await startHarbor();
    const { app, api } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('projectAdmin'));
    for (const locale of ['en-US', 'zh-CN'] as const) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale, viewport: SMALL });
      await page.goto(`${app.origin}/registries/${id}/administration?section=audit`);
      const grid = page.getByRole('grid', { name: words.log, exact: true });
      const deleted = grid
        .getByRole('row')
        .filter({ hasText: 'harbor-jobservice' })
        .filter({ hasText: 'delete' });
      await shown(grid);
      expect(await deleted.count()).toBe(0);
      await page.getByRole('combobox', { name: words.project, exact: true }).press('Enter');
      await page.getByRole('option', { name: 'team', exact: true }).click();
      await page.waitForURL(/[?&]project=team\b/);
      await shown(deleted.first());
      await shown(grid.getByRole('columnheader', { name: words.who, exact: true }));
      // A link to it shows the same log.
      await page.reload();
      await shown(deleted.first());
      await expect.poll(() => buttonsOutOfReach(page)).toEqual([]);
    }
    const logs = harbor.lines().filter((line) => line.includes('/auditlog-exts'));
    expect(new Set(logs.map((line) => line.split('?')[0]))).toEqual(
      new Set(['GET /api/v2.0/auditlog-exts', 'GET /api/v2.0/projects/team/auditlog-exts']),
    );
  });
});
