import { expect, test, vi } from 'vitest';
import type { Inventory } from '../../../src-main/data/index.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { addAccount, all, testCore } from '../support/core.ts';
import { bytesOf, inventoryOf } from '../support/inventory.ts';
import { planCopy, planFor, startUndo } from '../support/plans.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

async function setUp() {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform('app');
  await push(index, registry, 'team/app', '1.0');
  const core = await testCore();
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  return { registry, core, account, handle, index, inventory: inventoryOf(core) };
}

/** What is fed is stored a moment later. */
const eventually = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 10_000, interval: 20 });

/** Totals of a repository, once they are as wanted. */
function holds(inventory: Inventory, registry: string, repository: string, wanted: object): Promise<void> {
  return eventually(async () => {
    expect(await inventory.ask('summary', { registry, repository })).toMatchObject(wanted);
  });
}

test('details of tags feed the inventory, dates of configs too', async () => {
  const { core, account, handle, index, inventory } = await setUp();
  await all(core.catalog.tagDetails(handle, 'team/app', ['1.0']));
  await holds(inventory, account.id, 'team/app', { tags: 1, uniqueBytes: bytesOf(index) });
  expect(await inventory.summaries(account.id, 'team/app', ['1.0'])).toMatchObject([
    { digest: index.digest, created: '2024-01-02T03:04:05Z', estimated: false },
  ]);
});

test('the page of an image feeds the inventory', async () => {
  const { core, account, handle, index, inventory } = await setUp();
  await core.images.describe(handle, 'team/app', '1.0');
  await holds(inventory, account.id, 'team/app', { tags: 1, uniqueBytes: bytesOf(index) });
});

test('what a copy has written is known of its target, without asking it', async () => {
  const { core, handle, index, inventory } = await setUp();
  const target = await startTestRegistry();
  const { id } = await addAccount(core, target);
  const source = { registry: handle, repository: 'team/app', reference: '1.0' };
  const place = { registry: await core.accounts.handle(id), repository: 'copies', tag: 'a' };
  const plan = await planCopy(core, source, place);
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  await holds(inventory, id, 'copies', { tags: 1, uniqueBytes: bytesOf(index), known: { unread: 0 } });
});

test('a retag, a deletion and its undo are known at once', async () => {
  const { core, registry, account, handle, index, inventory } = await setUp();
  const image = await makeImage({ name: 'other' });
  await push(image, registry, 'team/app', '2.0');
  await all(core.catalog.tagDetails(handle, 'team/app', ['1.0', '2.0']));
  await holds(inventory, account.id, 'team/app', { tags: 2, uniqueBytes: bytesOf(index, image) });

  const at = { registry: handle, repository: 'team/app' };
  const retag = await planCopy(core, { ...at, reference: '2.0' }, { ...at, tag: 'stable' });
  await core.operations.finished((await core.plans.start(retag.id)).operationId);
  await holds(inventory, account.id, 'team/app', { tags: 3 });

  const plan = await planFor(core, handle, 'team/app', ['2.0', 'stable']);
  const { operationId } = await core.plans.start(plan.id, { consent: plan.needsConsent });
  await core.operations.finished(operationId);
  await holds(inventory, account.id, 'team/app', { tags: 1, uniqueBytes: bytesOf(index) });

  await core.operations.finished((await startUndo(core, operationId)).operationId);
  await holds(inventory, account.id, 'team/app', { tags: 3, uniqueBytes: bytesOf(index, image) });
});
