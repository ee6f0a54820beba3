import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { missingChromium } from '../support/chromium.ts';
import { whenFinished } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type OpenedApp, openApp } from './harness.ts';
import { buttonsOutOfReach, cutTexts, lostFocus } from './layout-checks.ts';
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

/** WCAG 2.2 AA, as UX.md wants it, and what axe knows of good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

// A view takes two seconds; with ten times the load it took 24.
vi.setConfig({ testTimeout: 120_000 });
/** Thousands of rows are stored and synchronisations run. */
const SITE_TIMEOUT_MS = 180_000;

type Found = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** What is wrong, one line for each place. */
function lines(where: string, { violations }: Pick<Found, 'violations'>): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

/** What passes is not reported: that takes a third of the time. */
const WRONG = { resultTypes: ['violations' as const] };

/** All rules in the light theme; in the dark one those that look at colours. */
export async function violationsOf(page: Page, origin: string, view: View): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await openView(page, origin, view);
  const layout = await layoutProblems(page, view);
  // In the page itself: else it opens one of its own, for frames of other origins, of which there are none. It takes twice as long.
  const light = await new AxeBuilder({ page }).setLegacyMode().options(WRONG).withTags(RULES).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  const dark = await againIn(page, COLOUR_RULES);
  await view.after?.();
  return [...layout, ...lines(`light ${view.name}`, light), ...lines(`dark ${view.name}`, dark)];
}

const SMALL = { width: 1024, height: 640 };

/** What is cut that need not be, and what keys or pointer do not reach. */
async function layoutProblems(page: Page, view: View): Promise<string[]> {
  // Columns take what their rows need once these rest.
  const found: string[] = [];
  await expect
    .poll(() => cutTexts(page))
    .toEqual([])
    .catch((error: Error) => found.push(error.message));
  // A page that was only opened has not had the focus yet.
  if (view.prepare) found.push(...(await lostFocus(page)));
  const usual = page.viewportSize();
  if (usual && (await page.getByRole('dialog').count()) > 0) {
    await page.setViewportSize(SMALL);
    found.push(...(await buttonsOutOfReach(page)));
    await page.setViewportSize(usual);
  }
  return found.map((problem) => `${view.name}: ${problem}`);
}

/** With the axe that is in the page already. */
async function againIn(page: Page, rules: readonly string[]): Promise<Pick<Found, 'violations'>> {
  return await page.evaluate(
    async ({ values, options }) => {
      const { axe } = globalThis as unknown as {
        axe: { run(context: Document, options: object): Promise<Found> };
      };
      const { violations } = await axe.run(document, { ...options, runOnly: { type: 'rule', values } });
      return { violations };
    },
    { values: rules, options: WRONG },
  );
}

/** Looks at views of an app that has no registry yet, and at the named ones of one that has. */
export function axeFindsNothingOn(
  before: 'without registries too' | 'nothing else',
  names: readonly string[],
) {
  let opened: Pick<OpenedApp, 'app' | 'api' | 'page'>;
  beforeAll(async () => {
    if (missingChromium() !== undefined) return;
    const home = await temporaryFolder();
    await writeOddSettings(home);
    opened = await openApp({ home });
  });
  const lookAt = (view: View) => violationsOf(opened.page, opened.app.origin, view);

  const first = before === 'nothing else' ? [] : [...noticeViews, ...firstViews];
  test.for(first)('B11: axe finds nothing on $name, in both themes', async (view) => {
    expect(await lookAt(view)).toEqual([]);
    if (noticeViews.includes(view)) await dismissNotices(opened.api);
  });

  describe('with registries', () => {
    const views = new Map<string, View>();
    beforeAll(async () => {
      if (missingChromium() !== undefined) return;
      const site = await prepareSite(opened.api, opened.app.home, await temporaryFolder());
      whenFinished(() => site.close());
      for (const view of viewsOf(site)) views.set(view.name, view);
    }, SITE_TIMEOUT_MS);

    test.for(names)('B11: axe finds nothing on %s, in both themes', async (name) => {
      const view = views.get(name);
      if (view === undefined) throw new Error(`no view ${name}`);
      expect(await lookAt(view)).toEqual([]);
    });
  });
}
