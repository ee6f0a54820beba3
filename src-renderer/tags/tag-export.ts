import { csvText } from '../saving/csv.ts';
import { formatPlatform } from '../ui/format.ts';
import { nameIn } from '../ui/place-text.ts';
import type { KnownTag } from './known-tag.ts';
import { isDigest } from './tag-rows.ts';

/** What is known of a tag, for other programs; what is not known is left out. */
interface ExportedTag {
  reference: string;
  repository: string;
  /** Absent of a manifest without one. */
  tag?: string;
  digest?: string;
  kind?: string;
  platforms?: readonly string[];
  /** Bytes. */
  size?: number;
  /** RFC 3339. */
  created?: string;
  /** Where the product says so. RFC 3339. */
  pushed?: string;
}

/** @param place `host/repository` */
function exported(place: string, { name, details }: KnownTag): ExportedTag {
  const tag: ExportedTag = {
    reference: nameIn({ repository: place }, name),
    repository: place,
    ...(!isDigest(name) && { tag: name }),
  };
  if (!details) return tag;
  const { digest, kind, platforms, size, created, pushed } = details;
  return {
    ...tag,
    digest,
    kind,
    platforms: platforms.map(formatPlatform),
    size,
    ...(created !== undefined && { created }),
    ...(pushed !== undefined && { pushed }),
  };
}

/** One a line. */
export function referencesText(place: string, names: Iterable<string>): string {
  return [...names].map((name) => nameIn({ repository: place }, name)).join('\n');
}

export function toJsonLines(place: string, tags: readonly KnownTag[]): string {
  return tags.map((tag) => `${JSON.stringify(exported(place, tag))}\n`).join('');
}

const COLUMNS = [
  'reference',
  'repository',
  'tag',
  'digest',
  'kind',
  'platforms',
  'size',
  'created',
  'pushed',
] as const;

/** As RFC 4180 has it, with a line of names first. */
export function toCsv(place: string, tags: readonly KnownTag[]): string {
  const rows = tags.map((each) => {
    const { platforms, ...tag } = exported(place, each);
    return { ...tag, platforms: platforms?.join(' ') };
  });
  return csvText(COLUMNS, rows);
}
