import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { readStreamedList, streamedListOptions } from '../../../src-renderer/lists/streamed-query.ts';

interface Numbers {
  readonly rows: readonly number[];
  readonly complete: boolean;
}
interface Page {
  readonly rows: readonly number[];
  readonly done: boolean;
}

class Collector {
  readonly #rows: number[] = [];
  #complete = false;

  add(page: Page): void {
    this.#rows.push(...page.rows);
    this.#complete = page.done;
  }

  snapshot(): Numbers {
    return { rows: this.#rows.slice(), complete: this.#complete };
  }
}

/** A list whose pages come when the test says so. */
function list() {
  const waiting: ((page: Page | Error) => void)[] = [];
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const options = {
    ...streamedListOptions,
    queryKey: ['numbers'],
    queryFn: (context: Parameters<typeof readStreamedList>[0]) =>
      readStreamedList<Page, Numbers>(
        context,
        async () =>
          (async function* () {
            for (;;) {
              const page = await new Promise<Page | Error>((resolve) => waiting.push(resolve));
              if (page instanceof Error) throw page;
              yield page;
              if (page.done) return;
            }
          })(),
        new Collector(),
      ),
  };
  const observer = new QueryObserver<Numbers>(client, options);
  const next = async (page: Page | Error) => {
    await expect.poll(() => waiting.length, { interval: 1 }).toBeGreaterThan(0);
    waiting.shift()?.(page);
  };
  return { observer, next };
}

test('rows are there while the rest arrives, and the list says when it is whole', async () => {
  const { observer, next } = list();
  const stop = observer.subscribe(() => {});
  await next({ rows: [1], done: false });
  await expect.poll(() => observer.getCurrentResult().data).toEqual({ rows: [1], complete: false });
  expect(observer.getCurrentResult().fetchStatus).toBe('fetching');
  await next({ rows: [2], done: true });
  await expect.poll(() => observer.getCurrentResult().data).toEqual({ rows: [1, 2], complete: true });
  expect(observer.getCurrentResult().isStale).toBe(false);
  stop();
});

test('a refresh keeps the whole list on show until its successor is whole', async () => {
  const { observer, next } = list();
  const stop = observer.subscribe(() => {});
  await next({ rows: [1, 2], done: true });
  await expect.poll(() => observer.getCurrentResult().data?.complete).toBe(true);
  const seen: (readonly number[] | undefined)[] = [];
  const watch = observer.subscribe((result) => seen.push(result.data?.rows));
  void observer.refetch();
  await next({ rows: [3], done: false });
  await next({ rows: [4], done: true });
  await expect.poll(() => observer.getCurrentResult().data?.rows).toEqual([3, 4]);
  expect(seen).not.toContainEqual([3]);
  watch();
  stop();
});

test('a list that breaks half-way keeps what came and reports the error', async () => {
  const { observer, next } = list();
  const stop = observer.subscribe(() => {});
  await next({ rows: [1], done: false });
  await next(new Error('cut'));
  await expect.poll(() => observer.getCurrentResult().isError).toBe(true);
  expect(observer.getCurrentResult().data).toEqual({ rows: [1], complete: false });
  stop();
});
