import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import type { CleanupSchedule, ScheduledRun } from '../../src-main/common/cleanup-run.ts';
import type { DesktopNotice } from '../../src-main/common/desktop-shell.ts';
import { CleanupRules, openDatabase } from '../../src-main/data/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { gone, type OpenedApp, openApp, shown } from './harness.ts';
import { buttonsOutOfReach, cutTexts } from './layout-checks.ts';

// Many steps, each of which waits for a page.
vi.setConfig({ testTimeout: 240_000 });

const SMALL = { width: 1024, height: 640 };

const rulesOf = (tags: string) => `version: 1
rules:
  - name: team
    repositories: ["team/**"]
    delete:
      - { name: some, tags: "${tags}" }
`;

async function isInOrder(page: Page): Promise<void> {
  // Columns are measured once their rows are at rest.
  await expect.poll(() => cutTexts(page)).toEqual([]);
  await expect.poll(() => buttonsOutOfReach(page)).toEqual([]);
}

const WORDS = {
  'en-US': {
    schedule: 'Schedule',
    every: 'Run automatically',
    day: 'Every day',
    deletes: 'Delete automatically',
    atMost: 'Most tags per run',
    save: 'Save schedule',
    scheduled: 'Scheduled',
    version: 'Version 2',
    earlier: /^Version 1 ·/,
    third: 'Version 3',
    text: 'Rules as text (YAML)',
    waits: 'Nightly: a plan is ready for review',
    found: 'Harbour: 3 tags would be deleted',
    open: 'Open the rules',
    bar: '3 tags to review',
    failed: 'Nightly: the scheduled run failed',
  },
  'zh-CN': {
    schedule: '定时',
    every: '自动运行',
    day: '每 1 天',
    deletes: '按计划删除',
    atMost: '最多标签数',
    save: '保存定时设置',
    scheduled: '已定时',
    version: '版本 2',
    earlier: /^版本 1 ·/,
    third: '版本 3',
    text: '对应的文本（YAML）',
    waits: 'Nightly：计划等待您确认',
    found: 'Harbour：将删除 3 个标签',
    open: '打开规则',
    bar: '3 个标签等待您确认',
    failed: 'Nightly：定时运行失败',
  },
} as const;

/** Notes in the app's database how a run by schedule ended, as another process of it does. */
async function noteRun(home: string, id: string, run: ScheduledRun, before?: ScheduledRun): Promise<void> {
  const opened = await openDatabase(path.join(home, 'wharfinger', 'wharfinger.db'));
  try {
    expect(new CleanupRules(opened.database).noteRun(id, run, before)).toBe(true);
  } finally {
    opened.database.close();
    opened.cache.close();
  }
}

/** What the page has the system show, where it is in the desktop app. */
async function noticesOf({ page }: Pick<OpenedApp, 'page'>): Promise<() => Promise<DesktopNotice[]>> {
  await page.addInitScript(() => {
    const told: unknown[] = [];
    const none = () => {};
    Object.assign(window, {
      told,
      wharfingerShell: {
        offerCommands: none,
        onCommand: none,
        onPlace: none,
        openWindow: none,
        showMenu: none,
        notify: (notice: unknown) => void told.push(notice),
      },
    });
  });
  return () => page.evaluate(() => (window as unknown as { told: DesktopNotice[] }).told);
}

test.for(['en-US', 'zh-CN'] as const)(
  '%s: rules get a schedule and an earlier version back; a run that waits or failed is told once, by the page and by the system',
  async (locale) => {
    const words = WORDS[locale];
    const home = await temporaryFolder();
    const opened = await openApp({ home, viewport: SMALL, locale });
    const { app, page, api, context } = opened;
    const { id: accountId } = await addAccount(api, await startTestRegistry(), { name: 'Harbour' });
    const { id } = await api.cleanup.save({ accountId, name: 'Nightly', text: rulesOf('pr-*') });
    await api.cleanup.save({ id, accountId, name: 'Nightly', text: rulesOf('tmp-*') });
    const place = places.cleanup(accountId, { rules: id });
    const notices = await noticesOf(opened);
    await page.goto(app.origin + place);
    const main = page.getByRole('main');

    await main.getByRole('button', { name: words.schedule, exact: true }).press('Enter');
    const dialog = page.getByRole('dialog');
    const deletes = dialog.getByRole('switch', { name: words.deletes });
    await expect.poll(() => deletes.isDisabled()).toBe(true);
    await dialog.getByRole('combobox', { name: words.every }).click();
    await page.getByRole('option', { name: words.day, exact: true }).click();
    await deletes.press('Space');
    await dialog.getByLabel(words.atMost).fill('7');
    await isInOrder(page);
    await dialog.getByRole('button', { name: words.save }).press('Enter');
    await gone(dialog);
    await shown(main.getByRole('button', { name: words.scheduled }));
    const saved = async () => (await api.cleanup.saved({ accountId }))[0];
    const schedule: CleanupSchedule = { hours: 24, deletes: true, atMost: 7 };
    expect(await saved()).toMatchObject({ version: 2, schedule });

    await main.getByRole('button', { name: words.version }).press('Enter');
    await page.getByRole('menuitem', { name: words.earlier }).press('Enter');
    await shown(main.getByRole('button', { name: words.third }));
    await expect
      .poll(() => main.getByRole('textbox', { name: words.text }).inputValue())
      .toBe(rulesOf('pr-*'));
    expect(await saved()).toMatchObject({ version: 3, text: rulesOf('pr-*'), schedule });

    const at = new Date().toISOString();
    const waits: ScheduledRun = { at, outcome: 'waits', tags: 3, manifests: 3, bytesFreed: 9_000 };
    await noteRun(home, id, waits);
    await page.goto(`${app.origin}/activity`);
    const notice = page.getByRole('alert').filter({ hasText: words.waits });
    await shown(notice.getByText(words.found));
    expect(await notices()).toEqual([
      { id: `${id} ${at}`, title: words.waits, text: words.found, path: place },
    ]);
    await isInOrder(page);
    await notice.getByRole('link', { name: words.open }).press('Enter');
    await page.waitForURL(app.origin + place);
    await gone(notice);
    await shown(main.getByText(words.bar));

    // It was told, also to another window, which hears of the next one later.
    const other = await context.newPage();
    await other.goto(app.origin + place);
    await shown(other.getByRole('main').getByText(words.bar));
    const failed: ScheduledRun = {
      at: new Date(Date.parse(at) + 1).toISOString(),
      outcome: 'failed',
      failure: { code: 'readOnly', message: 'It is read-only.' },
    };
    await noteRun(home, id, failed, waits);
    await page.reload();
    await shown(page.getByRole('alert').filter({ hasText: words.failed }));
    for (const each of [page, other])
      expect(await each.getByRole('alert').filter({ hasText: words.waits }).count()).toBe(0);
  },
);

