import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, expect, onTestFinished, TestRunner } from 'vitest';
import { type App, startApp, type TestApi } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { whenFinished } from '../support/cleanup.ts';
import { guardPages, type PageGuard } from '../support/page-guard.ts';
import { signIn } from '../support/signed-in.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Waits of Playwright: long enough for a busy machine; nothing waits so long when all is well. */
const WAIT_MS = 60_000;
/** What was on the screen when a test failed; ignored by Git. */
const FAILED = path.resolve(import.meta.dirname, '../../screenshots/failed');

let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
});

/** An app of its own with a browser that is signed in. */
export interface OpenedApp {
  readonly app: App;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly guard: PageGuard;
  /** The contract, for preparing and for looking at what was done. */
  readonly api: TestApi;
}

export interface OpenOptions extends Pick<BrowserContextOptions, 'locale' | 'colorScheme' | 'viewport'> {
  /** Data folder's parent; a new one unless given. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether its pages have a session from the beginning; they have by default. */
  readonly signedIn?: boolean;
}

/**
 * Starts the built app and a browser context that is signed in, on an empty page; both end with the test. The test fails on
 * whatever the guard saw, and on anything the app printed but its address.
 */
export async function openApp({ home, env, ...options }: OpenOptions = {}): Promise<OpenedApp> {
  const app = await startApp({
    home: home ?? (await temporaryFolder()),
    ...(env === undefined ? {} : { env }),
  });
  whenFinished(async () => {
    await app.stop();
    expect(app.output(), 'what the app printed').toBe(`Wharfinger is at ${app.address}\n`);
  });
  const opened = await openBrowser(app, options);
  return { ...opened, app, api: await app.api() };
}

/** A further browser context for an app that runs. */
export async function openBrowser(
  app: App,
  { signedIn = true, ...options }: OpenOptions = {},
): Promise<{ context: BrowserContext; page: Page; guard: PageGuard }> {
  browser ??= launchChromium();
  const context = await (await browser).newContext({
    locale: 'en-US',
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(WAIT_MS);
  const guard = guardPages(context, app.origin);
  whenFinished(async () => {
    await context.close();
    expect(guard.problems, 'errors, warnings and requests of the page').toEqual([]);
  });
  if (signedIn) await signIn(context, app);
  const page = await context.newPage();
  keepPictureOfFailure(page);
  return { context, page, guard };
}

function keepPictureOfFailure(page: Page): void {
  if (TestRunner.getCurrentTest() === undefined) return;
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await mkdir(FAILED, { recursive: true });
    const name = task.name.replaceAll(/[^\w-]+/g, '-').slice(0, 80);
    await page.screenshot({ path: path.join(FAILED, `${name}.png`) });
  });
}

/** Resolves when the locator is there and visible. */
export async function shown(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'visible' });
}

/** Resolves when nothing visible matches any more. */
export async function gone(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'hidden' });
}

/** The left side: registries and pages. */
export function navigation(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Registries and pages' });
}

/** The row of a table with checkboxes that is called so. */
export function rowOf(grid: Locator, name: string): Locator {
  const page = grid.page();
  return grid
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox', { name: `Select ${name}`, exact: true }) });
}

/** Types the name that is asked for before much is deleted. */
export async function typeName(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: `Type ${name} to confirm` }).fill(name);
}

/** The status bar with what stands above it: the panel of operations, and toasts of those that have ended. */
export interface WorkBar {
  readonly bar: Locator;
  /** The button that opens the panel, and states what runs. */
  readonly button: Locator;
  open(): Promise<void>;
  /** One operation in the open panel by its words and its state. */
  row(words: string | RegExp, status: 'running' | 'failed' | 'paused'): Locator;
  /** The words in which the bar has said that operations ended; they stay until others end. */
  ended(words: string | RegExp): Locator;
  toast(words: string | RegExp): Locator;
}

export function workOf(page: Page): WorkBar {
  const bar = page.getByRole('contentinfo');
  const panel = page.getByRole('region', { name: 'Operations' });
  const button = bar.locator('button[aria-expanded]');
  return {
    bar,
    button,
    async open() {
      await button.click();
      await shown(panel);
    },
    row: (words, status) =>
      panel.locator(`[data-status="${status}"][data-operation]`).filter({ hasText: words }),
    ended: (words) => bar.getByTestId('announced').filter({ hasText: words }),
    toast: (words) => bar.locator('[data-ended]').filter({ hasText: words }),
  };
}
