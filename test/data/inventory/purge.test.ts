import path from 'node:path';
import { expect, test } from 'vitest';
import { openCache } from '../../../src-main/data/database/open.ts';
import { FormerPlaces } from '../../../src-main/data/inventory/former-places.ts';
import { purge } from '../../../src-main/data/inventory/purge.ts';
import { schema } from '../../../src-main/data/inventory/schema.ts';
import { makeSettling } from '../../../src-main/data/inventory/settle.ts';
import { makeInventory } from '../../../src-main/data/inventory/tasks.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { imageFacts } from '../../support/inventory.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.parse('2026-11-26') / DAY_MS);

async function inventory() {
  const database = await openCache(path.join(await temporaryFolder(), 'inventory.db'), schema);
  whenFinished(() => database.close());
  const { changes } = makeInventory(database, new FormerPlaces(database, ''));
  const { settle } = makeSettling(database);
  const read = (sql: string) => database.all(sql).map((row) => Object.values(row).join(' '));
  return {
    database,
    changes,
    purge: (day: number) => run(purge(database, settle, day * DAY_MS)),
    manifests: () =>
      read('SELECT digest FROM manifests JOIN contents USING (id) WHERE read = 1 ORDER BY digest'),
    contents: () => read('SELECT digest FROM contents ORDER BY digest'),
    days: () => read("SELECT name, date(day * 86400, 'unixepoch') FROM days ORDER BY name, day"),
  };
}

/** @returns in how many slices */
function run(task: Generator<void, unknown, void>): number {
  for (let slices = 1; ; slices++) if (task.next().done) return slices;
}

test('facts go that no repository has: deleted, or gone with theirs; what is untagged and there stays', async () => {
  const { changes, purge, manifests, contents } = await inventory();
  const image = (digest: string) => imageFacts(digest, { 'x:base': 100, [`${digest}-top`]: 10 });
  const here = { registry: 'a', repository: 'app' };
  const index = {
    ...imageFacts('x:index', {}),
    kind: 'index' as const,
    children: [{ digest: 'x:child', size: 5, mediaType: 'application/vnd.oci.image.manifest.v1+json' }],
  };
  const facts = ['x:tagged', 'x:untagged', 'x:deleted', 'x:child'].map(image);
  run(changes.tags({ ...here, tags: [{ name: '1', digest: 'x:tagged' }], seen: 1 }));
  run(changes.manifests({ ...here, facts: [...facts, index], seen: 1 }));
  run(changes.removeManifests({ ...here, digests: ['x:deleted'] }));
  run(changes.manifests({ registry: 'b', repository: 'other', facts: [image('x:elsewhere')], seen: 1 }));
  run(changes.forget('b'));
  purge(TODAY);
  expect(manifests()).toEqual(['x:child', 'x:index', 'x:tagged', 'x:untagged']);
  expect(contents()).not.toContain('x:elsewhere-top');
  expect(contents()).toContain('x:base');

  // An index that goes takes along, the next time, what only it listed.
  run(changes.removeManifests({ ...here, digests: ['x:index', 'x:child'] }));
  purge(TODAY);
  expect(manifests()).toContain('x:index');
  purge(TODAY + 1);
  expect(manifests()).toEqual(['x:child', 'x:tagged', 'x:untagged']);
  purge(TODAY + 2);
  expect(contents()).toEqual(['x:base', 'x:tagged', 'x:tagged-top', 'x:untagged', 'x:untagged-top']);
});

test('what a tag is put on meanwhile stays', async () => {
  const { changes, database, manifests } = await inventory();
  const here = { registry: 'a', repository: 'app' };
  run(changes.manifests({ ...here, facts: [imageFacts('x:app', { 'x:base': 100 })], seen: 1 }));
  run(changes.removeManifests({ ...here, digests: ['x:app'] }));
  const { settle } = makeSettling(database);
  for (
    const purging = purge(database, settle, TODAY * DAY_MS), late = { is: true };
    !purging.next().done;
    late.is = false
  )
    if (late.is)
      run(
        changes.tags({ registry: 'c', repository: 'new', tags: [{ name: '1', digest: 'x:app' }], seen: 2 }),
      );
  expect(manifests()).toEqual(['x:app']);
});

test('many facts go in slices', async () => {
  const { changes, purge, manifests } = await inventory();
  const facts = Array.from({ length: 2_500 }, (_, number) =>
    imageFacts(`x:${number}`, { [`x:layer-${number}`]: 1 }),
  );
  run(changes.manifests({ registry: 'a', repository: 'app', facts, seen: 1 }));
  run(changes.forget('a'));
  // 2,500 manifests and 5,000 contents, a thousand in a slice.
  expect(purge(TODAY)).toBeGreaterThanOrEqual(8);
  expect(manifests()).toEqual([]);
});

test('of days of more than 400 days ago the last of each month stays, and nothing of what has been gone for as long', async () => {
  const { database, days, purge } = await inventory();
  const at = (name: string, tags: number, ...dates: string[]) => {
    for (const date of dates)
      database.run(
        'INSERT INTO days VALUES (?, ?, ?, ?, ?, ?)',
        'a',
        name,
        Math.floor(Date.parse(date) / DAY_MS),
        tags,
        tags,
        tags,
      );
  };
  at(
    'app',
    1,
    '2025-01-03',
    '2025-01-30',
    '2025-02-01',
    '2025-10-20',
    '2025-10-21',
    '2025-10-25',
    '2026-11-25',
  );
  at('gone', 1, '2024-01-03', '2024-02-03');
  at('gone', 0, '2025-03-01');
  at('lately gone', 1, '2025-03-01');
  at('lately gone', 0, '2026-03-01');
  purge(TODAY);
  expect(days()).toEqual([
    'app 2025-01-30',
    'app 2025-02-01',
    // 400 days ago was the 22nd.
    'app 2025-10-21',
    'app 2025-10-25',
    'app 2026-11-25',
    'lately gone 2025-03-01',
    'lately gone 2026-03-01',
  ]);
});
