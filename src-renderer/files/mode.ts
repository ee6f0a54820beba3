import type { FileEntry } from '../../src-main/common/files.ts';

const KINDS: Readonly<Record<FileEntry['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: '-',
  character: 'c',
  block: 'b',
  fifo: 'p',
};

/** Kind and permissions as `ls -l` writes them: `drwxr-xr-x`, `-rwsr-xr-t`. */
export function modeText({ type, mode }: Pick<FileEntry, 'type' | 'mode'>): string {
  const group = (shift: number, special: boolean, letter: string): string => {
    const bits = mode >> shift;
    const run = bits & 1 ? (special ? letter : 'x') : special ? letter.toUpperCase() : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${run}`;
  };
  return (
    KINDS[type] +
    group(6, (mode & 0o4000) !== 0, 's') +
    group(3, (mode & 0o2000) !== 0, 's') +
    group(0, (mode & 0o1000) !== 0, 't')
  );
}
