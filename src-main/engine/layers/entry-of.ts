import type { LayerEntry, LayerEntryType } from './entry.ts';
import { normalizePath, whiteoutOf } from './paths.ts';
import type { LayerWarning } from './warnings.ts';

/** What an archive, or its table of contents, says of an entry. */
export interface StatedEntry extends Omit<LayerEntry, 'path' | 'type' | 'link'> {
  name: string;
  /** Undefined for a kind that no file system has. */
  type: LayerEntryType | undefined;
  link: string;
}

/** The entry with its path as the image has it; undefined for one that is left out, which is reported where it matters. */
export function entryOf(
  { name, type, link, ...rest }: StatedEntry,
  warn: (warning: LayerWarning) => void,
): LayerEntry | undefined {
  if (type === undefined) return leftOut('unknownTypes', warn);
  const normal = normalizePath(name);
  if ('odd' in normal) return leftOut('oddPaths', warn);
  if (name.startsWith('/')) warn('absolutePaths');
  const { path } = normal;
  const mark = whiteoutOf(path);
  if (mark === 'bookkeeping') return undefined;
  if (mark) return { ...rest, ...mark, size: 0 };
  if (path === '' && type !== 'directory') return leftOut('oddPaths', warn);
  if (type === 'symlink') return { ...rest, path, type, link };
  if (type !== 'hardlink') return { ...rest, path, type };
  const target = normalizePath(link);
  return 'odd' in target ? leftOut('oddPaths', warn) : { ...rest, path, type, link: target.path };
}

function leftOut(why: LayerWarning, warn: (warning: LayerWarning) => void): undefined {
  warn(why);
  return undefined;
}
