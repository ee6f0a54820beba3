import { throttle } from './throttle.ts';

/**
 * Rows are shown at once for the first page and then at most this often, in milliseconds: every showing filters and sorts the
 * whole list, and nobody reads faster.
 */
const SHOW_INTERVAL = 150;

export interface PageStreamOptions<Page, Snapshot> {
  pages: AsyncIterable<Page>;
  /** Takes one page in; cheap, called for every page. */
  add(page: Page): void;
  /** An immutable picture of all pages so far. */
  snapshot(): Snapshot;
  /** Shows a picture; not called for the last one, which is returned. */
  show(snapshot: Snapshot): void;
}

/**
 * Reads a paged list to its end and shows it while it grows: 500 pages of 100 rows cost a handful of renderings, not 500.
 *
 * @returns the whole list
 * @throws what the stream throws; the pages before it have been shown
 */
export async function readPages<Page, Snapshot>(
  options: PageStreamOptions<Page, Snapshot>,
): Promise<Snapshot> {
  const showing = throttle(() => options.show(options.snapshot()), SHOW_INTERVAL);
  try {
    for await (const page of options.pages) {
      options.add(page);
      showing.request();
    }
  } catch (error) {
    options.show(options.snapshot());
    throw error;
  } finally {
    showing.cancel();
  }
  return options.snapshot();
}
