import type { SyncDefinition } from '../../src-main/common/transfer.ts';
import { isRepositoryName } from '../repositories/name.ts';

/** A synchronisation while it is written down: accounts that are not chosen yet are empty. */
export type Draft = SyncDefinition;

/** Keeps every name as it is. */
export const SAME_NAME = '{repository}';

export const EMPTY_DRAFT: Draft = {
  source: '',
  target: '',
  repositories: [],
  excludeRepositories: [],
  tags: ['*'],
  excludeTags: [],
  versions: '',
  newOnly: false,
  rename: SAME_NAME,
  prune: false,
  attached: false,
  platforms: [],
  index: 'rewritten',
  foreign: false,
};

/** A repository that the first pattern could mean: `team/*` → `team/app`. */
export function exampleRepository(patterns: readonly string[]): string {
  for (const pattern of patterns) {
    const name = pattern.replaceAll(/\*+/g, 'app');
    if (isRepositoryName(name)) return name === 'app' ? 'team/app' : name;
  }
  return 'team/app';
}

/** Whether two mean the same; the order of patterns does not matter. */
export function isSameDefinition(a: SyncDefinition, b: SyncDefinition): boolean {
  return signature(a) === signature(b);
}

function signature(definition: SyncDefinition): string {
  const { repositories, excludeRepositories, tags, excludeTags, platforms, ...rest } = definition;
  const lists = [repositories, excludeRepositories, tags, excludeTags, platforms];
  const { source, target, versions, newOnly, rename, prune, attached, index, foreign } = rest;
  return JSON.stringify([
    ...lists.map((list) => list.toSorted()),
    [source, target, versions.trim(), newOnly, rename.trim(), prune, attached, foreign],
    // Without a choice of platforms it makes no difference.
    platforms.length > 0 && index,
  ]);
}
