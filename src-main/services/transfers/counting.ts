import type { Select } from '../../common/patterns.ts';
import { accountOf } from '../../common/place.ts';
import type { CountedTags, TagRules } from '../../common/transfer.ts';
import type { Inventory } from '../../data/index.ts';
import { listTags, RegistryError } from '../../engine/index.ts';
import { failureOf } from '../failure.ts';
import { inParallel } from '../parallel.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { tagMatcher } from './selection.ts';

/** Repositories counted at a time. */
const COUNTS = 8;

interface Counting extends CallOptions {
  inventory: Inventory;
  now: () => Date;
}

/**
 * How many tags of each repository are meant, each as soon as it is known: as the inventory knows them or, where it knows none, as the registry lists them now, which the inventory
 * then knows. What could not be listed says why.
 *
 * @throws ServiceError `invalidInput`
 */
export async function* countTags(
  registry: RegistryHandle,
  repositories: readonly string[],
  rules: TagRules,
  { inventory, now, signal }: Counting,
): AsyncGenerator<CountedTags, void, void> {
  const isTag = tagMatcher({ tags: ['**'], excludeTags: [], versions: '' });
  const counter = { registry, inventory, now, isTag, isMeant: tagMatcher(rules) };
  yield* inParallel(repositories, COUNTS, signal, (repository, shared) =>
    countOne(repository, counter, shared),
  );
}

interface Counter extends Omit<Counting, 'signal'> {
  registry: RegistryHandle;
  /** Not those of referrers and of cosign. */
  isTag: Select;
  isMeant: Select;
}

async function countOne(
  repository: string,
  { registry, inventory, now, isTag, isMeant }: Counter,
  signal: AbortSignal,
): Promise<CountedTags> {
  const account = accountOf(registry.place);
  const count = { repository, tags: 0, matching: 0 };
  const add = (names: readonly string[]) => {
    for (const name of names) {
      if (isTag(name)) count.tags++;
      if (isMeant(name)) count.matching++;
    }
  };
  let seen: number | undefined;
  for (let after: string | undefined; account !== undefined; ) {
    const known = await inventory.knownTags(account, repository, after);
    after = known.names.at(-1);
    if (after === undefined) break;
    seen = Math.min(seen ?? known.seen, known.seen);
    add(known.names);
  }
  if (seen !== undefined) return { ...count, from: 'inventory', seen: new Date(seen).toISOString() };
  const stamp = now().getTime();
  try {
    for await (const names of listTags(registry.client, repository, { signal })) {
      add(names);
      if (account !== undefined)
        await inventory.tags(
          account,
          repository,
          names.map((name) => ({ name })),
          stamp,
        );
    }
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
    return { repository, failure: failureOf(error) };
  }
  if (account !== undefined) await inventory.endTags(account, repository, stamp);
  return { ...count, from: 'registry' };
}
