import type { Page } from 'playwright-core';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { storeCompared } from './compared-images.ts';
import { addAccount } from './fixtures.ts';
import { type OpenedApp, openApp, openBrowser } from './harness.ts';

/** An app with a registry of images that are compared. */
export interface ComparedSamples extends OpenedApp {
  readonly registry: GuardedRegistry;
  readonly accountId: string;
  readonly host: string;
  /** A page of a browser of its own. */
  open(locale: 'en' | 'zh-CN', path: string): Promise<Page>;
  /** The path of a comparison of two `repository:tag`. */
  comparing(left: string, right: string, search?: Readonly<Record<string, string>>): string;
  /** What the address says is compared, without the registry: the path, left, right. */
  compared(page: Page): (string | undefined)[];
}

export async function openCompared(): Promise<ComparedSamples> {
  const [registry, opened] = await Promise.all([startTestRegistry(), openApp()]);
  await storeCompared(registry);
  const { id: accountId } = await addAccount(opened.api, registry, { name: 'Harbour' });
  const { host } = new URL(registry.url);
  return {
    ...opened,
    ...{ registry, accountId, host },
    async open(locale, path) {
      const { page } = await openBrowser(opened.app, { locale });
      await page.goto(opened.app.origin + path);
      return page;
    },
    comparing: (left, right, search = {}) =>
      `/compare?${new URLSearchParams({ left: `${host}/${left}`, right: `${host}/${right}`, ...search })}`,
    compared(page) {
      const { pathname, searchParams } = new URL(page.url());
      const sides = ['left', 'right'].map((side) => searchParams.get(side)?.replace(`${host}/`, ''));
      return [pathname, ...sides];
    },
  };
}
