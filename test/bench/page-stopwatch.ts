import type { Page } from 'playwright-core';

/** Times taken inside the page, so that the way from the test to the browser is not measured. */
export interface PageStopwatch {
  /** Resolves when the page that is shown has nothing left to do: what follows is measured without its end. */
  untilAtRest(): Promise<void>;
  /** Begins at the next click in the page. @param list the beginning of the name of the list that it opens; its first row is waited for */
  startAtNextClick(list: string, firstRow?: string): Promise<void>;
  /** Milliseconds from the click to the frame that shows the first row of the list. */
  untilFirstRow(): Promise<number>;
  /** Milliseconds from the click until no more rows are on their way. */
  untilComplete(): Promise<number>;
  /** Milliseconds; 0 where no task was longer than 50. */
  longestTask(): Promise<number>;
  forgetTasks(): Promise<void>;
  /** Presses a key; milliseconds from the key to the next paint. */
  typeKey(key: string): Promise<number>;
}

interface Watched {
  firstRow?: number;
  complete?: number;
  tasks: number[];
  observer: PerformanceObserver;
}

declare global {
  interface Window {
    stopwatch: Watched;
  }
}

/** A list may take so long to be complete on a slow machine. */
const TIMEOUT_MS = 120_000;

/** Of a list, whatever it is. */
export const FIRST_ROW = '[aria-rowindex="2"]';

/** So many times in a row, so far apart, the page has most of an idle period left. */
const AT_REST = { times: 5, everyMs: 100, leftMs: 30 };

/** Watches a page that is open already; leaving the page for another document ends it. */
export async function stopwatch(page: Page): Promise<PageStopwatch> {
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.evaluate(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    });
    observer.observe({ type: 'longtask' });
    window.stopwatch = { tasks, observer };
  });
  const time = async (name: 'firstRow' | 'complete'): Promise<number> => {
    const handle = await page.waitForFunction((wanted) => window.stopwatch[wanted], name);
    return (await handle.jsonValue()) ?? Number.NaN;
  };
  return {
    untilAtRest: () =>
      page.evaluate(async (wanted) => {
        const idle = () =>
          new Promise<boolean>((resolve) =>
            requestIdleCallback((deadline) => resolve(deadline.timeRemaining() > wanted.leftMs)),
          );
        for (let calm = 0; calm < wanted.times; ) {
          await new Promise((resolve) => setTimeout(resolve, wanted.everyMs));
          calm = (await idle()) ? calm + 1 : 0;
        }
      }, AT_REST),
    async startAtNextClick(list, firstRow = FIRST_ROW) {
      await page.evaluate(
        ({ label, row }) => {
          const onClick = () => {
            const clicked = performance.now();
            const { stopwatch: watched } = window;
            delete watched.firstRow;
            delete watched.complete;
            const look = () => {
              const grid = document.querySelector(
                `:is([role="grid"], [role="treegrid"])[aria-label^="${label}"]`,
              );
              if (grid?.querySelector(row)) {
                watched.firstRow ??= performance.now() - clicked;
                if (grid.getAttribute('aria-busy') !== 'true') watched.complete = performance.now() - clicked;
              }
              if (watched.complete === undefined) requestAnimationFrame(look);
            };
            look();
          };
          window.addEventListener('click', onClick, { capture: true, once: true });
        },
        { label: list, row: firstRow },
      );
    },
    untilFirstRow: () => time('firstRow'),
    untilComplete: () => time('complete'),
    longestTask: () =>
      page.evaluate(() => {
        const { tasks, observer } = window.stopwatch;
        tasks.push(...observer.takeRecords().map((entry) => entry.duration));
        return Math.max(0, ...tasks);
      }),
    forgetTasks: () =>
      page.evaluate(() => {
        window.stopwatch.observer.takeRecords();
        window.stopwatch.tasks.length = 0;
      }),
    async typeKey(key) {
      const watch = await page.evaluateHandle(() => {
        const painted = Promise.withResolvers<number>();
        const onKey = (event: KeyboardEvent) => {
          // Two frames: the first is drawn with what the key changed, the second begins when that one is painted.
          requestAnimationFrame(() =>
            requestAnimationFrame((now) => painted.resolve(Math.max(0, now - event.timeStamp))),
          );
        };
        window.addEventListener('keydown', onKey, { capture: true, once: true });
        return { painted: painted.promise };
      });
      await page.keyboard.press(key);
      return watch.evaluate(({ painted }) => painted);
    },
  };
}