test.skipIf(process.platform === 'win32')(
  'a cluster is chosen among those that kubectl knows, by another kubeconfig too, and what runs there stays',
  async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    const kubectl = path.join(folder, 'kubectl');
    await writeFile(
      kubectl,
      `#!/bin/sh
case "$*" in
  "config get-contexts --output=name") printf 'dev\\nprod\\n' ;;
  "--kubeconfig=/etc/other config get-contexts --output=name") echo staging ;;
  "--kubeconfig=/etc/other --context=staging get "*) echo '{"items":[{"image":"team/app:pr-2"}]}' ;;
  *) echo "error: context does not exist" >&2; exit 1 ;;
esac
`,
    );
    await chmod(kubectl, 0o755);
    const registry = await startTestRegistry();
    for (const tag of ['pr-1', 'pr-2'])
      await store(registry, 'team/app', await makeImage({ name: tag }), [tag]);
    const env = { PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` };
    const { app, page, api } = await openApp({ viewport: SMALL, env });
    const { id: accountId } = await addAccount(api, registry, { name: 'Harbour' });
    await scanAll(api, accountId);
    const { id } = await api.cleanup.save({ accountId, name: 'Team', text: rulesOf('pr-*') });
    await page.goto(app.origin + places.cleanup(accountId, { rules: id }));
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Add to keep' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('running');
    const clusters = dialog.getByRole('combobox', { name: 'kubectl contexts' });
    await clusters.click();
    await shown(page.getByRole('option', { name: 'prod' }));
    await page.keyboard.press('Escape');
    await dialog.getByRole('textbox', { name: 'Another kubeconfig' }).fill('/etc/other');
    await clusters.click();
    await page.getByRole('option', { name: 'staging' }).click();
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'In use elsewhere' }).inputValue())
      .toBe('kubernetes:staging');
    await isInOrder(page);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const source = main.locator('[data-source="kubernetes:staging"]');
    await source.getByRole('button', { name: 'Query the cluster' }).click();
    await shown(source.getByText('1 image'));
    await main.getByRole('tab', { name: 'Preview' }).click();
    await shown(main.getByText('1 tag will be deleted'));
    await shown(main.getByRole('grid').getByText('running (team)'));

    // A plan asks it by the chosen file where it was not asked before, and so does a run by schedule.
    const text = rulesOf('pr-*').replace(
      '    delete:',
      '    keep:\n      - { name: running, inUse: { kubernetes: staging } }\n    delete:',
    );
    await api.cleanup.save({ id, accountId, name: 'Team', text });
    await page.reload();
    await main.getByRole('button', { name: 'Schedule', exact: true }).press('Enter');
    const schedule = page.getByRole('dialog');
    await schedule.getByRole('combobox', { name: 'Run automatically' }).click();
    await page.getByRole('option', { name: 'Every day', exact: true }).click();
    const kubeconfig = schedule.getByRole('textbox', { name: 'Another kubeconfig' });
    await expect.poll(() => kubeconfig.inputValue()).toBe('/etc/other');
    await isInOrder(page);
    await schedule.getByRole('button', { name: 'Save schedule' }).press('Enter');
    await gone(schedule);
    const [saved] = await api.cleanup.saved({ accountId });
    expect(saved?.schedule).toMatchObject({ hours: 24, deletes: false, kubeconfig: '/etc/other' });
    await main.getByRole('button', { name: 'Make a plan' }).click();
    await page.waitForURL(/\/plans\//);
    await shown(main.getByRole('grid').getByText('running (team)').first());
  },
);
