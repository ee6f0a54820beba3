import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { whenFinished } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { openApp } from './harness.ts';
import { firstViews, openView, prepareViews, type View } from './views.ts';

/** WCAG 2.2 AA, as UX.md wants it, and what axe knows of good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What is wrong, one line for each place. */
function lines(where: string, { violations }: Awaited<ReturnType<AxeBuilder['analyze']>>): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

/** All rules in the light theme; in the dark one those that look at colours. */
async function violationsOf(page: Page, origin: string, view: View): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await openView(page, origin, view);
  const light = await new AxeBuilder({ page }).withTags(RULES).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  const dark = await new AxeBuilder({ page }).withRules(COLOUR_RULES).analyze();
  await view.after?.();
  return [...lines(`light ${view.name}`, light), ...lines(`dark ${view.name}`, dark)];
}

test('axe finds nothing on any page, in both themes', { timeout: 360_000 }, async () => {
  const { app, api, context, page } = await openApp();
  const pages = [page, await context.newPage()];
  const found: string[] = [];
  const lookAtAll = async (views: readonly View[]) => {
    const waiting = [...views];
    await Promise.all(
      pages.map(async (each) => {
        for (let view = waiting.shift(); view !== undefined; view = waiting.shift()) {
          found.push(...(await violationsOf(each, app.origin, view)));
        }
      }),
    );
  };
  await lookAtAll(firstViews);
  const { views, close } = await prepareViews(api, await temporaryFolder());
  whenFinished(close);
  await lookAtAll(views);
  expect(found).toEqual([]);
});
