import type { RepositoryStorage } from '../../../src-main/common/storage.ts';
import { RepositoryCollector, type RepositoryRow } from '../../../src-renderer/repositories/rows.ts';
import { type SizedRow, SizedRows } from '../../../src-renderer/repositories/sized-rows.ts';

/** Of a repository that was read whole and has one tag of nothing. */
export function storageOf(repository: string, known: Partial<RepositoryStorage> = {}): RepositoryStorage {
  return {
    repository,
    tags: 1,
    manifests: 1,
    referencedBytes: 0,
    uniqueBytes: 0,
    exclusiveBytes: 0,
    kinds: [],
    complete: true,
    ...known,
  };
}

/** As a registry lists them. */
export function repositoryRows(names: readonly string[]): readonly RepositoryRow[] {
  const collector = new RepositoryCollector();
  collector.add({
    repositories: names.map((name) => ({ name, addedByName: false })),
    count: names.length,
    done: true,
    listing: 'complete',
  });
  return collector.snapshot().rows;
}

/** The same with what is known of each; undefined: nothing. */
export function sizedRows(
  known: Readonly<Record<string, Partial<RepositoryStorage> | undefined>>,
): readonly SizedRow[] {
  const storages = Object.entries(known).flatMap(([name, each]) =>
    each ? [[name, storageOf(name, each)] as const] : [],
  );
  const joiner = new SizedRows();
  const knownOf = new Map(storages);
  return repositoryRows(Object.keys(known)).map((row) => joiner.join(row, knownOf));
}
