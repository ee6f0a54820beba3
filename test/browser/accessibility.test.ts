import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { missingChromium } from '../support/chromium.ts';
import { whenFinished } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type OpenedApp, openApp } from './harness.ts';
import type { View } from './view.ts';
import {
  dismissNotices,
  firstViews,
  noticeViews,
  openView,
  prepareSite,
  viewNames,
  viewsOf,
  writeOddSettings,
} from './views.ts';

/** WCAG 2.2 AA, as UX.md wants it, and what axe knows of good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

// A view takes two seconds; with ten times the load it took 24.
vi.setConfig({ testTimeout: 120_000 });
/** Thousands of rows are stored and synchronisations run. */
const SITE_TIMEOUT_MS = 180_000;

/** What is wrong, one line for each place. */
function lines(where: string, { violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

/** In the page itself: else each look opens a page of its own, for frames of other origins, of which there are none. It takes twice as long. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

/** All rules in the light theme; in the dark one those that look at colours. */
async function violationsOf(page: Page, origin: string, view: View): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await openView(page, origin, view);
  const light = await axe(page).withTags(RULES).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  const dark = await axe(page).withRules(COLOUR_RULES).analyze();
  await view.after?.();
  return [...lines(`light ${view.name}`, light), ...lines(`dark ${view.name}`, dark)];
}

let opened: Pick<OpenedApp, 'app' | 'api' | 'page'>;
beforeAll(async () => {
  if (missingChromium() !== undefined) return;
  const home = await temporaryFolder();
  await writeOddSettings(home);
  opened = await openApp({ home });
});

const lookAt = (view: View) => violationsOf(opened.page, opened.app.origin, view);

test.for(noticeViews)('B11: axe finds nothing on $name, in both themes', async (view) => {
  expect(await lookAt(view)).toEqual([]);
  await dismissNotices(opened.api);
});

test.for(firstViews)('B11: axe finds nothing on $name, in both themes', async (view) => {
  expect(await lookAt(view)).toEqual([]);
});

describe('with registries', () => {
  const views = new Map<string, View>();
  beforeAll(async () => {
    if (missingChromium() !== undefined) return;
    const site = await prepareSite(opened.api, opened.app.home, await temporaryFolder());
    whenFinished(() => site.close());
    for (const view of viewsOf(site)) views.set(view.name, view);
  }, SITE_TIMEOUT_MS);

  test.for(viewNames)('B11: axe finds nothing on %s, in both themes', async (name) => {
    const view = views.get(name);
    if (view === undefined) throw new Error(`no view ${name}`);
    expect(await lookAt(view)).toEqual([]);
  });
});
