import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { configFactsOf, factsOf } from '../../src-main/engine/model/facts.ts';
import {
  type LocalRegistry,
  type SeedEntry,
  startLocalRegistry,
} from '../../src-main/local-registry/index.ts';
import { addAccount, places } from '../browser/fixtures.ts';
import { startApp } from '../support/app.ts';
import { makeImage, type TestManifest } from '../support/images.ts';
import { signIn } from '../support/signed-in.ts';
import { FIRST_ROW, stopwatch } from './page-stopwatch.ts';
import { type Measurement, median, spread } from './report.ts';
import { type Filled, filledRepository } from './scale/content.ts';
import { fillFile } from './scale/fill-file.ts';
import { scrollThrough } from './scroll-through.ts';

const REPOSITORIES = 50_000;
const TAGS = 10_000;
/** So many images stand behind the tags, as in a repository that is built daily. */
const IMAGES = 200;
const RUNS = 3;
const FIRST_ROWS_MS = 300;
const LONGEST_TASK_MS = 50;
const KEY_MS = 100;
const SWITCH_MS = 100;
/** From one registry to the other and back. */
const SWITCHES = 3;

/** A row that stands for an image: several tags are on it. */
const IMAGE_ROW = `${FIRST_ROW} [data-tag]:not([data-apart]) ~ [data-tag]:not([data-apart])`;

/** Long lists from the local registry, with all columns from a scanned inventory, as they are seen in Chromium. */
export async function measureLists(browser: Browser): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const registry = await startLocalRegistry({ folder: path.join(home, 'registry') });
  const second = await startLocalRegistry({ folder: path.join(home, 'second') });
  const images = await Promise.all(
    Array.from({ length: IMAGES }, (_, index) => makeImage({ name: `image ${index}` })),
  );
  for (const each of [registry, second]) await seed(each, images);
  const ids = await addScanned(home, { bench: registry, second }, images);
  const app = await startApp({ home });
  try {
    const id = ids[0] ?? '';
    const open = async (): Promise<Opened> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      await signIn(context, app);
      return { context, page: await context.newPage() };
    };
    const repositories = await measureList(open, {
      name: `${REPOSITORIES.toLocaleString('en')} repositories`,
      from: app.origin + places.storage(id),
      enter: (page) =>
        page
          .getByRole('navigation', { name: 'Registries and pages' })
          .getByRole('link', { name: 'bench' })
          .click(),
      list: 'Repositories of',
      firstRow: FIRST_ROW,
      filter: 'Filter repositories',
      text: 'team-42',
    });
    const tags = await measureList(open, {
      name: `${TAGS.toLocaleString('en')} tags`,
      from: app.origin + places.registry(id, { filter: 'long/list' }),
      enter: (page) =>
        page
          .getByRole('row', { name: /long\/list/ })
          .last()
          .click(),
      list: 'Tags of',
      firstRow: IMAGE_ROW,
      filter: 'Filter tags',
      text: '1.42',
    });
    const switches = await measureSwitches(open, app.origin + places.registry(id));
    return [...repositories, ...tags, switches];
  } finally {
    await app.stop();
    await Promise.all([registry, second].map((each) => each.close()));
    await rm(home, { recursive: true, force: true });
  }
}

const SERVICES = Array.from(
  { length: REPOSITORIES - 1 },
  (_, index) => `team-${Math.floor(index / 100)}/service-${String(index % 100).padStart(2, '0')}`,
);

/** An account for each registry, and an inventory that was filled as if all of them had been scanned. */
async function addScanned(
  home: string,
  registries: Readonly<Record<string, LocalRegistry>>,
  images: readonly TestManifest[],
): Promise<string[]> {
  const app = await startApp({ home });
  const ids: string[] = [];
  try {
    const api = await app.api();
    for (const [name, registry] of Object.entries(registries))
      ids.push((await addAccount(api, registry, { name })).id);
  } finally {
    await app.stop();
  }
  for (const id of ids) await fillFile(path.join(app.home, 'inventory.db'), id, scanned(images));
  return ids;
}

/** What a scan would have found; behind the tag of each service is an image of its own, which only the inventory has. */
function* scanned(images: readonly TestManifest[]): Generator<Filled, void, void> {
  for (const [index, name] of SERVICES.entries()) {
    const facts = filledRepository(index + 1).facts.slice(0, 1);
    yield { name, facts, tags: facts.map(({ digest }) => ({ name: 'latest', digest })) };
  }
  yield {
    name: 'long/list',
    facts: images.map(({ blobs: [config], ...manifest }) => {
      const { created, platforms } = configFactsOf(config?.bytes ?? Buffer.alloc(0));
      return { ...factsOf(manifest), platforms, ...(created === undefined ? {} : { created }) };
    }),
    tags: images.flatMap(({ digest }, index) => tagsOf(index).map((name) => ({ name, digest }))),
  };
}

