import { expect, test, vi } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { seedImages } from '../support/many-images.ts';
import { addAccount, testCore } from './support/core.ts';
import { planFor } from './support/plans.ts';

vi.setConfig({ testTimeout: 240_000 });

const TAGS = 205;
const KEPT = 5;
/** Manifests that are deleted together. */
const WAVE = 50;

test.each([false, true])(
  'a plan costs a HEAD for each tag, and its run at most two requests for each digest beside the DELETE (scanned before: %s)',
  async (scanned) => {
    const registry = await startTestRegistry();
    const images = await seedImages(registry, 'app', TAGS);
    const core = await testCore();
    const { id } = await addAccount(core, registry);
    const handle = await core.accounts.handle(id);
    if (scanned) {
      const scope = { repository: 'app', readManifests: true, dates: false };
      const { scanId } = await core.inventory.scan(handle, scope);
      await core.inventory.finished(scanId);
    }
    const count = (method?: string) =>
      registry.requests.filter((one) => method === undefined || one.method === method).length;
    registry.clearRequests();
    const doomed = images.slice(KEPT);
    const plan = await planFor(
      core,
      handle,
      'app',
      doomed.map(({ tag }) => tag),
    );
    expect(plan.manifests).toHaveLength(doomed.length);
    expect(count('HEAD')).toBeLessThanOrEqual(TAGS * 1.2);
    registry.clearRequests();
    const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    expect(count('DELETE')).toBe(doomed.length);
    // The names are listed around each wave at most, and what stays is looked at with that at most.
    const lists = registry.requests.filter(({ path }) => path.includes('/tags/list')).length;
    const keptTags = new Set(images.slice(0, KEPT).map(({ tag }) => `/v2/app/manifests/${tag}`));
    const looksAtKept = registry.requests.filter(({ path }) => keptTags.has(path)).length;
    // One look at each before it goes; that it is gone is seen by the lists.
    expect(count() - count('DELETE') - lists - looksAtKept).toBeLessThanOrEqual(doomed.length + 5);
    expect(count() - count('DELETE')).toBeLessThanOrEqual(2 * doomed.length);
    expect(lists).toBeLessThanOrEqual((2 * doomed.length) / WAVE + 3);
    expect(looksAtKept).toBeLessThanOrEqual(lists * KEPT);
  },
);
