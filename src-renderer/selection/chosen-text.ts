import type { TFunction } from 'i18next';
import { formatCount } from '../ui/format.ts';

/** How many tags, and manifests that are named by their digests. */
export function chosenText(
  t: TFunction,
  language: string,
  { tags, manifests }: { tags: number; manifests: number },
): string {
  const words = (count: number) => ({ count, formatted: formatCount(count, language) });
  if (manifests === 0) return t('selection.tags', words(tags));
  const byDigest = t('selection.manifests', words(manifests));
  if (tags === 0) return byDigest;
  return t('selection.tagsAndManifests', { tags: t('selection.tags', words(tags)), manifests: byDigest });
}
