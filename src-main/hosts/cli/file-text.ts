import type { FileEntry, ImageFiles, LayerWarning, WastedFiles } from '../../common/files.ts';
import { bytesText, counted, shortDigest, type Warning } from './output.ts';
import { Table } from './table.ts';

const KINDS: Readonly<Record<FileEntry['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  character: 'c',
  block: 'b',
  fifo: 'p',
};
const CHANGES = { added: 'A', changed: 'C', removed: 'R' } as const;
/** Characters of a size: a petabyte. */
const SIZE = 15;

/** `-rw-r--r--  0/0  1234  2024-01-02 03:04  2  etc/passwd`; in the view of a layer, what it did comes first. */
export function fileLine(entry: FileEntry): string {
  const { type, mode, uid, gid, size, modified, layer, path, link, change } = entry;
  const time = modified === undefined ? '' : modified.replace('T', ' ').slice(0, 16);
  const to = link === undefined ? '' : type === 'symlink' ? ` -> ${link}` : ` link to ${link}`;
  const columns = [
    ...(change === undefined ? [] : [CHANGES[change]]),
    `${KINDS[type]}${permissions(mode)}`,
    `${uid}/${gid}`.padEnd(9),
    String(size).padStart(SIZE),
    time.padEnd(16),
    String(layer).padStart(3),
    `${path}${type === 'directory' ? '/' : ''}${to}`,
  ];
  return columns.join('  ');
}

/** As ls writes them. */
function permissions(mode: number): string {
  const letters = ['r', 'w', 'x', 'r', 'w', 'x', 'r', 'w', 'x'].map((letter, at) =>
    (mode >> (8 - at)) & 1 ? letter : '-',
  );
  for (const [bit, place, set] of [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const) {
    if ((mode & bit) !== 0) letters[place] = letters[place] === 'x' ? set : set.toUpperCase();
  }
  return letters.join('');
}

export function wasteLines({ wastedBytes, efficiency, items, total }: WastedFiles): string[] {
  const facts = [
    ['Wasted', `${bytesText(wastedBytes)} (${wastedBytes} bytes) in ${counted(total, 'path')}`],
    ['Efficiency', `${(efficiency * 100).toFixed(1)} %`],
  ];
  const rows = items.map(({ bytes, layers, path }) => [bytesText(bytes), layers.join(','), path]);
  return [
    ...new Table(['', '']).lines(facts),
    ...(rows.length > 0 ? ['', ...new Table(['SIZE', 'LAYERS', 'PATH'], [0]).lines(rows)] : []),
  ];
}

const WORDS: Readonly<Record<LayerWarning, string>> = {
  diffId: 'its content is not what the config of the image says',
  oddPaths: 'entries are left out whose paths lead out of the image, are none, or are too long',
  absolutePaths: 'paths in it begin with a slash, and are shown without it',
  unknownTypes: 'entries of an unknown kind are left out',
  noEnd: 'it ends without its mark, and may be cut',
  configApart: 'the config of the image names another number of layers, so that it could not be checked',
  tocUnverified: 'its table of contents has no digest, and was believed as it is',
  tocRefused: 'its table of contents is not what it should be, so that the layer itself was read',
};

/** What is odd about layers, each on its own. */
export function layerWarnings({ layers }: ImageFiles): Warning[] {
  return layers.flatMap(({ digest, state, failure, warnings }, index) => {
    const what = `Layer ${index} (${shortDigest(digest)})`;
    const why = failure?.reason ?? failure?.message ?? '';
    if (state === 'failed')
      return [{ code: failure?.code ?? 'internal', message: `${what} could not be read. ${why}` }];
    if (state === 'opaque')
      return [{ code: 'opaque', message: `${what} holds no files that are known: ${why}` }];
    return warnings.map((code) => ({ code, message: `${what}: ${WORDS[code]}.` }));
  });
}
