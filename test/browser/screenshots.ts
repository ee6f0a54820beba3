/**
 * `npm run screenshots [-- NAME… SIZE… LOOK…]`: pictures of every page, in both themes and both languages, at 1280 x 800, and of the
 * chief ones in the small window, into screenshots/, for people to look at. Or of views by name, in sizes like 1440x900 and looks
 * like zh-CN-dark. `readme` alone: those of the READMEs, which are put into .readme/.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { cleanUp } from '../support/cleanup.ts';
import { guardPages } from '../support/page-guard.ts';
import { signIn } from '../support/signed-in.ts';
import { copyToReadme, isInReadme } from './readme-pictures.ts';
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
const forReadme = process.argv[2] === 'readme';
const given = process.argv.slice(forReadme ? 3 : 2);

const WAIT_MS = 30_000;
const LOOKS = (['en', 'zh-CN'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((theme) => ({ language, theme, look: `${language}-${theme}` })),
);
const looks = LOOKS.filter(({ look }) => given.includes(look));
const sizes = given.filter((each) => /^\d+x\d+$/.test(each));
const wanted = new Set(
  given.filter((each) => !sizes.includes(each) && !looks.some(({ look }) => look === each)),
);
/** In other sizes than this one the chief views are taken only, unless views are named. */
const USUAL_SIZE = '1280x800';

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
  const site = await prepareSite(api, app.home, path.join(folder, 'registries'), { brief: forReadme });
  try {
    await takeAll(viewsOf(site));
  } finally {
    await site.close();
  }
} finally {
  await browser.close();
  await app.stop();
  await cleanUp();
  await rm(folder, { recursive: true, force: true });
}
if (forReadme) await copyToReadme(path.join(target, USUAL_SIZE));
for (const failure of failures) console.error(failure);
console.log(`Pictures are in ${path.relative(process.cwd(), target)}/.`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function takeAll(views: readonly View[]): Promise<void> {
  const chosen = views.filter(({ name }) => wanted.size === 0 || wanted.has(name));
  for (const { language, theme, look } of looks.length > 0 ? looks : LOOKS) {
    for (const size of sizes.length > 0 ? sizes : forReadme ? [USUAL_SIZE] : [USUAL_SIZE, '1024x640']) {
      const [width = 0, height = 0] = size.split('x').map(Number);
      const context = await browser.newContext({
        viewport: { width, height },
        locale: language,
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      const guard = guardPages(context, app.origin);
      await signIn(context, app);
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      for (const view of chosen.filter(({ key }) => size === USUAL_SIZE || key || wanted.size > 0)) {
        if (forReadme && !isInReadme(view.name, look)) continue;
        await take(page, view, path.join(target, size, look, `${view.name}.png`));
      }
      failures.push(...guard.problems.map((problem) => `${language} ${theme} ${size}: ${problem}`));
      await context.close();
    }
  }
}

/** One that cannot be taken does not keep the others from being taken. */
async function take(page: Page, view: View, file: string): Promise<void> {
  const failed = (error: unknown) =>
    failures.push(`${path.relative(target, file)}: ${error instanceof Error ? error.message : error}`);
  await openView(page, app.origin, view).catch(failed);
  await page.screenshot({ path: file }).catch(failed);
  await view.after?.();
}
