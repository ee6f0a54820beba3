import type { Page } from 'playwright-core';

/** One thing to look at: a page in a state, or a dialog over it. */
export interface View {
  /** For the picture's file. */
  readonly name: string;
  readonly path: string;
  /** What must be there, in a way that no language changes; then the view is whole. */
  readonly ready: string;
  /** Done before the page is opened. */
  readonly before?: () => Promise<void>;
  /** Done when it was looked at. */
  readonly after?: () => Promise<void>;
  /** Further steps after `ready`: opens a dialog, say. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Looked at in the small window too. */
  readonly key?: boolean;
}

/** Presses one of the toolbar's last three buttons (retag, copy, delete) and waits for its dialog, or for the plan of a deletion. */
export async function openChange(page: Page, which: 0 | 1 | 2): Promise<void> {
  const buttons = page.locator('main button').filter({ has: page.locator('svg') });
  const icons = ['.tabler-icon-tag', '.tabler-icon-file-export', '.tabler-icon-trash'] as const;
  await buttons
    .filter({ has: page.locator(icons[which]) })
    .last()
    .click();
  await (which === 2 ? page.getByTestId('plan') : page.getByRole('dialog')).waitFor();
}
