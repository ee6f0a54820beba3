import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../../src-main/api/index.ts';
import { type Core, createCore } from '../../src-main/services/index.ts';
import { type Measurement, median, spread } from './report.ts';
import { watchingLoop } from './scale/event-loop.ts';
import { fillInventory, startRegistry } from './scale/home.ts';
import { measureInventory } from './scale/inventory.ts';
import { measureJournal } from './scale/journal.ts';
import { REPOSITORIES, repositoryName, TAGS_OF_LARGEST } from './scale/names.ts';

/** Milliseconds that an answer to a key, and any other event of a host, may take. */
const SEARCH_MS = 50;
const LATE_MS = 50;
/** What is typed, key by key. */
const TYPED = [
  'nginx',
  'payments/gateway',
  'frontend v1.2',
  'main-3fa',
  'library latest',
  'build-99999',
  'api 2026-01',
  'zzz',
];
const PLACES = 30;

/** A host at the size to design for: what a million tags hold is asked for, they are searched, 50,000 repositories and 100,000 tags listed, 100,000 steps journalled. */
export async function measureScale(): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  try {
    const seconds = await fillInventory(home);
    const inventory = await measureInventory(home);
    const core = await createCore({
      home,
      keychain: null,
      host: 'browser',
      version: '0.0.0-bench',
      environment: { HOME: home },
    });
    try {
      return [
        {
          what: 'A million seen tags: filling the index',
          value: seconds,
          unit: 's',
          note: 'in the background',
        },
        ...inventory,
        ...(await searching(core)),
        ...(await listing(core)),
        ...(await measureJournal(home)),
      ];
    } finally {
      await core.close();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function searching(core: Core): Promise<Measurement[]> {
  const client = createRouterClient(createRouter(core));
  const keys: number[] = [];
  // The thread starts with the window.
  await client.catalog.search({ text: 'x', limit: PLACES });
  const { late } = await watchingLoop(async () => {
    for (const typed of TYPED) {
      for (let length = 1; length <= typed.length; length++) {
        const begun = performance.now();
        await client.catalog.search({ text: typed.slice(0, length), limit: PLACES });
        keys.push(performance.now() - begun);
      }
    }
  });
  return [
    {
      what: 'A million seen tags: key in the search → places',
      value: Math.max(...keys),
      unit: 'ms',
      target: SEARCH_MS,
      note: `longest of ${keys.length}; median ${Math.round(median(keys))}`,
    },
    { what: 'A million seen tags: event loop late while typing', value: late, unit: 'ms', target: LATE_MS },
  ];
}

/** With what is written down of it, and searched in the meantime. */
async function listing(core: Core): Promise<Measurement[]> {
  const registry = await startRegistry();
  try {
    const client = createRouterClient(createRouter(core));
    const { id: accountId } = await client.accounts.add({
      settings: {
        name: 'Bench',
        url: registry.url,
        signIn: { kind: 'anonymous' },
        tls: { verify: true },
        proxy: { kind: 'none' },
        readOnly: false,
        repositories: [],
      },
      secrets: {},
    });
    const lists = [
      [REPOSITORIES, 'repositories', () => client.catalog.repositories({ accountId })],
      [TAGS_OF_LARGEST, 'tags', () => client.catalog.tags({ accountId, repository: repositoryName(0) })],
    ] as const;
    const measurements: Measurement[] = [];
    for (const [count, of, list] of lists) {
      const searches: number[] = [];
      const { result, late, took } = await watchingLoop(async () => {
        let found = 0;
        for await (const page of await list()) {
          found = page.count;
          const begun = performance.now();
          await client.catalog.search({ text: 'gateway v1', limit: PLACES });
          searches.push(performance.now() - begun);
        }
        return found;
      });
      if (result !== count) throw new Error(`${result} of ${count} ${of} were listed`);
      measurements.push({
        what: `${count.toLocaleString('en')} ${of} listed and written down: event loop late`,
        value: late,
        unit: 'ms',
        target: LATE_MS,
        note: `${(took / 1000).toFixed(1)} s in all; searches meanwhile ${spread(searches)} ms`,
      });
    }
    return measurements;
  } finally {
    await registry.close();
  }
}
