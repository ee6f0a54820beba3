import { expect, test } from 'vitest';
import { listRepositories, type ScanNotes, Scanner } from '../../../src-main/engine/index.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { type LargeHarborOptions, startLargeHarbor } from '../../support/large-harbor.ts';
import { registryOf } from '../../support/registry.ts';
import { clientOf, collect } from '../../support/server.ts';

const nothing = async () => undefined;
const known = { tags: async () => new Map(), unread: async () => [], undated: async () => [] };

async function setUp(options: LargeHarborOptions) {
  const harbor = await startLargeHarbor(options);
  const credentials = { kind: 'password', username: 'admin', password: 'Harbor12345' } as const;
  const registry = await registryOf(clientOf(harbor, { credentials }));
  const { signal } = new AbortController();
  const scanner = new Scanner(registry, { concurrency: 8, readManifests: false, dates: false, signal });
  const tags = new Map<string, number>();
  /** Looks into all below a project as its list has them. */
  const below = async (project: string, each?: (repository: string) => void) => {
    for await (const { repository, pages } of scanner.below(project, () => undefined)) {
      const notes: ScanNotes = {
        asked: () => undefined,
        received: () => undefined,
        names: async (names) => void tags.set(repository, (tags.get(repository) ?? 0) + names.length),
        listed: nothing,
        tag: nothing,
        known: () => undefined,
        unchanged: nothing,
        manifest: nothing,
        config: nothing,
        configFailed: nothing,
        missing: nothing,
        failed: (_reference, error) => Promise.reject(error),
      };
      expect(await scanner.repository({ name: repository, known, notes, listed: pages })).toBe(true);
      each?.(repository);
    }
  };
  return { harbor, registry, tags, below };
}

describeWithHarbor('a large Harbor, made of what was recorded', () => {
  test('2,000 repositories with 100,000 artifacts cost 1,100 requests at most, none of them a HEAD', async () => {
    const { harbor, registry, tags, below } = await setUp({ projects: 40, repositories: 50, artifacts: 50 });
    const repositories = await collect(listRepositories(registry));
    expect(repositories).toHaveLength(2_000);
    const projects = [...new Set(repositories.map((name) => name.slice(0, name.indexOf('/'))))];
    await Promise.all(projects.map((project) => below(project)));
    expect(tags.size).toBe(2_000);
    expect(new Set(tags.values())).toEqual(new Set([50]));
    expect(harbor.seen.length).toBeLessThanOrEqual(1_100);
    expect(harbor.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  }, 300_000);

  test('what is deleted while it is listed makes no other artifact be passed over, and none be listed twice', async () => {
    const { harbor, tags, below } = await setUp({ projects: 1, repositories: 10, artifacts: 60 });
    await below('p0000', (repository) => {
      // All but a few of what was listed already: the rest moves up by more than a page.
      if (repository === 'p0000/app-0004')
        harbor.remove('p0000', (one) => one.repository <= 'p0000/app-0002' && one.tag !== '1.0000');
    });
    expect([...tags.values()]).toEqual(Array.from({ length: 10 }, () => 60));
  });
});
