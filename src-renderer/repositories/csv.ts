import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import { csvText } from '../saving/csv.ts';
import { areTagsKnown, isSizeKnown } from '../storage/is-known.ts';
import type { RepositoryRow } from './rows.ts';

const COLUMNS = [
  'repository',
  'tags',
  'images',
  'kinds',
  'unique_bytes',
  'only_here_bytes',
  'newest_image',
  'last_push',
  'newest_tag',
  'complete',
] as const;

/** The list as comma-separated values, for spreadsheets and scripts. */
export function repositoriesCsv(
  rows: readonly RepositoryRow[],
  known: ReadonlyMap<string, RepositoryStorage> | undefined,
): string {
  const lines = rows.map(({ name: repository }) => {
    const storage = known?.get(repository);
    if (!storage || !areTagsKnown(storage)) return { repository };
    const { tags, images, kinds, newest, pushed, newestTag, complete } = storage;
    const isKnown = isSizeKnown(storage);
    return {
      repository,
      tags,
      images,
      kinds: kinds.join(' '),
      unique_bytes: isKnown ? storage.uniqueBytes : undefined,
      only_here_bytes: isKnown ? storage.exclusiveBytes : undefined,
      newest_image: newest,
      last_push: pushed,
      newest_tag: newestTag,
      complete,
    };
  });
  return csvText(COLUMNS, lines);
}
