/**
 * `npm run screenshots [-- NAME…]`: pictures of every page, in both themes and both languages, at 1280 x 800, and of the chief ones
 * in the small window, into screenshots/, for people to look at.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { guardPages } from '../support/page-guard.ts';
import { signIn } from '../support/signed-in.ts';
import type { View } from './view.ts';
import {
  dismissNotices,
  firstViews,
  noticeViews,
  openView,
  prepareSite,
  viewsOf,
  writeOddSettings,
} from './views.ts';

const target = path.resolve(import.meta.dirname, '../../screenshots');
const wanted = new Set(process.argv.slice(2));

const WAIT_MS = 15_000;
const LOOKS = (['en', 'zh-CN'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme })),
);
const SIZES = {
  '1280x800': { width: 1280, height: 800 },
  '1024x640': { width: 1024, height: 640 },
} as const;

const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-screenshots-'));
await writeOddSettings(folder);
const app = await startApp({ home: folder });
const browser = await launchChromium();
const api = await app.api();
const failures: string[] = [];
try {
  await takeAll(noticeViews);
  await dismissNotices(api);
  await takeAll(firstViews);
  const site = await prepareSite(api, app.home, path.join(folder, 'registries'));
  try {
    await takeAll(viewsOf(site));
  } finally {
    await site.close();
  }
} finally {
  await browser.close();
  await app.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
console.log(`Pictures are in ${path.relative(process.cwd(), target)}/.`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function takeAll(views: readonly View[]): Promise<void> {
  const chosen = views.filter(({ name }) => wanted.size === 0 || wanted.has(name));
  for (const { language, theme } of LOOKS) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const context = await browser.newContext({
        viewport,
        locale: language,
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      const guard = guardPages(context, app.origin);
      await signIn(context, app);
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      for (const view of chosen.filter(({ key }) => size === '1280x800' || key)) {
        await take(page, view, path.join(target, size, `${language}-${theme}`, `${view.name}.png`));
      }
      failures.push(...guard.problems.map((problem) => `${language} ${theme} ${size}: ${problem}`));
      await context.close();
    }
  }
}

/** One that cannot be taken does not keep the others from being taken. */
async function take(page: Page, view: View, file: string): Promise<void> {
  try {
    await openView(page, app.origin, view);
  } catch (error) {
    failures.push(`${path.relative(target, file)}: ${error instanceof Error ? error.message : error}`);
  }
  await page.screenshot({ path: file });
  await view.after?.();
}
