import type { QueryFunctionContext } from '@tanstack/react-query';
import { readPages } from './page-stream.ts';

/** A list that is read page by page. */
export interface StreamedList {
  readonly rows: readonly unknown[];
  /** The last page is in. */
  readonly complete: boolean;
}

export interface ListCollector<Page, List extends StreamedList> {
  add(page: Page): void;
  snapshot(): List;
}

/**
 * Query function of a streamed list. The rows read so far are in the query's data while the rest arrives; a list that was
 * complete before stays as it is until its successor is complete, so that a refresh does not empty the table.
 */
export async function readStreamedList<Page, List extends StreamedList>(
  { client, queryKey, signal }: QueryFunctionContext,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Page>>,
  collector: ListCollector<Page, List>,
): Promise<List> {
  return readPages({
    pages: await open(signal),
    add: (page) => collector.add(page),
    snapshot: () => collector.snapshot(),
    show: (list) => {
      if (signal.aborted) return;
      const shown = client.getQueryData<List>(queryKey);
      if (shown === undefined || (!shown.complete && list.rows.length >= shown.rows.length)) {
        client.setQueryData(queryKey, list);
      }
    },
  });
}

/**
 * Options every streamed list needs: no deep comparison of 50,000 rows, and a list left half-way (its page was closed) is read
 * again at once.
 */
export const streamedListOptions = {
  structuralSharing: false,
  staleTime: (query: { state: { data?: StreamedList | undefined } }) =>
    query.state.data?.complete ? 30_000 : 0,
} as const;
