import { expect, test } from 'vitest';
import { listRepositories, type Registry } from '../../../src-main/engine/index.ts';
import type { Resource, Resources } from '../../../src-main/engine/product/resources.ts';
import { credentialsOf, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeImage } from '../../support/images.ts';
import { testWithRealHarbor } from '../../support/real-harbor.ts';
import { registryOf } from '../../support/registry.ts';
import { clientOf, collect } from '../../support/server.ts';

const none = undefined;

/** What an administrator reads of any Harbor, changing nothing: lists and single things say the same. */
async function readAll(registry: Registry): Promise<void> {
  const { resources = {}, jobs = {}, self, audit, artifacts } = registry.abilities;
  const projects = resources.project ? await collect(resources.project.list({}, none)) : [];
  expect(projects.length).toBeGreaterThan(0);
  const places = [{}, ...projects.slice(0, 3).map(({ name }) => ({ project: name }))];
  for (const kind of Object.values(resources) as unknown as Resources[])
    for (const place of places) {
      if (!kind.scopes.includes('project' in place ? 'project' : 'registry')) continue;
      expect(typeof (await kind.mayCreate(place, none))).toBe('string');
      const listed: readonly Resource[] = await collect(kind.list(place, none));
      // Lists may leave out what only one by itself says.
      for (const one of listed.slice(0, 3)) expect(await kind.read(one.id, none)).toMatchObject(one);
    }
  const told = await self?.describe(none);
  expect(told).toMatchObject({ version: expect.stringMatching(/^v2\./), unread: [] });
  expect(told?.health.length).toBeGreaterThan(0);
  expect(told?.statistics.projects).toBe(projects.length);
  expect(await jobs.garbageCollection?.mayStart(none, none)).toBe('yes');
  for (const run of (await jobs.garbageCollection?.runs(none, none)) ?? [])
    expect(String(run.started) <= String(run.changed)).toBe(true);
  const entry = (await audit?.list({}, none).next())?.value?.[0];
  if (entry) expect(Date.parse(entry.at)).toBeGreaterThan(0);
  const [repository] = (await collect(listRepositories(registry))).filter((name) =>
    name.startsWith('team/web'),
  );
  if (!repository || !artifacts?.below) return;
  const own = await collect(artifacts.list(repository, { attached: true }));
  const below = await collect(artifacts.below(repository.split('/')[0] ?? '', { attached: true }));
  const same = below.filter((one) => one.repository === repository).map(({ artifact }) => artifact);
  const byDigest = (all: typeof own) => all.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
  expect(byDigest(same)).toEqual(byDigest(own));
}

describeWithHarbor('reads of Harbor, replayed', () => {
  test('an administrator reads all that is managed, alone as in its list', async () => {
    const harbor = await startHarbor();
    harbor.content.push(await makeImage({ name: 'one' }), '1.0');
    harbor.content.push(await makeImage({ name: 'two' }), '2.0');
    const credentials = credentialsOf('administrator');
    await readAll(await registryOf(clientOf(harbor, credentials ? { credentials } : {})));
  });
});

testWithRealHarbor(
  'an administrator reads all that a real Harbor manages, alone as in its list',
  async (real) => {
    const credentials = { kind: 'password', username: 'admin', password: real.password } as const;
    await readAll(await registryOf(clientOf(real, { credentials })));
  },
);
