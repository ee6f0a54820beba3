import { expect, test, vi } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { seedImages } from '../support/many-images.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { fatesOf, planCleanup } from './support/plans.ts';

vi.setConfig({ testTimeout: 240_000 });

const TAGS = 60;
const RULES = `
version: 1
rules:
  - name: all
    repositories: ["app"]
    protect: ["v*"]
    delete:
      - { name: the rest, tags: "*" }
      - { name: untagged, untagged: true }
`;

test('a cleanup plan looks at each tag and each untagged manifest once, what it spares in several rounds included', async () => {
  const registry = await startTestRegistry({ limits: { deleteByTag: false } });
  await seedImages(registry, 'app', TAGS);
  // It shares its digest with a protected tag: where the others may not go alone either, a second round leaves it out.
  const shared = await makeImage({ name: 'shared' });
  for (const tag of ['v1', 'pr-1']) await push(shared, registry, 'app', tag);
  const lost = await makeImage({ name: 'lost' });
  await push(lost, registry, 'app');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  const looks = () => {
    const counts = new Map<string, number>();
    for (const { method, path } of registry.requests)
      if ((method === 'HEAD' || method === 'GET') && path.startsWith('/v2/app/manifests/'))
        counts.set(path, (counts.get(path) ?? 0) + 1);
    return counts;
  };
  const sum = () => [...looks().values()].reduce((all, count) => all + count, 0);

  // The first reads what each tag points at, the second knows it and asks by HEAD.
  for (const known of [false, true]) {
    registry.clearRequests();
    const plan = await planCleanup(core, handle, RULES);
    expect(plan.summary.tags.delete).toBeGreaterThanOrEqual(TAGS);
    expect(sum(), `known: ${known}`).toBeLessThanOrEqual((TAGS + 3) * 1.2);
    expect(looks().get('/v2/app/manifests/v1')).toBe(1);
  }
  expect((await plainRequest(registry, `/v2/app/manifests/${lost.digest}`)).status).toBe(200);
});

test('what an earlier scan saw is looked at again', async () => {
  const registry = await startTestRegistry();
  const images = await seedImages(registry, 'app', 12);
  let now = new Date('2026-11-26T12:00:00Z');
  const core = await testCore({ now: () => now });
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  const scope = { repository: 'app', readManifests: false, dates: true };
  const { scanId } = await core.inventory.scan(handle, scope);
  await core.inventory.finished(scanId);
  now = new Date(now.getTime() + 60_000);
  const moved = images[0];
  const other = await makeImage({ name: 'other' });
  await push(other, registry, 'app', moved?.tag ?? '');
  const plan = await planCleanup(core, handle, RULES);
  expect(fatesOf(plan.lines).delete).toHaveLength(12);
  expect(plan.lines.find(({ decided }) => decided[0]?.tag === moved?.tag)).toMatchObject({
    digest: other.digest,
  });
});