const tagsOf = (image: number): string[] =>
  Array.from({ length: TAGS / IMAGES }, (_, tag) => `1.${image}.${tag}`);

async function seed(registry: LocalRegistry, images: readonly TestManifest[]): Promise<void> {
  const [first] = images;
  if (first === undefined) throw new Error('no image');
  for (const { blobs } of images) {
    for (const { bytes } of blobs) await registry.storage.putBlob('long/list', bytes);
  }
  const entry = (repository: string, image: typeof first, tags: string[]): SeedEntry => ({
    repository,
    mediaType: image.mediaType,
    bytes: image.bytes,
    tags,
  });
  await registry.storage.seed([
    ...SERVICES.map((name) => entry(name, first, ['latest'])),
    ...images.map((image, index) => entry('long/list', image, tagsOf(index))),
  ]);
}

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
}

interface ListPlan {
  readonly name: string;
  /** The page before, from which `enter` opens the list. */
  readonly from: string;
  readonly enter: (page: Page) => Promise<void>;
  /** How the list's name begins. */
  readonly list: string;
  /** Its first row, as it stays. */
  readonly firstRow: string;
  readonly filter: string;
  readonly text: string;
}

/** Several times, each in a browser that has not seen the list. */
async function measureList(open: () => Promise<Opened>, plan: ListPlan): Promise<Measurement[]> {
  const runs: ListTimes[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { context, page } = await open();
    try {
      runs.push(await measureOnce(page, plan));
    } finally {
      await context.close();
    }
  }
  const firstRows = runs.map((run) => run.firstRows);
  const complete = runs.map((run) => run.complete);
  const loading = runs.map((run) => run.longestTaskLoading);
  const scrolling = runs.map((run) => run.longestTaskScrolling);
  const keys = runs.flatMap((run) => run.keys);
  return [
    {
      what: `${plan.name}: click → first rows`,
      value: median(firstRows),
      unit: 'ms',
      target: FIRST_ROWS_MS,
      note: spread(firstRows),
    },
    {
      what: `${plan.name}: click → list complete`,
      value: median(complete),
      unit: 'ms',
      note: spread(complete),
    },
    { what: `${plan.name}: longest task while loading`, value: Math.max(...loading), unit: 'ms' },
    {
      what: `${plan.name}: longest task while scrolling`,
      value: Math.max(...scrolling),
      unit: 'ms',
      target: LONGEST_TASK_MS,
      note: '0: none over 50 ms',
    },
    {
      what: `${plan.name}: key in the filter → next paint`,
      value: Math.max(...keys),
      unit: 'ms',
      target: KEY_MS,
      note: `longest of ${keys.length}; median ${Math.round(median(keys))}`,
    },
  ];
}

/** Between two registries of as many repositories that were both looked at before. */
async function measureSwitches(open: () => Promise<Opened>, first: string): Promise<Measurement> {
  const { context, page } = await open();
  try {
    await page.goto(first);
    const watch = await stopwatch(page);
    const links = page.getByRole('navigation', { name: 'Registries and pages' });
    const to = async (name: string): Promise<number> => {
      await watch.startAtNextClick(`Repositories of ${name}`);
      await links.getByRole('link', { name }).click();
      const firstRow = await watch.untilFirstRow();
      await watch.untilComplete();
      return firstRow;
    };
    for (const name of ['second', 'bench']) await to(name);
    const times: number[] = [];
    for (let turn = 0; turn < SWITCHES; turn++)
      for (const name of ['second', 'bench']) times.push(await to(name));
    return {
      what: `Between registries of ${REPOSITORIES.toLocaleString('en')} repositories, seen before: click → rows`,
      value: median(times),
      unit: 'ms',
      target: SWITCH_MS,
      note: spread(times),
    };
  } finally {
    await context.close();
  }
}

interface ListTimes {
  readonly firstRows: number;
  readonly complete: number;
  readonly longestTaskLoading: number;
  readonly longestTaskScrolling: number;
  readonly keys: readonly number[];
}

async function measureOnce(page: Page, { from, enter, filter, text, ...plan }: ListPlan): Promise<ListTimes> {
  await page.goto(from);
  const watch = await stopwatch(page);
  await watch.untilAtRest();
  await watch.startAtNextClick(plan.list, plan.firstRow);
  await enter(page);
  const firstRows = await watch.untilFirstRow();
  const complete = await watch.untilComplete();
  const longestTaskLoading = await watch.longestTask();

  await watch.forgetTasks();
  await scrollThrough(page);
  const longestTaskScrolling = await watch.longestTask();

  await page.getByRole('textbox', { name: filter }).click();
  const keys: number[] = [];
  for (const key of text) keys.push(await watch.typeKey(key));
  return { firstRows, complete, longestTaskLoading, longestTaskScrolling, keys };
}
