import type { CollectionFacts } from '../common/collection-facts.ts';
import type { consequencesOf } from '../engine/index.ts';

/** What the engine knows of a product's garbage collection, as data. */
export function collectionFactsOf({
  frees,
  seen,
  cautions,
  commands,
  ...facts
}: ReturnType<typeof consequencesOf>['garbageCollection']): CollectionFacts {
  return {
    ...facts,
    frees: [...frees],
    seen: [...seen],
    cautions: [...cautions],
    ...(commands && { commands: commands.map(({ run, ...command }) => ({ ...command, run: [...run] })) }),
  };
}
