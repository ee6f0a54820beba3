import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ManifestFacts } from '../../../src-main/common/facts.ts';
import { Inventory } from '../../../src-main/data/index.ts';
import { type Measurement, median } from '../report.ts';
import { filledRepository } from './content.ts';
import { watchingLoop } from './event-loop.ts';
import { ACCOUNT, repositoryName, tagNames } from './names.ts';

const CHART_MS = 300;
const FREED_MS = 500;
const FREED_TAGS = 1_000;
const KEY_MS = 50;
const LATE_MS = 50;
const FILE_MB = 1_000;
const MEMORY_MB = 400;
const MB = 1_000_000;
/** What is typed while all goes on. */
const TYPED = 'payments/gateway v1.2';
const PAGE = { offset: 0, limit: 50 };

const registry = ACCOUNT;
const whole = { registry };
const SCOPES = [whole, { registry, namespace: 'payments' }, { registry, repository: repositoryName(0) }];

/** The inventory of a million tags, 200,000 manifests and 3 million edges in a host that only has it open. */
export async function measureInventory(home: string): Promise<Measurement[]> {
  const file = path.join(home, 'inventory.db');
  const { size } = await stat(file);
  const inventory = new Inventory({ inventory: file, former: '' });
  const memory = new Memory();
  try {
    const first = await timed(() => families(inventory));
    const charts = await watchingLoop(() => askAll(inventory));
    const freed = await watchingLoop(() => askFreed(inventory));
    const meanwhile = await watchingLoop(() => allAtOnce(inventory));
    return [
      { what: 'A million tags: file', value: size / MB, unit: 'MB', target: FILE_MB },
      ...[...charts.result].map(
        ([chart, times]): Measurement => ({
          what: `A million tags: ${chart}`,
          value: Math.max(...times),
          unit: 'ms',
          target: CHART_MS,
          note: `longest of ${times.length}; median ${Math.round(median(times))}`,
        }),
      ),
      {
        what: 'A million tags: base families worked out',
        value: first / 1000,
        unit: 's',
        note: 'the first time; then behind',
      },
      ...freed.result.map(
        ({ of, took }): Measurement => ({
          what: `A million tags: freed by ${FREED_TAGS.toLocaleString('en')} ${of}`,
          value: took,
          unit: 'ms',
          target: FREED_MS,
        }),
      ),
      {
        what: 'A million tags: key in the search while charts are asked for and a scan goes on',
        value: Math.max(...meanwhile.result.keys),
        unit: 'ms',
        target: KEY_MS,
        note: `longest of ${meanwhile.result.keys.length}; median ${Math.round(median(meanwhile.result.keys))}; ${meanwhile.result.manifests} manifests a second written`,
      },
      {
        what: 'A million tags: event loop late meanwhile',
        value: Math.max(charts.late, freed.late, meanwhile.late),
        unit: 'ms',
        target: LATE_MS,
      },
      {
        what: 'A million tags: memory of the host',
        value: memory.most / MB,
        unit: 'MB',
        target: MEMORY_MB,
        note: 'RSS at most',
      },
    ];
  } finally {
    memory.end();
    const closing = performance.now();
    await inventory.close();
    process.stderr.write(`The inventory was closed in ${Math.round(performance.now() - closing)} ms\n`);
  }
}

function families(inventory: Inventory): Promise<unknown> {
  return inventory.ask('families', { scope: whole, ...PAGE, now: 1 });
}

/** Every chart of every scope, some times. */
async function askAll(inventory: Inventory): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  const take = async <Answer>(chart: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const begun = performance.now();
    const answer = await ask();
    const taken = times.get(chart) ?? [];
    times.set(chart, taken);
    taken.push(performance.now() - begun);
    return answer;
  };
  for (let round = 0; round < 3; round++)
    for (const scope of SCOPES) {
      await take('summary', () => inventory.ask('summary', scope));
      for (const sort of ['name', 'uniqueBytes', 'exclusiveBytes', 'referencedBytes', 'tags'] as const)
        await take('repositories', () => inventory.ask('repositoryTotals', { scope, sort, ...PAGE }));
      await take('treemap', () => inventory.ask('namespaces', scope));
      const { items } = await take('largest contents', () => inventory.ask('largest', { scope, ...PAGE }));
      await take('largest contents', () => inventory.ask('largest', { scope, offset: 1_000, limit: 50 }));
      await take('duplicates', () => inventory.ask('duplicates', { scope, ...PAGE }));
      const digest = items[0]?.digest ?? '';
      await take('who holds a layer', () => inventory.ask('holders', { scope, digest, ...PAGE }));
      await take('history', () => inventory.ask('history', { scope, days: 365, now: Date.now() }));
    }
  await take('base families', () => families(inventory));
  return times;
}

async function askFreed(inventory: Inventory): Promise<{ of: string; took: number }[]> {
  const sets = {
    'tags of as many repositories': Array.from({ length: FREED_TAGS }, (_, number) => ({
      repository: repositoryName(number + 100),
      tag: tagNames(number + 100)[number % 18] ?? '',
    })),
    'tags, all of their repositories': Array.from(
      { length: Math.floor(FREED_TAGS / 18) },
      (_, number) => number + 100,
    ).flatMap((number) => tagNames(number).map((tag) => ({ repository: repositoryName(number), tag }))),
    'tags of one repository': Array.from({ length: FREED_TAGS }, (_, number) => ({
      repository: repositoryName(0),
      // Two tags are on each image.
      tag: `build-${Math.floor(number / 2) + (number % 2) * 50_000}`,
    })),
  };
  const answers: { of: string; took: number }[] = [];
  let freed = 0;
  for (const [of, tags] of Object.entries(sets)) {
    const begun = performance.now();
    const { bytes } = await inventory.ask('freed', { registry, tags });
    answers.push({ of, took: performance.now() - begun });
    freed += bytes;
  }
  if (freed === 0) throw new Error('Nothing is freed');
  return answers;
}

/** Someone types while charts are asked for and a scan writes new manifests. */
async function allAtOnce(inventory: Inventory): Promise<{ keys: number[]; manifests: number }> {
  // The thread starts with the window.
  await inventory.search('x', 30);
  let isDone = false;
  let written = 0;
  const begun = performance.now();
  const scan = async () => {
    for (let number = 0; !isDone; number++) {
      const { name, facts } = filledRepository(1 + number);
      const renewed = facts.map(
        (one): ManifestFacts => ({ ...one, digest: `${one.digest.slice(0, -6)}${100_000 + number}` }),
      );
      const tags = renewed.map(({ digest }, tag) => ({ name: `new-${tag}`, digest }));
      await inventory.tags(registry, name, tags, 2);
      await inventory.manifests(registry, name, renewed, 2);
      written += facts.length;
    }
  };
  const charts = async () => {
    while (!isDone) {
      await inventory.ask('largest', { scope: whole, ...PAGE });
      await inventory.ask('summary', whole);
    }
  };
  const keys: number[] = [];
  const type = async () => {
    for (let round = 0; round < 5; round++)
      for (let length = 1; length <= TYPED.length; length++) {
        const pressed = performance.now();
        await inventory.search(TYPED.slice(0, length), 30);
        keys.push(performance.now() - pressed);
      }
    isDone = true;
  };
  await Promise.all([scan(), charts(), type()]);
  return { keys, manifests: Math.round((written / (performance.now() - begun)) * 1000) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The most memory that the process has had. */
class Memory {
  most = 0;
  readonly #timer = setInterval(() => {
    this.most = Math.max(this.most, process.memoryUsage.rss());
  }, 50);

  end(): void {
    clearInterval(this.#timer);
  }
}
