import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { storeManyFiles } from '../browser/compared-images.ts';
import { addAccount } from '../browser/fixtures.ts';
import { startApp } from '../support/app.ts';
import { signIn } from '../support/signed-in.ts';
import { stopwatch } from './page-stopwatch.ts';
import { type Measurement, median, spread } from './report.ts';
import { scrollThrough } from './scroll-through.ts';

const RUNS = 3;
const LONGEST_TASK_MS = 50;
const KEY_MS = 100;
/** The files, the folders they are in with the one above those, and the head. */
const ROWS = 10_102;

/** 10,000 files that differ between two images of a local registry, as a tree of folders in Chromium. */
export async function measureDifferingFiles(browser: Browser): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const registry = await startLocalRegistry({ folder: path.join(home, 'registry') });
  await storeManyFiles(registry);
  const app = await startApp({ home });
  try {
    await addAccount(await app.api(), registry, { name: 'bench' });
    const { host } = new URL(registry.url);
    const sides = new URLSearchParams({ left: `${host}/team/wide:1`, right: `${host}/team/wide:2` });
    const runs: Times[] = [];
    for (let run = 0; run < RUNS; run++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      try {
        await signIn(context, app);
        runs.push(await measureOnce(await context.newPage(), `${app.origin}/compare?${sides}`));
      } finally {
        await context.close();
      }
    }
    return measurementsOf(runs);
  } finally {
    await app.stop();
    await registry.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Milliseconds; of tasks the longest, 0 where none was over 50. */
interface Times {
  readonly firstRows: number;
  readonly taskLoading: number;
  readonly taskOpening: number;
  readonly taskScrolling: number;
  readonly keys: readonly number[];
}

async function measureOnce(page: Page, address: string): Promise<Times> {
  await page.goto(address);
  const watch = await stopwatch(page);
  await watch.startAtNextClick('Files that differ');
  await page.getByRole('tab', { name: 'Files' }).click();
  const firstRows = await watch.untilFirstRow();
  await watch.untilComplete();
  const taskLoading = await watch.longestTask();

  await watch.forgetTasks();
  await page.getByRole('button', { name: 'Expand all' }).click();
  await page.waitForFunction(
    (rows) => document.querySelector('[role="treegrid"]')?.getAttribute('aria-rowcount') === `${rows}`,
    ROWS,
  );
  const taskOpening = await watch.longestTask();

  await watch.forgetTasks();
  await scrollThrough(page);
  const taskScrolling = await watch.longestTask();

  await page.getByRole('textbox', { name: 'Filter by path' }).click();
  const keys: number[] = [];
  for (const key of 'file-42') keys.push(await watch.typeKey(key));
  return { firstRows, taskLoading, taskOpening, taskScrolling, keys };
}

function measurementsOf(runs: readonly Times[]): Measurement[] {
  const what = '10,000 differing files';
  const firstRows = runs.map((run) => run.firstRows);
  const keys = runs.flatMap((run) => run.keys);
  const longest = (name: string, tasks: readonly number[]): Measurement => ({
    what: `${what}: longest task while ${name}`,
    value: Math.max(...tasks),
    unit: 'ms',
    target: LONGEST_TASK_MS,
    note: '0: none over 50 ms',
  });
  return [
    {
      what: `${what}: click → first rows, layers read`,
      value: median(firstRows),
      unit: 'ms',
      note: spread(firstRows),
    },
    longest(
      'loading',
      runs.map((run) => run.taskLoading),
    ),
    longest(
      'all folders are opened',
      runs.map((run) => run.taskOpening),
    ),
    longest(
      'scrolling',
      runs.map((run) => run.taskScrolling),
    ),
    {
      what: `${what}: key in the filter → next paint`,
      value: Math.max(...keys),
      unit: 'ms',
      target: KEY_MS,
      note: `longest of ${keys.length}; median ${Math.round(median(keys))}`,
    },
  ];
}
