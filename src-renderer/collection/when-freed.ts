import type { TFunction } from 'i18next';
import type { CollectionFacts } from '../../src-main/common/collection-facts.ts';

/** What has to happen until bytes are free, in a sentence or two; of an unknown product when that is at the most. */
export function whenFreed(t: TFunction, { frees, when }: CollectionFacts): string {
  if (frees.length === 0) return t(`deletion.garbage.${when}`);
  return frees.map((step) => t(`freeing.steps.${step}`)).join(' ');
}
