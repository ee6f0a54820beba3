import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import type { TestApi } from '../support/app.ts';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import type { Answer } from '../support/server.ts';
import { addAccount, places } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';

// Two browsers, one after the other.
vi.setConfig({ testTimeout: 240_000 });

const LOCALES = ['en-US', 'zh-CN'] as const;

/** What happened, and what to do about it: of each refusal, in both languages. */
const WORDS = {
  'en-US': {
    details: 'Details',
    dryRun: 'Dry run…',
    denied: ['This account is not allowed to do that', 'Ask the registry’s administrator for it'],
    immutable: ['The tag is protected from changes', 'Change the rule there, or leave the tag as it is.'],
    quota: ['The storage quota is used up', 'Delete what is no longer needed or ask the administrator'],
    proxy: ['Nothing can be pushed to a proxy cache', 'Push to another project or repository'],
    running: ['The registry is already running this', 'Wait until that run has ended, or stop it'],
    robot: ['The robot account is refused', 'edit this registry and enter the new secret'],
  },
  'zh-CN': {
    details: '详情',
    dryRun: '试运行…',
    denied: ['此账号没有此操作的权限', '请向镜像仓库管理员申请'],
    immutable: ['该标签受保护，不能更改', '请在那里修改规则'],
    quota: ['存储配额已用尽', '请删除不再需要的内容'],
    proxy: ['不能向代理缓存推送镜像', '请推送到其他项目或仓库'],
    running: ['镜像仓库正在运行此任务', '请等待其结束或将其停止'],
    robot: ['机器人账号被拒绝', '填入新密钥'],
  },
} as const;

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { errors: [{ code, message }] },
});
/** As Harbor's sources say them; the other refusals are those that were recorded. */
const QUOTA =
  'Quota exceeded when processing the request of adding 4.8 KiB of storage resource, which when updated to current usage of 9.8 KiB will exceed the configured upper limit of 10.0 KiB.';
const PROXY = 'can not push artifact to a proxy project: team';

/** What happened and what to do is said at once, the registry's own words where they are asked for. */
async function isClear(
  alert: Locator,
  [title, help]: readonly [title: string, help: string],
  { details, own }: { details: string; own: RegExp },
): Promise<void> {
  await shown(alert.getByText(title, { exact: true }));
  await shown(alert.getByText(help, { exact: false }));
  const opens = alert.getByRole('button', { name: details, exact: true });
  await opens.press('Enter');
  await expect.poll(() => opens.getAttribute('aria-expanded')).toBe('true');
  await shown(alert.locator('pre').getByText(own));
}

/** Gives `1.0` another tag. @returns the operation, once it has failed */
async function retag(api: TestApi, accountId: string, tag: string, before = () => {}): Promise<string> {
  const at = {
    source: { repository: 'team/web', reference: '1.0' },
    target: { repository: 'team/web', tag },
  };
  const plan = await api.transfers.planCopies({ source: accountId, target: accountId, copies: [at] });
  before();
  const { operationId } = await api.plans.start({ planId: plan.id });
  const state = async () =>
    (await api.operations.history({ limit: 20 })).find(({ id }) => id === operationId)?.status;
  await expect.poll(state).toBe('failed');
  return operationId;
}

const alertIn = (page: Page): Locator => page.getByRole('alert').and(page.locator('[data-failure]'));

describeWithHarbor('refusals of Harbor, replayed', () => {
  test('a push that lacks a right, moves a kept tag, finds no room or a cache: each says why and what to do', async () => {
    const harbor = await startHarbor();
    harbor.content.push(await makeImage({ name: 'one' }), '1.0');
    harbor.content.push(await makeImage({ name: 'two' }), 'fixed');
    const { app, api } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('projectAdmin'));
    const guest = await addAccount(api, harbor, { name: 'Guest' }, credentialsOf('guest'));
    const put = (tag: string) => `PUT /v2/team/web/manifests/${tag}`;
    harbor.refusals.set(put('full'), refusal(403, 'DENIED', QUOTA));
    harbor.refusals.set(put('cached'), refusal(403, 'DENIED', PROXY));
    const failed = [
      {
        says: 'denied',
        own: /\bunauthorized to access repository: team\/web\b/,
        id: await retag(api, guest.id, 'mine'),
      },
      { says: 'quota', own: /upper limit of 10\.0 KiB/, id: await retag(api, id, 'full') },
      {
        says: 'proxy',
        own: /can not push artifact to a proxy project: team\./,
        id: await retag(api, id, 'cached'),
      },
      {
        says: 'immutable',
        own: /\bimmutable\b/,
        id: await retag(api, id, 'fixed', () => harbor.content.protect('fixed')),
      },
    ] as const;
    for (const locale of LOCALES) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale });
      for (const { says, own, id: operation } of failed) {
        await page.goto(`${app.origin}/activity?operation=${operation}`);
        const alert = page.getByRole('dialog').locator('[data-failure]');
        await isClear(alert, words[says], { details: words.details, own });
      }
    }
  });

  test('a collection while one runs says that one does, where it was asked for', async () => {
    const harbor = await startHarbor();
    harbor.refusals.set('POST /api/v2.0/system/gc/schedule', refusal(409, 'CONFLICT', 'conflict'));
    const { app, api } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    for (const locale of LOCALES) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale });
      await page.goto(`${app.origin}/registries/${id}/collection`);
      const runs = page.getByTestId('remote-runs');
      await runs.getByRole('button', { name: words.dryRun }).press('Enter');
      const own = /^alreadyRunning[\s\S]*→ 409[\s\S]*conflict\. Its garbage collection is running already/;
      await isClear(runs.locator('[data-failure]'), words.running, { details: words.details, own });
    }
  });

  test('a robot account that has ended is refused as that, wherever its registry is opened', async () => {
    const harbor = await startHarbor();
    const { app, api } = await openApp();
    const ended = { ...credentialsOf('robot'), username: 'robot$team+ci', password: 'ended' };
    const { id } = await addAccount(api, harbor, { name: 'Robot' }, ended);
    for (const locale of LOCALES) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale });
      for (const place of [places.registry(id), places.tags(id, 'team/web')]) {
        await page.goto(app.origin + place);
        await isClear(alertIn(page).first(), words.robot, { details: words.details, own: /^unauthorized/ });
      }
    }
  });
});
