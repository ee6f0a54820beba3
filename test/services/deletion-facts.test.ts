import { expect, test, vi } from 'vitest';
import type { Core, RegistryHandle } from '../../src-main/services/index.ts';
import { makeImage, makeMultiPlatform, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { planFor } from './support/plans.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

interface Scanned {
  registry: GuardedRegistry;
  core: Core;
  handle: RegistryHandle;
}

/** A registry like distribution 2.8 whose repository was scanned. */
async function scanned(tags: Readonly<Record<string, TestManifest>>): Promise<Scanned> {
  const registry = await startTestRegistry({ limits: { deleteByTag: false } });
  for (const [tag, manifest] of Object.entries(tags)) await push(manifest, registry, 'app', tag);
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  const { scanId } = await core.inventory.scan(handle, {
    repository: 'app',
    readManifests: true,
    dates: false,
  });
  expect(await core.inventory.finished(scanId)).toMatchObject({ status: 'done', unread: 0 });
  registry.clearRequests();
  return { registry, core, handle };
}

/** The same plan by someone who knows nothing. */
async function planAnew(registry: GuardedRegistry, tags: readonly string[]) {
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  return await planFor(core, await core.accounts.handle(id), 'app', tags);
}

/** Manifests that were read, apart from lists of referrers, which have a tag of their own. */
const readsOf = (registry: GuardedRegistry): string[] =>
  registry.requests
    .filter(({ method, path }) => method === 'GET' && /\/(?:manifests\/(?!sha256-)|blobs\/)/.test(path))
    .map(({ path }) => path);

const numbersOf = ({
  bytesFreed,
  bytesInChildren,
  bytesAtMost,
  needsConsent,
  tagsAlone,
  manifests,
  unread,
}: Awaited<ReturnType<typeof planFor>>) => ({
  bytesFreed,
  bytesInChildren,
  bytesAtMost,
  needsConsent,
  tagsAlone,
  manifests,
  unread,
});

test('planning the deletion of 100 scanned tags reads no manifest, and finds what one that reads them does', async () => {
  const tags: Record<string, TestManifest> = {};
  for (let number = 0; number < 14; number++) {
    const layers = { base: 4096, [`own ${number}`]: 100 + number };
    const image = await makeImage({ name: `image ${number}`, layers });
    for (let copy = 0; copy < 7; copy++) tags[`t${number}-${copy}`] = image;
  }
  const index = await makeMultiPlatform('many');
  tags.all = index;
  tags.amd64 = index.children[0] as TestManifest;
  tags.stays = await makeImage({ name: 'stays', layers: { base: 4096, other: 10 } });
  const { registry, core, handle } = await scanned(tags);
  const going = Object.keys(tags).filter((tag) => tag !== 'stays');
  const plan = await planFor(core, handle, 'app', going);
  expect(readsOf(registry)).toEqual([]);
  expect(plan.bytesFreed).toBeGreaterThan(0);
  expect(plan.bytesInChildren).toBeGreaterThan(0);
  expect(numbersOf(plan)).toEqual(numbersOf(await planAnew(registry, going)));
});

test('an index whose child is not in the repository counts without it, though facts of the child are known', async () => {
  const index = await makeMultiPlatform('sparse');
  const [first] = index.children;
  if (!first) throw new Error('an index has children');
  const { registry, core, handle } = await scanned({ all: index });
  const before = await planFor(core, handle, 'app', ['all']);
  expect(readsOf(registry)).toEqual([]);
  const { status } = await plainRequest(registry, `/v2/app/manifests/${first.digest}`, { method: 'DELETE' });
  expect(status).toBe(202);
  const after = await planFor(core, handle, 'app', ['all']);
  expect(after.bytesInChildren).toBeLessThan(before.bytesInChildren);
  expect(numbersOf(after)).toEqual(numbersOf(await planAnew(registry, ['all'])));
});

test('facts of another registry count for a digest, not for whether it is here', async () => {
  const index = await makeMultiPlatform('shared');
  const { core, handle } = await scanned({ all: index });
  const other = await startTestRegistry();
  await push(index, other, 'app', 'copy');
  other.clearRequests();
  const { id } = await addAccount(core, other);
  const plan = await planFor(core, await core.accounts.handle(id), 'app', ['copy']);
  const heads = other.requests.filter(({ method }) => method === 'HEAD').map(({ path }) => path);
  expect(heads).toEqual(
    expect.arrayContaining(index.children.map(({ digest }) => `/v2/app/manifests/${digest}`)),
  );
  expect(readsOf(other)).toEqual([]);
  const first = await planFor(core, handle, 'app', ['all']);
  expect(plan.bytesFreed + plan.bytesInChildren).toBe(first.bytesFreed + first.bytesInChildren);
});
