import { throttle } from './throttle.ts';

/** Rows are shown at once for the first page and then at most this often, in milliseconds: no one reads faster. */
const FIRST_INTERVAL = 150;
/**
 * Every showing sorts and lays out the whole list, so that its cost grows with the list: the interval doubles with each one up
 * to this, and a list of any length costs a dozen showings.
 */
const LAST_INTERVAL = 2_400;

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
  let interval = FIRST_INTERVAL / 2;
  const showing = throttle(
    () => {
      interval = Math.min(interval * 2, LAST_INTERVAL);
      options.show(options.snapshot());
    },
    () => interval,
  );
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
