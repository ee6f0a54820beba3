import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase, SavedComparisons as Rows } from '../../src-main/data/index.ts';
import { SavedComparisons } from '../../src-main/services/comparison-matrix/saved.ts';
import { scheduleLooks } from '../../src-main/services/comparison-matrix/saved-looks.ts';
import { whenFinished } from '../support/cleanup.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { inventoryOf } from './support/inventory.ts';

test('those with a schedule are looked at when they are due; what fails is tried again after an hour', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'dev', '1');
  const core = await testCore();
  const { id: accountId } = await addAccount(core, registry);
  const { database, cache } = await openDatabase(path.join(core.home, 'wharfinger.db'));
  whenFinished(() => {
    database.close();
    cache.close();
  });
  let time = Date.now();
  const now = () => new Date(time);
  const saved = new SavedComparisons(new Rows(database), now);
  const sides = ['dev', 'prod'].map((repository) => ({ accountId, repository, rename: '{repository}' }));
  const nightly = saved.save({ name: 'nightly', definition: { sides }, schedule: { hours: 24 } });
  saved.save({ name: 'by hand', definition: { sides }, schedule: null });
  let fails = false;
  const looks = scheduleLooks({
    saved,
    inventory: inventoryOf(core),
    scans: core.inventory,
    handle: async (id) => {
      if (fails) throw new Error('locked');
      return await core.accounts.handle(id);
    },
    now,
  });
  const runs = () => saved.list().map(({ name, lastRun }) => [name, lastRun?.outcome, lastRun?.at]);
  await looks.look();
  expect(runs()).toEqual([
    ['by hand', undefined, undefined],
    ['nightly', undefined, undefined],
  ]);
  time += 24 * 3_600_000;
  await looks.look();
  const at = now().toISOString();
  expect(runs()[1]).toEqual(['nightly', 'looked', at]);
  expect(saved.get(nightly.id).lastRun?.pairs).toMatchObject([{ onlyLeft: 1 }]);
  time += 23 * 3_600_000;
  await looks.look();
  expect(runs()[1]?.[2]).toBe(at);
  time += 3_600_000;
  fails = true;
  await looks.look();
  expect(runs()[1]?.[1]).toBe('failed');
  time += 3_600_000;
  fails = false;
  await looks.look();
  expect(runs()[1]).toEqual(['nightly', 'looked', now().toISOString()]);
  expect(runs()[0]?.[1]).toBeUndefined();
  await looks.close();
  saved.close();
});
