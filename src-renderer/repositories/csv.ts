import type { RepositoryStorage } from '../../src-main/common/storage.ts';
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

/** The list as comma-separated values, for spreadsheets and scripts; what is not known is empty. @see RFC 4180 */
export function repositoriesCsv(
  rows: readonly RepositoryRow[],
  known: ReadonlyMap<string, RepositoryStorage> | undefined,
): string {
  const lines = rows.map(({ name }) => {
    const storage = known?.get(name);
    if (!storage || !areTagsKnown(storage)) return [name];
    const { tags, images, kinds, newest, pushed, newestTag, complete } = storage;
    const bytes = isSizeKnown(storage) ? [storage.uniqueBytes, storage.exclusiveBytes] : ['', ''];
    const dates = [newest ?? '', pushed ?? ''];
    return [name, tags, images ?? '', kinds.join(' '), ...bytes, ...dates, newestTag ?? '', complete];
  });
  return [COLUMNS, ...lines]
    .map((values) => COLUMNS.map((_, position) => field(values[position] ?? '')).join(','))
    .map((line) => `${line}\r\n`)
    .join('');
}

/** What a spreadsheet would take for a formula is a text to it: names come from registries. */
function field(value: string | number | boolean): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
