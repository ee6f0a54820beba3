import type { TFunction } from 'i18next';

/** The first names and how many are left out; one that is over the limit alone is named as well. */
export function firstNames(names: readonly string[], limit: number): { list: string; more: number } {
  const shown = names.length <= limit + 1 ? names : names.slice(0, limit);
  return { list: shown.join(', '), more: names.length - shown.length };
}

/** Names in a sentence: the first of them and how many more there are, so that one with 10,000 tags stays a sentence. */
export function namesText(t: TFunction, names: readonly string[], limit: number): string {
  const { list, more } = firstNames(names, limit);
  return more > 0 ? t('common.andMore', { list, count: more }) : list;
}
