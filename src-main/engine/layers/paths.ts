/** Characters of a path: Linux knows none longer. */
const PATH_MAX = 4096;
const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/** Why a path is not one of the image: it leads out of it, no system has such a name, or it is too long. */
export type OddPath = 'outside' | 'name' | 'length';

/** The path without slashes at its ends, dots and detours. @returns what is wrong with one that is left out */
export function normalizePath(path: string): { path: string } | { odd: OddPath } {
  if (path.length > PATH_MAX) return { odd: 'length' };
  if (path.includes('\0')) return { odd: 'name' };
  if (isNormal(path)) return { path };
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return { odd: 'outside' };
  }
  return { path: parts.join('/') };
}

/** Most paths are, and need not be taken apart. */
function isNormal(path: string): boolean {
  return path !== '' && !/^\.|^\/|\/$|\/\/|\/\./.test(path);
}

/** What the last part of a path marks; undefined for an ordinary one. */
export function whiteoutOf(
  path: string,
): { type: 'whiteout' | 'opaque'; path: string } | 'bookkeeping' | undefined {
  const slash = path.lastIndexOf('/');
  if (!path.startsWith(WHITEOUT, slash + 1)) return undefined;
  const name = path.slice(slash + 1);
  const folder = slash < 0 ? '' : path.slice(0, slash);
  if (name === OPAQUE) return { type: 'opaque', path: folder };
  const hidden = name.slice(WHITEOUT.length);
  // AUFS's own files, and marks of names that are none.
  if (hidden.startsWith(WHITEOUT) || hidden === '' || hidden === '.' || hidden === '..') return 'bookkeeping';
  return { type: 'whiteout', path: folder === '' ? hidden : `${folder}/${hidden}` };
}
