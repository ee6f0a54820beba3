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
  /** What it shows is on its way and does not come. */
  readonly loading?: boolean;
  /** Looked at in the small window too. */
  readonly key?: boolean;
}

/** Presses a button of the selection bar and waits for its dialog, or for the plan of a deletion. */
export async function openChange(page: Page, action: 'retag' | 'copy' | 'delete'): Promise<void> {
  await page.locator(`main [data-action="${action}"]`).click();
  await (action === 'delete' ? page.getByTestId('plan') : page.getByRole('dialog')).waitFor();
}
